/**
 * The history of a plan: for each document its versions, with who, when and why. A version is what the main branch held
 * after a commit or a merge; what a merge brought in is told under it, with its own authors.
 */

import { documentDigest } from '../compile/digest.ts';
import { isDocument } from '../compile/load.ts';
import type { Document } from '../model/document.ts';
import type { Plan } from '../model/plan.ts';
import { formatReference } from '../model/reference.ts';
import type { Commit, CommitLog, FileChange, Person } from './commit-log.ts';
import { type PullRequest, pullRequestOf } from './pull-request.ts';

/** A commit, as far as a reader asks: who wrote it, and why. */
interface CommitWords {
  id: string;
  author: Person;
  subject: string;
  body: string;
  /** Ids of the document's contents before and after it; zeros for nothing. */
  before: string;
  after: string;
}

/** One version of a document. */
export interface DocumentVersion {
  /** The commit on the main branch. */
  commit: string;
  /** When it was committed, ISO 8601 in UTC. */
  at: string;
  /** Where the document was then, from the plan's folder; and before, where it was renamed. */
  path: string;
  from?: string;
  /** `first-known` is where a shallow clone begins: it may be older. */
  what: 'added' | 'changed' | 'renamed' | 'first-known';
  /** Ids of the contents before and after. */
  before: string;
  after: string;
  /** The reason: of a merge that of its pull request. */
  subject: string;
  body: string;
  /** Who wrote it, each once. */
  authors: Person[];
  committer: Person;
  isMerge: boolean;
  pullRequest?: PullRequest;
  trailers: Commit['trailers'];
  /** The commits by which a merge changed the document. */
  brought: CommitWords[];
  /** Ids of the lessons that this version answers: they changed with it, and ask for a change of this document. */
  lessons: string[];
}

/** One change of the main branch, with all documents of the plan that it touched. */
interface PlanChange extends Pick<DocumentVersion, 'commit' | 'at' | 'subject' | 'authors' | 'pullRequest'> {
  /** References of documents that are in the plan now, and `plan` for plan.yaml. */
  documents: string[];
}

/** A document that was taken out of the plan, and is not there under another name. */
export interface RemovedDocument
  extends Pick<DocumentVersion, 'commit' | 'at' | 'subject' | 'authors' | 'pullRequest'> {
  /** Where it was, from the plan's folder. */
  path: string;
}

export interface PlanHistory {
  /** Whether git knows it all, a part of it, or nothing. */
  known: 'all' | 'part' | 'nothing';
  /** What was taken out, the newest first; absent where the audience is not told. */
  removed?: RemovedDocument[];
  /** By reference, and `plan` for plan.yaml; the newest first. What was never committed has none. */
  versions: ReadonlyMap<string, DocumentVersion[]>;
  /** The newest first. */
  changes: PlanChange[];
  /** Every commit that was the newest once, whether it touched the plan or not: a site or paper may name any of them. */
  mainBranch: readonly string[];
}

/** The history of a plan that is in no commit. */
export const noHistory: PlanHistory = { known: 'nothing', versions: new Map(), changes: [], mainBranch: [] };

/** Follows every document of a plan back through the log, through its renames. */
export function historyOf(plan: Plan, log: CommitLog | undefined): PlanHistory {
  if (!log) return noHistory;
  const main = mainBranch(log);
  const brought = broughtBy(log, main);
  const versions = new Map<string, DocumentVersion[]>();
  const changes: PlanChange[] = [];
  const removed: RemovedDocument[] = [];
  // From a path, as it was at the commit that is looked at, to the document of today that it became.
  const documentAt = new Map(
    [...plan.documents.values(), settingsOf(plan)].map((document) => [document.path, document]),
  );
  for (const commit of main) {
    const isCut = log.cut.has(commit.id);
    const touched: [Document, FileChange][] = commit.files.flatMap((file) => {
      const document = file.what === 'removed' ? undefined : documentAt.get(file.path);
      return document ? [[document, file]] : [];
    });
    const lessons = touched.flatMap(([document]) =>
      document.kind === 'lesson' ? [document as Document<'lesson'>] : [],
    );
    const inner = commit.parents.length > 1 ? (brought.get(commit.id) ?? []) : [];
    const about = {
      commit: commit.id,
      at: commit.at,
      ...reasonOf(commit),
      committer: commit.committer,
      isMerge: commit.parents.length > 1,
      trailers: commit.trailers,
    };
    for (const [document, file] of touched) {
      const own = inner.filter(({ files }) => files.some(({ path, from }) => path === file.path || from === file.path));
      const version: DocumentVersion = {
        ...about,
        ...reasonOf(commit, own),
        ...placeOf(file, isCut),
        before: file.before,
        after: file.after,
        authors: authorsOf(commit, own),
        brought: own.flatMap(({ id, author, subject, body, files }) => {
          const change = files.find(({ path, from }) => path === file.path || from === file.path);
          return change ? [{ id, author, subject, body, before: change.before, after: change.after }] : [];
        }),
        lessons: lessons.filter((lesson) => file.what !== 'added' && asksFor(lesson, document)).map(({ id }) => id),
      };
      const name = nameOf(document);
      versions.set(name, [...(versions.get(name) ?? []), version]);
    }
    if (touched.length > 0 && !isCut)
      changes.push({
        ...about,
        authors: authorsOf(commit, inner),
        documents: touched.map(([document]) => nameOf(document)).sort(),
      });
    if (!isCut)
      for (const { path, what } of commit.files)
        if (what === 'removed' && isDocument(path))
          removed.push({
            path,
            commit: commit.id,
            at: commit.at,
            ...reasonOf(commit),
            authors: authorsOf(commit, inner),
          });
    // Before it was added, another document may have had the path; its history is another one.
    for (const [, { path }] of touched) documentAt.delete(path);
    for (const [document, { path, from, what }] of touched)
      if (what !== 'added') documentAt.set(from ?? path, document);
  }
  // A repository of other things knows no more of the plan than none.
  if (versions.size === 0 && removed.length === 0) return noHistory;
  return { known: log.cut.size > 0 ? 'part' : 'all', versions, changes, mainBranch: main.map(({ id }) => id), removed };
}

