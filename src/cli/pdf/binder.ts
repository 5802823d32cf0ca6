/** The binder: pages of a built site under one cover, with the page of everything that is referred to. */

import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Element, ElementContent } from 'hast';
import { select, selectAll } from 'hast-util-select';
import { h } from 'hastscript';
import { shortVersion, type Version } from '../../history/version.ts';
import { kinds } from '../../kinds/index.ts';
import type { Document } from '../../model/document.ts';
import { historyText } from '../../model/history-text.ts';
import { interfaceText } from '../../model/interface-text.ts';
import type { Plan } from '../../model/plan.ts';
import { priorityOf } from '../../model/priority.ts';
import { historyPath } from '../../site/addresses.ts';
import { paperDocument, paperPart, readPage, type SitePage, tellHistory, textOf } from '../../site/paper/compose.ts';
import {
  type ContentsGroup,
  type ContentsLine,
  contentsPage,
  coverPage,
  documentsIn,
  strictestMark,
} from '../../site/paper/front.ts';
import { binderRules, type Paper, type RunningPages } from '../../site/paper/page-rules.ts';
import { type BinderChapter, type BinderPart, type BinderScope, binderChapters } from '../../site/paper/selection.ts';
import { versionLine } from '../../site/stamp.ts';
import { batchesOf, childrenOf } from './batches.ts';
import { joinFiles } from './join.ts';
import { pageCount, pagesOfDestinations, readPdf } from './pdf-file.ts';
import { origin, type Printer } from './printer.ts';

/** What a paper is made from: a plan, its version, and the site that was built from it. */
export interface Source {
  plan: Plan;
  version: Version;
  /** Folder of the built site. */
  folder: string;
}

// Printing settles at the second time; more are needed only where the number of pages gets another digit.
const mostPrints = 5;
// A page holds about so many elements: a guess at the digits of the last page's number, which saves a print.
const elementsOnPage = 100;
// Stands for the other batches in links, until they are one file. It has no host, or it would be printed behind them.
const elsewhere = '/binder';
// A batch takes a few hundred megabytes while it is printed.
const atOnce = Math.min(availableParallelism(), 4);

/** Prints a binder: in batches, which are joined. */
export async function printBinder(
  source: Source,
  scope: BinderScope,
  paper: Paper,
  printer: Printer,
): Promise<Uint8Array> {
  const { plan, version } = source;
  const chapters = binderChapters(plan, scope);
  const pages = new Map<BinderPart, SitePage>();
  for (const part of chapters.flatMap((chapter) => chapter.parts)) pages.set(part, await partPage(source, part));
  const foot = { mark: `TLP:${strictestMark(plan, documentsIn(plan, chapters))}`, line: versionLine(plan, version) };
  const running = [...pages].map(([part, page]) => runningPages(part, page));
  const ownRules = await ownSheet('binder.css');
  const { documents, elements } = binderDocuments(source, scope, chapters, pages);
  pages.clear();
  let numbers: PageNumbers = {
    digits: digitsOf(elements / elementsOnPage),
    firsts: documents.map(() => 1),
    pages: new Map(),
  };
  for (let prints = 0; prints < mostPrints; prints += 1) {
    const files = await each(documents, ({ html, parts }, index) =>
      printer.print(
        withNumbers(html, numbers),
        {
          'binder.css': ownRules,
          'pages.css': binderRules(
            plan,
            paper,
            foot,
            running.filter(({ name }) => parts.has(name)),
            { first: numbers.firsts[index] as number, all: numbers.all },
          ),
        },
        // The first time it is only asked how many pages there are and what stands on them.
        { draft: prints === 0 },
      ),
    );
    const next = numbersOf(files);
    if (prints > 0 && sameNumbers(numbers, next)) return joinFiles(files, origin + elsewhere);
    numbers = next;
  }
  throw new Error(`The page numbers of the contents did not settle after ${mostPrints} prints.`);
}

