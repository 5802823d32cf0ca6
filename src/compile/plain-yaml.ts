/**
 * YAML as people write nearly all of it: properties, lists, texts of one line and blocks of text, without anchors, tags
 * or flow. It is read in a fraction of the time, and what is written otherwise is left to the parser.
 */

/**
 * Reads plain YAML.
 *
 * @returns the same data as the parser gives; undefined when the text is not plain, or has a fault
 */
export function readPlainYaml(text: string): object | undefined {
  if (unusual.test(text)) return undefined;
  const lines = { all: text.split('\n'), next: 0 };
  try {
    return lineAt(lines) ? readMapping(lines, 0, 0) : undefined;
  } catch (reason) {
    if (reason !== notPlain) throw reason;
    return undefined;
  }
}

// Tabs, carriage returns and other control characters, lines that end otherwise, and halves of characters.
const unusual = /[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const notPlain = new Error('This YAML is not plain.');
/** Deeper than the schemas nest. */
const deepest = 20;

interface Lines {
  all: string[];
  next: number;
}

/** A line that says something, without the blanks around it. */
interface Line {
  indent: number;
  text: string;
}

/** The next line that says something; blank lines and comments before it are passed over. */
function lineAt(lines: Lines): Line | undefined {
  for (; lines.next < lines.all.length; lines.next += 1) {
    const line = lines.all[lines.next] as string;
    const indent = indentOf(line);
    if (indent < line.length && line[indent] !== '#') return { indent, text: withoutBlanksAfter(line.slice(indent)) };
  }
  return undefined;
}

function indentOf(line: string): number {
  let indent = 0;
  while (line[indent] === ' ') indent += 1;
  return indent;
}

const withoutBlanksAfter = (text: string) => (text.endsWith(' ') ? text.replace(/ +$/, '') : text);
const property = /^([A-Za-z][\w-]*):(?: +(.+))?$/;

function readMapping(lines: Lines, indent: number, depth: number): object {
  if (depth > deepest) throw notPlain;
  const data: Record<string, unknown> = {};
  for (let line = lineAt(lines); line && line.indent >= indent; line = lineAt(lines)) {
    const [, key, value] = property.exec(line.text) ?? [];
    if (line.indent > indent || key === undefined || words.has(key) || Object.hasOwn(data, key)) throw notPlain;
    lines.next += 1;
    data[key] = value === undefined ? readBelow(lines, indent, depth) : readValue(lines, value, indent);
  }
  return data;
}

const isEntry = ({ text }: Line) => text === '-' || text.startsWith('- ');

/** What stands under a name: properties that are indented, a list, or nothing. */
function readBelow(lines: Lines, indent: number, depth: number): unknown {
  const line = lineAt(lines);
  if (!line || line.indent < indent) return null;
  if (isEntry(line)) return readList(lines, line.indent, depth + 1);
  return line.indent > indent ? readMapping(lines, line.indent, depth + 1) : null;
}

function readList(lines: Lines, indent: number, depth: number): unknown[] {
  if (depth > deepest) throw notPlain;
  const data: unknown[] = [];
  for (let line = lineAt(lines); line && line.indent >= indent; line = lineAt(lines)) {
    if (line.indent > indent) throw notPlain;
    // The list of a property may stand under its name without being indented.
    if (!isEntry(line)) break;
    const text = line.text.slice(2);
    if (text === '' || text.startsWith(' ')) throw notPlain;
    if (property.test(text)) {
      // Properties of an entry begin beside its dash.
      lines.all[lines.next] = `${' '.repeat(indent + 2)}${text}`;
      data.push(readMapping(lines, indent + 2, depth + 1));
    } else {
      lines.next += 1;
      data.push(readValue(lines, text, indent));
    }
  }
  return data;
}

function readValue(lines: Lines, text: string, indent: number): unknown {
  return text[0] === '>' || text[0] === '|' ? readBlock(lines, text, indent) : scalar(text);
}

/** A text of several lines, which are kept (`|`) or become one where no blank line is between them (`>`). */
function readBlock(lines: Lines, mark: string, outer: number): string {
  if (!/^[>|]-?$/.test(mark)) throw notPlain;
  const folded = mark[0] === '>';
  const indent = indentOf(lines.all[lines.next] ?? '');
  const block: string[] = [];
  for (; lines.next < lines.all.length; lines.next += 1) {
    const line = lines.all[lines.next] as string;
    const isBlank = indentOf(line) === line.length;
    if (!isBlank && indentOf(line) < indent) break;
    // Blanks at the end, and lines that are further in, have rules of their own.
    if (isBlank ? line.length > indent : folded && (line.endsWith(' ') || indentOf(line) > indent)) throw notPlain;
    block.push(line.slice(indent));
  }
  const ended = block.at(-1) === '' || lines.next < lines.all.length;
  while (block.at(-1) === '') block.pop();
  if (indent <= outer || block.length === 0 || block[0] === '' || (!ended && mark.length === 1)) throw notPlain;
  const text = folded ? block.join('\n').replace(/\n+/g, (ends) => ends.slice(1) || ' ') : block.join('\n');
  return mark.length === 1 ? `${text}\n` : text;
}

const doubleQuoted = /^"(?:[^"\\]|\\["\\/bfnrt])*"$/;
const singleQuoted = /^'(?:[^']|'')*'$/;
// A colon or number sign with a blank beside it ends what was begun; these characters begin something else.
const special = /^[-?:,[\]{}#&*!|>'"%@`~.+=<]|: |:$| #/;
/** Words that are no text. */
const words = new Map<string, unknown>([
  ...['null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

function scalar(text: string): unknown {
  if (doubleQuoted.test(text)) return JSON.parse(text) as string;
  if (singleQuoted.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  // A telephone number is no number.
  const known = text.startsWith('+') && text.includes(' ') ? text.slice(1) : text;
  if (special.test(known)) throw notPlain;
  if (/^\d/.test(text)) return digits(text);
  return words.has(text) ? words.get(text) : text;
}

/** A whole number, or a text that begins with a digit, such as a day; other forms of numbers are rare. */
function digits(text: string): unknown {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  if (/^\d[\d.]*(?:[eE][-+]?\d+)?$|^0[xo]/.test(text)) throw notPlain;
  return text;
}