/**
 * How many changes of the plan came after a version that a page or paper names by the first digits of its commit.
 *
 * @returns `none` where the main branch has no such version, `unknown` where not all of it is known here
 */
export function changesSince(
  { known, changes, mainBranch }: PlanHistory,
  version: string,
): number | 'none' | 'unknown' {
  const at = mainBranch.findIndex((commit) => commit.startsWith(version));
  if (at < 0) return known === 'all' ? 'none' : 'unknown';
  const newer = new Set(mainBranch.slice(0, at));
  return changes.filter(({ commit }) => newer.has(commit)).length;
}

/** plan.yaml, which is no document, as one: it is reviewed and approved as documents are. */
export function settingsOf({ settings }: Plan): Document {
  const nowhere = { line: 1, column: 1, offset: 0 };
  return {
    kind: 'plan' as Document['kind'],
    id: 'plan',
    path: 'plan.yaml',
    data: settings as unknown as Document['data'],
    digest: documentDigest(settings, undefined),
    references: [],
    rangeOf: () => ({ start: nowhere, end: nowhere }),
  };
}

/** Under what the history of a document is found. */
export const nameOf = (document: Pick<Document, 'kind' | 'id'>): string =>
  (document.kind as string) === 'plan' ? 'plan' : formatReference(document);

/** The main branch, newest first: from each merge back along the branch that it was merged into. */
function mainBranch({ commits, head }: CommitLog): Commit[] {
  const main: Commit[] = [];
  for (let commit = commits.get(head); commit; commit = commits.get(commit.parents[0] ?? '')) main.push(commit);
  return main;
}

/** For each merge of the main branch the commits that came with it, the newest first. */
function broughtBy({ commits }: CommitLog, main: readonly Commit[]): Map<string, Commit[]> {
  const brought = new Map<string, Commit[]>();
  const known = new Set(main.map(({ id }) => id));
  for (const merge of [...main].reverse()) {
    const found: Commit[] = [];
    const open = merge.parents.slice(1);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const commit = commits.get(id);
      if (!commit || known.has(id)) continue;
      known.add(id);
      // A merge inside a branch brings what others wrote; its own message says nothing of it.
      if (commit.parents.length < 2) found.push(commit);
      open.push(...commit.parents);
    }
    if (found.length > 0)
      brought.set(
        merge.id,
        found.sort((a, b) => compare(b.at, a.at) || compare(a.id, b.id)),
      );
  }
  return brought;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** A merge says by its pull request why it was made. */
function reasonOf(
  commit: Commit,
  brought: readonly Commit[] = [],
): Pick<DocumentVersion, 'subject' | 'body' | 'pullRequest'> {
  const pullRequest = pullRequestOf(commit);
  const only = brought.length === 1 ? brought[0] : undefined;
  // "Merge branch x" says nothing; the one commit that it brought does.
  if (only && !pullRequest && /^Merge /.test(commit.subject)) return { subject: only.subject, body: only.body };
  const title = pullRequest?.title;
  const rest = title && commit.body.startsWith(title) ? commit.body.slice(title.length) : commit.body;
  return {
    subject: title ?? commit.subject,
    body: rest.replace(/^(See merge request|Reviewed-on:) \S+$/gm, '').trim(),
    ...(pullRequest ? { pullRequest } : {}),
  };
}

/** Whoever wrote a part of it; of a merge without commits of its own, whoever merged. */
function authorsOf(commit: Commit, brought: readonly Commit[]): Person[] {
  const all = [...(brought.length > 0 ? brought : [commit])].flatMap(({ author, trailers }) => [
    author,
    ...trailers.flatMap(({ name, value }) => (/^co-authored-by$/i.test(name) ? [personOf(value)] : [])),
  ]);
  return all.filter((person, index) => all.findIndex((other) => isSame(other, person)) === index);
}

/** Whether two names are one person: the same mail address, or the same name where one has none. */
export function isSame(a: Person, b: Person): boolean {
  return a.mail && b.mail ? a.mail.toLowerCase() === b.mail.toLowerCase() : a.name === b.name;
}

/** `Name <mail>`, as trailers name somebody. */
export function personOf(text: string): Person {
  const [, name = text, mail = ''] = /^(.*?)\s*<([^<>]*)>\s*$/.exec(text) ?? [];
  return { name: name.trim(), mail: mail.trim() };
}

function placeOf({ what, path, from }: FileChange, isCut: boolean): Pick<DocumentVersion, 'what' | 'path' | 'from'> {
  if (isCut) return { what: 'first-known', path };
  if (what === 'renamed' && from) return { what, path, from };
  return { what: what === 'added' ? 'added' : 'changed', path };
}

function asksFor(lesson: Document<'lesson'>, document: Document): boolean {
  const name = formatReference(document);
  return (lesson.data.changes ?? []).some(({ applied, of }) => applied !== undefined && of.split('#')[0] === name);
}