/** Does the same with each of a list, a few at once. */
async function each<T, Result>(list: readonly T[], work: (item: T, index: number) => Promise<Result>) {
  const results: Result[] = [];
  const waiting = list.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

// A runbook is what somebody asks about afterwards; of other documents the last change says enough.
const mostVersions = (document: Document) => (document.kind === 'runbook' ? 8 : 1);

/** The page of a part, with the versions of its document. */
async function partPage(source: Source, { path, document }: BinderPart): Promise<SitePage> {
  const page = await pageOf(source, path);
  const history = document && historyPath(document);
  if (!document || !history || history.includes('#')) return page;
  const { olderVersions } = historyText(source.plan.settings.language);
  await tellHistory(page, `/${history}`, () => pageOf(source, history), mostVersions(document), olderVersions);
  return page;
}

/** Reads a page of the built site. */
export async function pageOf({ folder }: Source, path: string): Promise<SitePage> {
  return readPage(await readFile(join(folder, path, 'index.html'), 'utf8'));
}

/** A style sheet that is for paper alone, and in no page of the site. */
export function ownSheet(name: string): Promise<string> {
  return readFile(new URL(`../../site/styles/${name}`, import.meta.url), 'utf8');
}

/** The style sheets of pages in the order of the site, without the stamp: a paper has a foot of its own. */
export function sheetsOf(pages: Iterable<SitePage>): string[] {
  return [...new Set([...pages].flatMap(({ sheets }) => sheets))].filter((href) => !href.endsWith('/stamp.css'));
}

interface PageNumbers {
  /** Digits of the last page's number: room is kept for as many. */
  digits: number;
  /** Number of the first page of each batch. */
  firsts: number[];
  /** How many pages there are; undefined before the first print. */
  all?: number;
  /** The page of each id. */
  pages: ReadonlyMap<string, number>;
}

const digitsOf = (last: number) => Math.max(2, String(Math.ceil(last)).length);

/** The numbers of pages in printed batches. */
function numbersOf(files: readonly Uint8Array[]): PageNumbers {
  const firsts: number[] = [];
  const pages = new Map<string, number>();
  let before = 0;
  for (const file of files) {
    firsts.push(before + 1);
    for (const [id, page] of pagesOfDestinations(readPdf(file))) pages.set(id, before + page);
    before += pageCount(file);
  }
  return { digits: digitsOf(before), firsts, all: before, pages };
}

// Characters for private use, which no plan holds: they stand around the id whose page is wanted, or the room that its
// number leaves of what is kept for the longest.
const [open, openRoom, close] = ['\uE000', '\uE002', '\uE001'];
const placeholder = (id: string) => open + id + close;
const room = (id: string) => h('span', { className: ['page-room', `room-${openRoom}${id}${close}`] });

/** A document with the numbers that are known, and as much room for those that are not. */
function withNumbers(html: string, { digits, pages }: PageNumbers): string {
  const numberOf = (id: string) => String(pages.get(id) ?? '');
  return html
    .replace('<body class="paper">', `<body class="paper digits-${digits}">`)
    .replace(new RegExp(`${open}([^${close}]*)${close}`, 'g'), (_, id: string) => numberOf(id))
    .replace(new RegExp(`${openRoom}([^${close}]*)${close}`, 'g'), (_, id: string) =>
      String(Math.max(0, digits - numberOf(id).length)),
    );
}

const sameNumbers = (a: PageNumbers, b: PageNumbers) =>
  a.digits === b.digits &&
  a.all === b.all &&
  a.firsts.join() === b.firsts.join() &&
  a.pages.size === b.pages.size &&
  [...b.pages].every(([id, page]) => a.pages.get(id) === page);

/** What is printed at once, as a document of its own. */
interface BatchDocument {
  html: string;
  /** Names of the parts in it. */
  parts: ReadonlySet<string>;
}

function binderDocuments(
  { plan, version }: Source,
  scope: BinderScope,
  chapters: readonly BinderChapter[],
  pages: ReadonlyMap<BinderPart, SitePage>,
): { documents: BatchDocument[]; elements: number } {
  const text = interfaceText(plan.settings.language);
  const number = (id: string) => h('span.page-number', placeholder(id));
  const frame = {
    parts: new Map([...pages.keys()].map(({ path, name }) => [path, name])),
    base: '/',
    inFull: text.paper.inFull,
    pageOf: (id: string): ElementContent[] => {
      const [before, after] = text.paper.page;
      // Room that is left stands between words, where nobody sees it: within the brackets it looks like a slip.
      return [h('span.page-reference', [' ', room(id), before, number(id), after])];
    },
  };
  const drawn = [...pages].map(([part, page]) => ({ part, section: paperPart(part, page, frame) }));
  const groups = chapters.flatMap((chapter) =>
    groupsOf(
      plan,
      chapter,
      drawn.filter(({ part }) => chapter.parts.includes(part)),
      scope.of === 'runbook',
    ),
  );
  const title = scope.of === 'plan' ? plan.settings.title : `${scope.document.data.title} · ${plan.settings.title}`;
  const head = { title: `${title}, ${shortVersion(version)}`, language: plan.settings.language ?? 'en' };
  const sheets = [...sheetsOf(pages.values()), '/binder.css', '/pages.css'];
  const front = [
    coverPage(plan, scope, chapters, version),
    contentsPage(text.paper.contents, groups, (id) => [number(id)]),
  ];
  const batches = batchesOf(
    front,
    drawn.map(({ section }) => section),
    elsewhere,
  );
  return {
    documents: batches.map((batch) => ({
      html: paperDocument(head, sheets, childrenOf(batch)),
      parts: new Set(batch.sections.map(({ properties }) => String(properties['id'] ?? ''))),
    })),
    elements: batches.reduce((sum, { elements }) => sum + elements, 0),
  };
}

interface DrawnPart {
  part: BinderPart;
  section: Element;
}

/** The lines of a chapter in the contents; runbooks stand under their priority. */
function groupsOf(plan: Plan, { id }: BinderChapter, drawn: readonly DrawnPart[], deep: boolean): ContentsGroup[] {
  const text = interfaceText(plan.settings.language);
  const title = text.paper.chapter[id];
  const lines = drawn.map(({ part, section }): ContentsLine => {
    const heading = select('h1', section);
    const { document } = part;
    const data = document?.data as { title?: string; code?: string; status?: string } | undefined;
    return {
      title: data?.title ?? (heading ? textOf(heading) : ''),
      code: data?.code,
      note: noteOf(plan, document),
      target: part.name,
      lines: deep && document?.kind === 'runbook' ? linesWithin(section) : [],
    };
  });
  return [{ id, title, lines }];
}

function noteOf(plan: Plan, document: Document | undefined): string | undefined {
  if (document?.kind !== 'runbook') return undefined;
  const text = interfaceText(plan.settings.language);
  const { data } = document as Document<'runbook'>;
  const priority = priorityOf(plan.settings.priority, data.criticality, data.impact)?.name;
  const status = data.status === 'approved' ? undefined : text.statusOf[data.status];
  return [priority, status].filter(Boolean).join(', ');
}

/** The phases of a runbook, and what stands behind them. */
function linesWithin(section: Element): ContentsLine[] {
  return selectAll('.chapter, .behind > section', section).flatMap((chapter) => {
    const heading = select('h2', chapter);
    const target = chapter.properties['id'] ?? heading?.properties['id'];
    return heading && target ? [{ title: textOf(heading), target: String(target) }] : [];
  });
}

function runningPages({ name, document }: BinderPart, page: SitePage | undefined): RunningPages {
  const title = document?.data.title ?? page?.title ?? '';
  const runbook = document?.kind === 'runbook';
  // A worksheet has its title and code on every sheet.
  if (document?.kind === 'worksheet') return { name, title: '' };
  const kind = document && !runbook ? kinds.get(document.kind)?.label.one : undefined;
  return {
    name,
    title: kind ? `${kind}: ${title}` : title,
    code: runbook ? (document as Document<'runbook'>).data.code : undefined,
    phases: runbook,
  };
}
