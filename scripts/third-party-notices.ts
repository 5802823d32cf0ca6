/**
 * Writes the notices of other people's work: THIRD-PARTY-NOTICES.md for the package (everything that installing it
 * brings), and src/site/notices.txt for the site (what its files hold). With --check it writes nothing and fails when
 * a file is out of date.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockEntry {
  version: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
}

// What is copied into a built site: typefaces, the search engine, and the library that client scripts use.
const inSite = [
  '@fontsource/atkinson-hyperlegible-mono',
  '@fontsource/atkinson-hyperlegible-next',
  'fzstd',
  'pagefind',
];
const techniques =
  'ATT&CK technique names and identifiers\n(c) 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.\nTerms of use: https://attack.mitre.org/resources/legal-and-branding/terms-of-use/';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockEntry> };
// Platform packages differ from machine to machine; they carry the licence of the package that asks for them.
const shipped = Object.entries(lock.packages)
  .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.dev && !entry.devOptional && !entry.optional)
  .sort(([a], [b]) => (a < b ? -1 : 1));

const byText = new Map<string, string[]>();
for (const [path, entry] of shipped) {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const title = `${name} ${entry.version} (${licenceOf(path, entry)})`;
  const text = licenceText(path);
  byText.set(text, [...(byText.get(text) ?? []), title]);
}

const sections = [...byText].map(
  ([text, names]) =>
    `## ${names.join(', ')}\n\n${text === '' ? 'The package names this licence and carries no text of its own.' : quoted(text)}\n`,
);
const forPackage = `# Third-party notices\n\nWritten by \`npm run generate\`. Installing Firebreak brings these packages, each under its own licence.\n\n${sections.join('\n')}`;
const forSite = `This site holds work of others:\n\n${inSite.map((name) => `${name} ${lock.packages[`node_modules/${name}`]?.version}\n\n${licenceText(`node_modules/${name}`)}\n`).join('\n---\n\n')}\n---\n\n${techniques}\n`;

const outputs: [string, string][] = [
  ['THIRD-PARTY-NOTICES.md', forPackage],
  ['src/site/notices.txt', forSite],
];
for (const [path, text] of outputs) {
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is out of date: run \`npm run generate\`.`);
    process.exitCode = 1;
  }
}

function licenceOf(path: string, entry: LockEntry): string {
  if (entry.license) return entry.license;
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
    license?: string | { type: string };
  };
  return typeof manifest.license === 'string' ? manifest.license : (manifest.license?.type ?? 'licence not named');
}

function licenceText(path: string): string {
  const file = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|copying)(\.|-|$)/i.test(entry.name))
    .map((entry) => entry.name)
    .sort()[0];
  return file ? readFileSync(join(path, file), 'utf8').replaceAll('\r\n', '\n').trim() : '';
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
