/**
 * Measures Firebreak against its peers on the same text, in turn, and says whether the targets are met.
 *
 *   npm run bench -- [--runbooks 1000] [--rounds 3] [--only firebreak,check,starlight] [--sidebar sections]
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bench, projects, repository } from './folders.ts';
import { makeContent, writeContent } from './make-content.ts';
import { type Command, type Measured, measure, median } from './measure.ts';

interface Contender {
  name: string;
  label: string;
  /** Removed before each run: output and caches. */
  remove: readonly string[];
  commands: readonly Command[];
  /** Where the site is; undefined for a check, which writes none. */
  site: string | undefined;
}

const { values } = parseArgs({
  options: {
    runbooks: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    sidebar: { type: 'string', default: 'all' },
  },
});
const runbooks = Number(values.runbooks);
const rounds = Number(values.rounds);

const node = (cwd: string, script: string, ...args: string[]): Command => ({
  file: process.execPath,
  args: [script, ...args],
  cwd,
  env: { ASTRO_TELEMETRY_DISABLED: '1', FIREBREAK_BENCH_SIDEBAR: values.sidebar },
});
const firebreak = (...args: string[]) => node(projects.firebreak, `${repository}scripts/firebreak.js`, ...args);
const module = (path: string) => `${bench}node_modules/${path}`;
const pagefind = (project: string) => node(project, module('pagefind/lib/runner/bin.cjs'), '--site', 'site');

const known: Contender[] = [
  { name: 'check', label: 'Firebreak check', remove: [], commands: [firebreak('check')], site: undefined },
  {
    name: 'firebreak',
    label: 'Firebreak',
    remove: ['dist', '.astro', 'node_modules'].map((folder) => projects.firebreak + folder),
    commands: [firebreak('build')],
    site: `${projects.firebreak}dist`,
  },
  {
    name: 'starlight',
    label: 'Starlight',
    remove: ['dist', '.astro', 'node_modules'].map((folder) => projects.starlight + folder),
    commands: [node(projects.starlight, module('astro/bin/astro.mjs'), 'build')],
    site: `${projects.starlight}dist`,
  },
  {
    name: 'eleventy',
    label: 'Eleventy + Pagefind',
    remove: [`${projects.eleventy}site`, `${projects.eleventy}.cache`],
    commands: [node(projects.eleventy, module('@11ty/eleventy/cmd.cjs'), '--quiet'), pagefind(projects.eleventy)],
    site: `${projects.eleventy}site`,
  },
  {
    name: 'hugo',
    label: 'Hugo + Pagefind',
    remove: ['site', 'resources', 'cache'].map((folder) => projects.hugo + folder),
    commands: [
      { file: 'hugo', args: ['--destination', 'site', '--cacheDir', `${projects.hugo}cache`], cwd: projects.hugo },
      pagefind(projects.hugo),
    ],
    site: `${projects.hugo}site`,
  },
];

const names = values.only?.split(',');
const withHugo = spawnSync('hugo', ['version'], { encoding: 'utf8' });
const withPeers = existsSync(module('astro'));
const contenders = known.filter(
  ({ name }) =>
    (names === undefined || names.includes(name)) &&
    (name === 'check' || name === 'firebreak' || (withPeers && (name !== 'hugo' || withHugo.status === 0))),
);
const say = (line = '') => process.stdout.write(`${line}\n`);

if (!withPeers) say('The peers are not installed: run `npm ci` in bench/. Firebreak is measured alone.');
else if (withHugo.status !== 0) say('Hugo is not installed, so it is not measured. On Debian: apt-get install hugo');
if (process.platform !== 'linux') say('Memory and processor time are measured on Linux alone; here it is time only.');

