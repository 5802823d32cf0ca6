/** What changed in a period: for each document who changed it, when, why and what, and the lesson behind it. */

import { kinds } from '../kinds/index.ts';
import type { Document } from '../model/document.ts';
import { type HistoryText, historyText } from '../model/history-text.ts';
import type { Plan } from '../model/plan.ts';
import { escaped } from './difference-report.ts';
import { nameOf, type RemovedDocument, settingsOf } from './document-history.ts';
import type { Bound, Period } from './period.ts';
import type { ToldHistory } from './read-history.ts';
import { type ShownVersion, shownVersion } from './shown-version.ts';

/** A document with its versions of the period. */
export interface LoggedDocument {
  document: Document;
  /** The newest first. */
  versions: ShownVersion[];
}

export interface ChangeLog {
  since?: Bound;
  until?: Bound;
  known: ToldHistory['known'];
  /** The day of the oldest version that this copy knows. */
  oldest?: string;
  /** Documents that changed: plan.yaml first, then by reference. */
  documents: LoggedDocument[];
  /** What was taken out, the newest first; absent where the audience is not told. */
  removed?: RemovedDocument[];
}

/**
 * The change log of a period.
 *
 * @param folder of the plan in its repository
 */
export function changeLogOf(plan: Plan, history: ToldHistory, period: Period, folder: string): ChangeLog {
  const all = [settingsOf(plan), ...[...plan.documents.values()].sort((a, b) => compare(nameOf(a), nameOf(b)))];
  const days = [...history.versions.values()].flat().map(({ at }) => at.slice(0, 10));
  const oldest = days.reduce<string | undefined>((first, day) => (first && first < day ? first : day), undefined);
  return {
    ...(period.since ? { since: period.since } : {}),
    ...(period.until ? { until: period.until } : {}),
    known: history.known,
    ...(oldest ? { oldest } : {}),
    documents: all.flatMap((document) => {
      const versions = (history.versions.get(nameOf(document)) ?? [])
        .filter((version) => period.holds(version))
        .map((version) => shownVersion(plan, folder, history.differences, version, Number.POSITIVE_INFINITY));
      return versions.length > 0 ? [{ document, versions }] : [];
    }),
    ...(history.removed ? { removed: history.removed.filter((removed) => period.holds(removed)) } : {}),
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What a document is called in a log: `Runbook: Ransomware`, or the plan itself. */
export function loggedName(plan: Plan, { kind, data, path }: Document): string {
  if (path === 'plan.yaml') return historyText(plan.settings.language).log.settings;
  return `${kinds.get(kind)?.label.one ?? kind}: ${data.title}`;
}

/** The period in words, and what of it is missing here. */
export function periodInWords(plan: Plan, { since, until, known, oldest }: ChangeLog): string[] {
  const { log, unknown, part } = historyText(plan.settings.language);
  const bound = (end: Bound | undefined) => end && log.bound(end.asked, end.day, end.commit?.slice(0, 8));
  return [
    log.period(bound(since), bound(until)),
    ...(known === 'nothing' ? [unknown] : []),
    ...(known === 'part' ? [part(oldest ?? '')] : []),
  ];
}

/** The change log for people: a heading a document, and under it a version after the other. */
export function changeLogMarkdown(plan: Plan, log: ChangeLog): string {
  const words = historyText(plan.settings.language);
  const { title, nothing } = words.log;
  const parts = [
    `# ${escaped(title(plan.settings.title))}`,
    ...periodInWords(plan, log).map(escaped),
    ...(log.known !== 'nothing' && log.documents.length === 0 ? [nothing] : []),
    ...log.documents.flatMap(({ document, versions }) => [
      `## ${escaped(loggedName(plan, document))}`,
      ...versions.map((shown) => versionMarkdown(plan, shown, words)),
    ]),
    ...removedMarkdown(log, words),
  ];
  return `${parts.join('\n\n')}\n`;
}

function versionMarkdown(plan: Plan, shown: ShownVersion, words: HistoryText): string {
  const { version, id, day, who, paragraphs, lines, links, approvedBy } = shown;
  const lessons = version.lessons.map((name) => plan.documents.get(`lesson:${name}`)?.data.title ?? name);
  const list = [...lines, ...(lessons.length > 0 ? [`${words.lesson} ${lessons.join(', ')}`] : []), ...approvedBy].map(
    (line) => `- ${escaped(line)}`,
  );
  return [
    `### ${day} ${escaped(version.subject)}`,
    [escaped(`${words.commit(id)}, ${who}`), ...links.map(({ href, title }) => `[${escaped(title)}](<${href}>)`)].join(
      ', ',
    ),
    ...paragraphs.map(escaped),
    ...(list.length > 0 ? [list.join('\n')] : []),
  ].join('\n\n');
}

function removedMarkdown({ removed }: ChangeLog, { log }: HistoryText): string[] {
  if (removed === undefined) return [`## ${log.removed}`, log.removedUntold];
  if (removed.length === 0) return [];
  const lines = removed.map(
    ({ path, at, authors, subject, commit }) =>
      `- ${escaped(log.removedBy(path, at.slice(0, 10), authors.map(({ name }) => name).join(', '), subject, commit.slice(0, 8)))}`,
  );
  return [`## ${log.removed}`, lines.join('\n')];
}
