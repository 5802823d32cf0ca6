// What an author can write among words. Whatever else divides a page was put there by a view, between two texts.
const inline = new Set('a code del em strong var'.split(' '));

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

// A line break in the source is a blank on the page, so that another mark ends a text; no page holds this one.
const end = '\0';

/** The texts of a page as they are read, a paragraph each, and those of its attributes. */
export function textsInHtml(html: string): string[] {
  const attributes: string[] = [];
  const text = html
    .replace(/<(style|script)\b[^>]*>[\s\S]*?<\/\1>/gi, (whole) => `${end}${whole.replace(/["'`]/g, end)}${end}`)
    .replace(/<!--([\s\S]*?)-->/g, `${end}$1${end}`)
    .replace(/<\/?([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi, (_, name: string, written: string) => {
      for (const match of written.matchAll(/=\s*(?:"([^"]*)"|'([^']*)')/g))
        attributes.push(decoded(match[1] ?? match[2] ?? ''));
      return inline.has(name.toLowerCase()) ? '' : end;
    });
  return [...decoded(text).split(end), ...attributes];
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name: string) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return characters[name.toLowerCase()] ?? whole;
  });
}
