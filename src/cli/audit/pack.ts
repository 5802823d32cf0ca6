/** Makes an audit pack: the report in every form, the change log, coverage, OSCAL and the binder, under one manifest. */

import { hash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { componentDefinition } from '../../audit/pack/oscal.ts';
import { tablesOf } from '../../audit/pack/tables.ts';
import { changeLogMarkdown } from '../../history/change-log.ts';
import { placeInRepository } from '../../history/version.ts';
import { assuranceText } from '../../model/assurance-text.ts';
import type { SiteManifest } from '../../model/schema-types.ts';
import { scanSite } from '../../site/leaks/scan.ts';
import { auditPages } from '../../site/pack/audit-pages.ts';
import { readFiles } from '../../site/pack/built-site.ts';
import { versionLine } from '../../site/stamp.ts';
import type { Outside } from '../command.ts';
import { drawElsewhere, searched } from '../commands/build.ts';
import { printBinder } from '../pdf/binder.ts';
import { setDates } from '../pdf/pdf-file.ts';
import { openPrinter } from '../pdf/printer.ts';
import type { Examined } from './examine.ts';
import type { PackFiles } from './write-pack.ts';

type Values = Record<string, string | boolean | undefined>;

/** What a pack is made of, beside what was examined. */
export interface PackOrder {
  /** Folder that holds plan.yaml. */
  root: string;
  /** The browser that prints the binder; undefined for a pack without it. */
  browser: string | undefined;
  /** Options of the build: `content`, `audience`, `overlay`. */
  values: Values;
  /** The options with which the same pack is made again. */
  again: string;
}

// A pack has no search and no manifest of a site.
const nothingMore = { begin: () => {}, add: () => {}, finish: async () => {} };

/** Makes the files of a pack; undefined where the plan has errors, or what its readers may not read was found in it. */
export async function makePack(outside: Outside, examined: Examined, order: PackOrder): Promise<PackFiles | undefined> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'firebreak-audit-')));
  try {
    const site = join(folder, 'site');
    const built = { ...order.values, base: '/', out: site };
    const { drawn, last } = await drawElsewhere(outside, built, nothingMore);
    if (!drawn) return undefined;
    const files = new Map<string, Uint8Array | string>([
      ...(await writtenFiles(examined, order, site)),
      ...(order.browser ? [['binder.pdf', await binderOf(examined, order.browser, site)] as const] : []),
    ]);
    const whole = withManifest(examined, new Map([['README.md', readMe(examined, order, files)], ...files]));
    const pack = join(folder, 'pack');
    await writeFiles(pack, whole);
    const isClean = await searched(outside, () => {
      if (!last?.secrets) return;
      scanSite(site, last.secrets);
      scanSite(pack, last.secrets);
    });
    return isClean ? whole : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writtenFiles(
  { plan, version, history, log, openPoints, report }: Examined,
  { root }: PackOrder,
  site: string,
): Promise<[string, Uint8Array | string][]> {
  const builtSite = {
    files: await readFiles(site),
    base: '/',
    language: plan.settings.language ?? 'en',
    title: plan.settings.title,
    version,
  };
  const folder = (await placeInRepository(root)) ?? basename(root);
  const pages = auditPages({ site: builtSite, plan, version, history, log, openPoints, report, folder });
  const oscal = componentDefinition({
    plan,
    commit: version.commit,
    at: version.committedAt ?? `${report.day}T00:00:00.000Z`,
  });
  const coverage = [...builtSite.files].filter(([path]) => /^coverage\/[^/]+\.csv$/.test(path));
  return [
    ...pages,
    ['report.json', `${JSON.stringify(report, null, 2)}\n`],
    ['change-log.md', changeLogMarkdown(plan, log)],
    ...(oscal ? [['oscal/component-definition.json', `${JSON.stringify(oscal, null, 2)}\n`] as [string, string]] : []),
    ...[...tablesOf(report)].map(([name, text]): [string, string] => [`tables/${name}`, text]),
    ...coverage.map(([path, bytes]): [string, Uint8Array] => [`tables/coverage-${basename(path)}`, bytes]),
  ];
}

async function binderOf({ plan, version }: Examined, browser: string, folder: string): Promise<Uint8Array> {
  const printer = await openPrinter(browser, folder);
  const scope = { of: 'plan' } as const;
  const file = await printBinder({ plan, version, folder }, scope, 'a4', printer).finally(() => printer.close());
  // The time of the commit, so that the same commit is the same file.
  setDates(file, new Date(version.committedAt ?? 0));
  return file;
}

/** What a person reads first. */
function readMe({ plan, version, report }: Examined, { again }: PackOrder, files: PackFiles): string {
  const words = assuranceText(plan.settings.language).pack;
  const has = (name: string) =>
    name === 'manifest.json' ||
    [...files.keys()].some((path) => path === name || (name.endsWith('/') && path.startsWith(name)));
  const listed = Object.entries(words.listed).filter(([name]) => has(name));
  return `${[
    `# ${words.title(report.plan)}`,
    words.lead(versionLine(plan, version), report.day),
    `## ${words.files}`,
    listed.map(([name, what]) => `- \`${name}\`: ${what}.`).join('\n'),
    ...(files.has('binder.pdf') ? [] : [words.noBinder]),
    ...(files.has('oscal/component-definition.json') ? [] : [words.noOscal]),
    `## ${words.check}`,
    [...words.checks, words.again(again)].map((line) => `- ${line}`).join('\n'),
  ].join('\n\n')}\n`;
}

/** The files in the order of their paths, with the digest of each in manifest.json. */
function withManifest({ plan, version, report }: Examined, files: PackFiles): PackFiles {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const { since, until } = report.period;
  const manifest: SiteManifest = {
    title: report.plan,
    commit: report.commit,
    committedAt: report.committedAt,
    reproducible: report.reproducible,
    ...(version.notReproducible.length > 0 ? { reasons: version.notReproducible } : {}),
    engine: report.engine,
    schema: plan.settings.schema,
    base: '/',
    audience: report.audience,
    report: { day: report.day, ...(since ? { since } : {}), ...(until ? { until } : {}) },
    files: Object.fromEntries(sorted.map(([path, content]) => [path, `sha256-${hash('sha256', content, 'hex')}`])),
  };
  return new Map([...sorted, ['manifest.json', `${JSON.stringify(manifest, null, 1)}\n`]]);
}

async function writeFiles(folder: string, files: PackFiles): Promise<void> {
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
