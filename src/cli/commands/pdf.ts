import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { forAudience } from '../../compile/audience.ts';
import { compile } from '../../compile/index.ts';
import { versionOf } from '../../history/version.ts';
import type { Document } from '../../model/document.ts';
import { nearestName } from '../../model/nearest-name.ts';
import { documentOf, documentsOf, isCurrent, type Plan } from '../../model/plan.ts';
import { scanSite } from '../../site/leaks/scan.ts';
import { type Paper, papers } from '../../site/paper/page-rules.ts';
import { type BinderScope, runbooksInOrder } from '../../site/paper/selection.ts';
import { audienceHelp, audienceOf, audienceOptions, buildChoice } from '../astro.ts';
import { CannotRun, type Command } from '../command.ts';
import { printBinder, type Source } from '../pdf/binder.ts';
import { printCards } from '../pdf/cards.ts';
import { pageCount, setDates } from '../pdf/pdf-file.ts';
import { openPrinter, type Printer, requirePrinter } from '../pdf/printer.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';
import { replaceFile } from '../write-atomically.ts';
import { drawElsewhere, searched } from './build.ts';

type Values = Record<string, string | boolean | undefined>;

/** Prints the plan, or a part of it. */
export const pdf: Command = {
  name: 'pdf',
  summary: 'Print the plan as a binder, or runbooks as cards, with an installed Chromium or Chrome',
  usage: '',
  progress: 'Printing the plan',
  options: {
    out: { type: 'string' },
    paper: { type: 'string' },
    runbook: { type: 'string' },
    role: { type: 'string' },
    card: { type: 'string' },
    cards: { type: 'boolean' },
    json: { type: 'boolean' },
    ...contentOption,
    ...audienceOptions,
  },
  help: {
    out: 'file that is written; default: binder.pdf, or cards.pdf for cards',
    paper: `size of the paper: ${Object.keys(papers).join(', ')}; default: a4`,
    runbook: 'only this runbook, with its messages and worksheets',
    role: 'only what this role does: its steps in full, those of others in one line',
    card: 'the card of this runbook: what is done first, on one side of one sheet',
    cards: 'the cards of all runbooks',
    json: 'tell the result as JSON',
    ...contentHelp,
    ...audienceHelp,
  },
  examples: [
    'firebreak pdf --out binder.pdf',
    'firebreak pdf --runbook ransomware --paper letter --out ransomware.pdf',
    'firebreak pdf --role incident-commander --out commander.pdf',
    'firebreak pdf --cards --out cards.pdf',
  ],
  async run(outside, values) {
    const paper = paperOf(values['paper']);
    onlyOne(values);
    const browser = requirePrinter(outside.env);
    const { root } = await planFolder(outside, values['content']);
    const started = performance.now();
    const choice = await buildChoice(outside, values);
    const { plan: whole } = await compile(root, outside.now, choice.overlay);
    const plan = whole && forAudience(whole, audienceOf(whole, choice).id);
    // What is asked for is looked up before the pages are drawn, which takes longer.
    const job = plan && jobOf(plan, values);
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'firebreak-pdf-')));
    try {
      const site = join(folder, 'site');
      const { content, audience, overlay } = values;
      const { drawn, last } = await drawElsewhere(
        outside,
        { content, audience, overlay, base: '/', out: site },
        nothingMore,
      );
      if (!drawn || !plan || !job) return 1;
      if (!(await searched(outside, () => last?.secrets && scanSite(site, last.secrets)))) return 1;
      const version = await versionOf(root, choice.overlay);
      const printer = await openPrinter(browser, site);
      const file = await job({ plan, version, folder: site }, paper, printer).finally(() => printer.close());
      // The time of the commit, so that the same commit is the same file.
      setDates(file, new Date(version.committedAt ?? 0));
      const out = resolve(outside.cwd, outOf(values));
      await replaceFile(out, file);
      const pages = pageCount(file);
      const shown = relative(outside.cwd, out);
      const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
      outside.stdout.write(
        values['json']
          ? `${JSON.stringify({ file: shown, pages, seconds }, null, 2)}\n`
          : `${pages} ${pages === 1 ? 'page' : 'pages'} printed into ${shown} in ${seconds.toFixed(1)} s.\n`,
      );
      return 0;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

// Paper has no search and no manifest.
const nothingMore = { begin: () => {}, add: () => {}, finish: async () => {} };

type Job = (source: Source, paper: Paper, printer: Printer) => Promise<Uint8Array>;

function jobOf(plan: Plan, values: Values): Job {
  const { card, cards } = values;
  if (cards || typeof card === 'string') {
    const runbooks = typeof card === 'string' ? [currentOf(plan, 'runbook', card)] : runbooksInOrder(plan);
    if (runbooks.length === 0)
      throw new CannotRun('The plan has no runbook that may be followed, so there is no card.');
    return (source, paper, printer) => printCards(source, runbooks, paper, printer);
  }
  const scope = scopeOf(plan, values);
  return (source, paper, printer) => printBinder(source, scope, paper, printer);
}

function scopeOf(plan: Plan, { runbook, role }: Values): BinderScope {
  if (typeof runbook === 'string') return { of: 'runbook', document: currentOf(plan, 'runbook', runbook) };
  if (typeof role === 'string') return { of: 'role', document: currentOf(plan, 'role', role) };
  return { of: 'plan' };
}

function currentOf<K extends 'runbook' | 'role'>(plan: Plan, kind: K, id: string): Document<K> {
  const document = documentOf(plan, kind, id);
  if (document && isCurrent(document)) return document;
  if (document) throw new CannotRun(`The ${kind} "${id}" is retired and is not printed.`);
  const meant = nearestName(
    id,
    documentsOf(plan, kind).map((other) => other.id),
  );
  throw new CannotRun(`There is no ${kind} "${id}".${meant ? ` Did you mean "${meant}"?` : ''}`);
}

function paperOf(value: string | boolean | undefined): Paper {
  const name = String(value ?? 'a4').toLowerCase();
  if (Object.hasOwn(papers, name)) return name as Paper;
  throw new CannotRun(`There is no paper "${String(value)}". The sizes are ${Object.keys(papers).join(', ')}.`);
}

function onlyOne(values: Values): void {
  const named = ['runbook', 'role', 'card', 'cards'].filter((name) => values[name] !== undefined);
  if (named.length > 1)
    throw new CannotRun(`${named.map((name) => `--${name}`).join(' and ')} cannot be asked for together: print twice.`);
}

const outOf = ({ out, card, cards }: Values) =>
  typeof out === 'string' ? out : cards || card ? 'cards.pdf' : 'binder.pdf';