const content = makeContent(runbooks);
for (const [name, project] of Object.entries(projects)) {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  if (existsSync(`${bench}peers/${name}`)) cpSync(`${bench}peers/${name}`, project, { recursive: true });
}
await writeContent(content);
say(
  `${runbooks} runbooks (${content.documents} documents, ${content.words} words on their pages), ${rounds} rounds, ` +
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}`,
);

// How many documents are in the index of whoever did not index all.
const unindexed = new Map<string, number>();
const results = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]));
for (let round = 0; round < rounds; round += 1)
  for (let turn = 0; turn < contenders.length; turn += 1) {
    // Another one begins each round, so that none always has the machine to itself, or always follows the heaviest.
    const contender = contenders[(round + turn) % contenders.length] as Contender;
    for (const path of contender.remove) rmSync(path, { recursive: true, force: true });
    const measured = await measure(contender.commands);
    results.get(contender.name)?.push(measured);
    checkSite(contender);
    process.stderr.write(
      `round ${round + 1}: ${contender.label} ${measured.wall.toFixed(1)} s${measured.memory === undefined ? '' : `, ${measured.memory.toFixed(0)} MiB`}\n`,
    );
  }

/** A build that writes too little would be fast. */
function checkSite({ label, site }: Contender): void {
  if (site === undefined) return;
  const pages = globSync('**/*.html', { cwd: site }).length;
  if (pages < content.documents) throw new Error(`${label} wrote ${pages} pages of ${content.documents}.`);
  const { languages } = JSON.parse(readFileSync(join(site, 'pagefind/pagefind-entry.json'), 'utf8')) as {
    languages: Record<string, { page_count: number }>;
  };
  const indexed = Object.values(languages).reduce((sum, language) => sum + language.page_count, 0);
  if (indexed < content.documents) unindexed.set(label, indexed);
}
const valuesOf = (name: string, what: keyof Measured) =>
  (results.get(name) ?? []).map((measured) => measured[what]).filter((value) => value !== undefined);
const cell = (numbers: readonly number[], digits: number) =>
  numbers.length === 0
    ? ['–', '–']
    : [
        median(numbers).toFixed(digits),
        `${Math.min(...numbers).toFixed(digits)}–${Math.max(...numbers).toFixed(digits)}`,
      ];

/** Firebreak's figure divided by the other's, round by round, since the speed of a machine drifts. */
function ratio(other: string, what: keyof Measured): number | undefined {
  const own = valuesOf('firebreak', what);
  const theirs = valuesOf(other, what);
  const ratios = own
    .map((value, index) => value / (theirs[index] ?? Number.NaN))
    .filter((value) => !Number.isNaN(value));
  return ratios.length === 0 ? undefined : median(ratios);
}

say();
printTable([
  [
    '',
    'time s',
    'min–max',
    'CPU s',
    'peak MiB',
    'min–max',
    'Firebreak takes, of its time',
    'of its CPU',
    'of its memory',
  ],
  ...contenders.map(({ name, label }) => {
    const peer = name !== 'check' && name !== 'firebreak';
    const part = (what: keyof Measured) => (peer ? (ratio(name, what)?.toFixed(2) ?? '–') : '');
    const [cpu = '–'] = cell(valuesOf(name, 'cpu'), 1);
    return [
      label,
      ...cell(valuesOf(name, 'wall'), 1),
      cpu,
      ...cell(valuesOf(name, 'memory'), 0),
      part('wall'),
      part('cpu'),
      part('memory'),
    ];
  }),
]);
say();
for (const [label, count] of unindexed)
  say(`${label}: the search index holds ${count} of ${content.documents} documents, so its figures do not count.`);
const checked = valuesOf('check', 'wall');
criterion(
  `Checking ${runbooks} runbooks takes less than 4 s`,
  checked.length > 0 ? median(checked) : undefined,
  4,
  ' s',
);
const complete = !unindexed.has('Firebreak');
criterion("Building takes at most 0.25 of Starlight's time", complete ? ratio('starlight', 'wall') : undefined, 0.25);
criterion("Building takes at most 0.4 of Starlight's memory", complete ? ratio('starlight', 'memory') : undefined, 0.4);

function criterion(text: string, value: number | undefined, limit: number, unit = ''): void {
  if (value === undefined) say(`?     ${text}: not measured`);
  else {
    const met = value <= limit;
    if (!met) process.exitCode = 1;
    say(`${met ? 'met ' : 'NOT '}  ${text}: ${value.toFixed(2)}${unit}`);
  }
}

function printTable(rows: readonly string[][]): void {
  const widths = (rows[0] as string[]).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((text, column) => (column === 0 ? text.padEnd(widths[column] as number) : text.padStart(widths[column] as number))).join(' | ')} |`;
  rows.forEach((row, index) => {
    say(line(row));
    if (index === 0)
      say(
        `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`,
      );
  });
}
