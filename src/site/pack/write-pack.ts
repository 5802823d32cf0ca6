/** Puts a built site into one HTML file that opens without a server and without a network. */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { shortVersion } from '../../history/version.ts';
import { type InterfaceText, interfaceText } from '../../model/interface-text.ts';
import { dataIds, type PackSettings, packGlobal } from '../client/pack/settings.ts';
import { archiveOf, expanded } from './archive.ts';
import { type BuiltSite, readBuiltSite } from './built-site.ts';
import { modulesOf } from './modules.ts';
import { dataAddress, lateSheetsOf, pathInSite, sheetsOf, wholeSheet } from './sheets.ts';

/** A copy of a site in one file, and what it is made of. */
export interface Pack {
  html: string;
  pages: number;
  /** Bytes of the typefaces in it, as they are written. */
  fontBytes: number;
}

/**
 * Makes the copy. It depends on the bytes of the site alone: the same site gives the same file.
 *
 * @param folder that `firebreak build` wrote
 * @throws NotASite when it is not such a folder
 */
export async function packOf(folder: string): Promise<Pack> {
  const whole = await readBuiltSite(folder);
  const site = forAnIncident(whole);
  const text = interfaceText(site.language).pack;
  const styles = await stylesOf(site, lateSheetsOf(whole));
  const { home, plan, search } = archivesOf(site);
  const scripts = await scriptsOf(folder, site);
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(sourceOf).join(' ')} 'wasm-unsafe-eval'`,
    `style-src ${styles.map(({ css }) => sourceOf(css)).join(' ')}`,
    'img-src data: blob:',
    'font-src data:',
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  const html = `<!doctype html>
<html lang="${escaped(site.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escaped(site.title)}</title>
${iconOf(site)}${styles.map(({ path, late, css }) => `<style${path === undefined ? '' : ` data-sheet="${escaped(path)}"`}${late === undefined ? '' : ` data-late="${escaped(late)}"`}>${css}</style>`).join('\n')}
</head>
<body>
<main id="main" class="pack-opening"><h1>${escaped(site.title)}</h1><p>${escaped(text.opening)}</p><p>${escaped(text.staysClosed)}</p><noscript><p>${escaped(text.needsScript)}</p></noscript></main>
${data(dataIds.settings, 'application/json', scriptText(JSON.stringify(settingsOf(site, text))))}
${data(dataIds.home, 'application/zstd', home.toString('base64'))}
${data(dataIds.plan, 'application/zstd', plan.toString('base64'))}
${data(dataIds.search, 'application/zstd', search.toString('base64'))}
${scripts.map((script) => `<script type="module">${script}</script>`).join('\n')}
</body>
</html>
`;
  const fontBytes = [...html.matchAll(/data:font\/woff2;base64,[A-Za-z0-9+/=]*/g)].reduce(
    (sum, [address]) => sum + address.length,
    0,
  );
  return { html, pages: [...site.files.keys()].filter((path) => path.endsWith('.html')).length, fontBytes };
}

function settingsOf({ base, version }: BuiltSite, text: InterfaceText['pack']): PackSettings {
  const day = version.committedAt?.slice(0, 10);
  const { versionOf } = interfaceText(undefined);
  return {
    base,
    ...(day === undefined ? {} : { day }),
    words: {
      copy: text.copyOf(versionOf(shortVersion(version), day)),
      ages: text.ages,
      still: text.still,
      damaged: text.damaged,
      noPage: text.noPage,
    },
  };
}

const isSearch = (path: string) => path.startsWith('pagefind/');
/** What searching finds, and the names of documents, are in the words of the pages: beside them they take a third of the room. */
const isFound = (path: string) => path.startsWith('pagefind/fragment/') || path === 'pagefind/vocabulary.json';
/** What a copy holds in another form, or has no use for. */
const isElsewhere = (path: string) => /(\.(js|css|woff2)|^manifest\.json)$/.test(path) || isForInstalling.test(path);
/** A file cannot be installed as an app. */
const isForInstalling = /^(plan\.webmanifest|_firebreak\/icon-[\w-]+\.png)$/;
/** Exercises, lessons, history, coverage, upkeep and help for maintainers: the copy is for whoever has an incident and no network. */
const scriptsForQuietHours =
  /\/(lesson-desk|lesson-yaml|suggest|exercise-desk|exercise-screen|filter-rows)\.[\w-]+\.js$/;
const isForQuietHours =
  /^(history\/|assurance\/|coverage\/|upkeep\/|help\/(hosting|importing|authoring|upkeep|auditing|starting)\/|exercises\/[^/]+\/(run\/|screen\/|exercise\.json)|write-lesson\/|_firebreak\/lessons\.json$|.*\/(digests|parts)\.json$)/;

/** A site without the pages that nobody opens in an incident, and so without the sheets that they alone link. */
function forAnIncident(site: BuiltSite): BuiltSite {
  return { ...site, files: new Map([...site.files].filter(([path]) => !isForQuietHours.test(path))) };
}

const isHome = (path: string) => path === 'index.html';

/** Home by itself: opening all pages takes longer than opening the file and drawing the first of them. */
function archivesOf({ files }: BuiltSite): { home: Buffer; plan: Buffer; search: Buffer } {
  const kept = [...files]
    .filter(([path]) => !isElsewhere(path))
    .map(([path, bytes]) => [path, expanded(bytes)] as const);
  const pages = kept.filter(([path]) => !isSearch(path) && !isHome(path));
  // In the order of their addresses, so that each lies near what it resembles.
  const found = kept
    .filter(([path]) => isFound(path))
    .map(([path, bytes]) => ({ path, bytes, text: bytes.toString('utf8') }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ path, bytes }) => [path, bytes] as const);
  return {
    home: archiveOf(kept.filter(([path]) => isHome(path))),
    plan: archiveOf([...pages, ...found]),
    search: archiveOf(kept.filter(([path]) => isSearch(path) && !isFound(path))),
  };
}

async function stylesOf(
  site: BuiltSite,
  late: readonly string[],
): Promise<{ path?: string; late?: string; css: string }[]> {
  const own = await readFile(new URL('../styles/pack.css', import.meta.url), 'utf8');
  return [
    ...sheetsOf(site).map((path) => ({ path, css: styleText(wholeSheet(path, site)) })),
    ...late.map((path) => ({ late: site.base + path, css: styleText(wholeSheet(path, site)) })),
    { css: styleText(own) },
  ];
}

/** The scripts, in the order in which they run: search engine, scripts of the site, and the one that starts. */
async function scriptsOf(folder: string, { files }: BuiltSite): Promise<string[]> {
  const paths = [...files.keys()].filter((path) => path.endsWith('.js') && !isSearch(path));
  const engine = files.get('pagefind/pagefind.js')?.toString('utf8');
  const left = `globalThis.${packGlobal}`;
  return [
    `${left}={modules:${await modulesOf(folder, paths, scriptsForQuietHours)},pagefind:{}};`,
    // Unchanged but for a line that hands out what the site uses of it.
    ...(engine === undefined ? [] : [`${engine}\n${left}.pagefind={createInstance};`]),
    await bundled(fileURLToPath(new URL(`../client/pack/main${import.meta.url.slice(-3)}`, import.meta.url))),
  ].map(scriptText);
}

async function bundled(entry: string): Promise<string> {
  const bundle = await rolldown({ input: entry, platform: 'browser', logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  return output[0].code.trim();
}

function iconOf({ files, base }: BuiltSite): string {
  const [, address] = /<link rel="icon" href="([^"]+)"/.exec(files.get('index.html')?.toString('utf8') ?? '') ?? [];
  const path = address === undefined ? undefined : pathInSite(address, '', base);
  const bytes = path === undefined ? undefined : files.get(path);
  return bytes && path !== undefined ? `<link rel="icon" href="${dataAddress(path, bytes)}">\n` : '';
}

function data(id: string, type: string, content: string): string {
  return `<script type="${type}" id="${id}">${content}</script>`;
}

/** A script as it may stand in HTML: nothing in it ends the element or begins a comment (HTML, 4.12.1.3). */
function scriptText(code: string): string {
  return code.replace(/<(?=\/?script|!--)/gi, '\\x3c');
}

function styleText(css: string): string {
  return css.replace(/<(?=\/style)/gi, '\\3c ').trim();
}

function sourceOf(content: string): string {
  return `'sha256-${hash('sha256', content, 'base64')}'`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
