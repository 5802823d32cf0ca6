/** The words of the pages of history: a part of interface-text.ts, loaded only there. */
const english = {
  title: 'History',
  link: 'All versions of this document',
  unknownHere: 'Nothing is known of it in this copy',
  last: (day: string, who: string, why: string, version: string) =>
    `Last changed ${day} ${who}: ${why} (version ${version}).`,
  of: (title: string) => `History of ${title}`,
  ofKind: (many: string) => `History: ${many}`,
  back: 'The document as it is now',
  planWhy: 'What was changed in this plan, by whom and why. The newest comes first.',
  why: 'Every version of this document, the newest first: who changed it, when, why, and what.',
  kindWhy: 'Every version of these documents, the newest first: who changed it, when, why, and what.',
  unknown:
    "Nothing is known of the history: this copy was made from files that are in no commit. Only a build from the plan's git repository can tell it.",
  part: (since: string) =>
    `This copy was made from a shallow clone that begins on ${since}. What is older is missing here; fetch the rest with: git fetch --unshallow`,
  uncommitted:
    'This copy was made with changes that are in no commit: what the pages show may be newer than the last version here.',
  neverCommitted: 'This document is in no commit yet.',
  first: 'First version',
  firstKnown: 'The oldest version in this copy; it may have been changed before.',
  movedFrom: (path: string) => `The file was ${path} before.`,
  onlyForm: 'Nothing that it says: only the form of the file.',
  untold: 'What it changed is not told to the readers of this copy.',
  notTold: 'not told to the readers of this copy',
  only: 'The file was moved; it says the same.',
  by: (people: string) => `by ${people}`,
  mergedBy: (person: string) => `merged by ${person}`,
  came: 'It came with these commits:',
  commitBy: (subject: string, author: string) => `${subject} (${author})`,
  lesson: 'Lesson behind it:',
  text: 'The text of this version',
  commit: (id: string) => `version ${id}`,
  readAt: 'To read a version in full:',
  changes: (count: number) => (count === 1 ? 'one change' : `${count} changes`),
  versions: (count: number) => (count === 1 ? 'One version' : `${count} versions`),
  more: (lines: number) => `and ${lines} more`,
  steps: 'Step by step',
  step: 'Step',
  since: 'In the plan since',
  changed: 'Last changed',
  unchanged: 'as it was written',
  sinceUnknown: 'longer than this copy knows',
  documents: (count: number) => (count === 1 ? 'one document' : `${count} documents`),
  older: (count: number) => `${count} older ${count === 1 ? 'change' : 'changes'} are on the pages of the documents.`,
  olderVersions: (count: number) => `${count} older ${count === 1 ? 'version' : 'versions'}`,
  perDocument: 'By document',
  log: {
    title: (plan: string) => `Change log: ${plan}`,
    settings: 'The plan (plan.yaml)',
    bound: (asked: string, day: string, commit: string | undefined) =>
      commit === undefined ? asked : `${asked} (${asked === commit ? '' : `commit ${commit} `}of ${day})`,
    period: (since: string | undefined, until: string | undefined) =>
      `${since === undefined ? 'From the beginning' : `Since ${since}`} ${until === undefined ? 'to the present version' : `until ${until}`}.`,
    nothing: 'Nothing changed in this period.',
    removed: 'Taken out of the plan',
    removedUntold: 'What was taken out is not told to the readers of this copy.',
    removedBy: (path: string, day: string, who: string, why: string, commit: string) =>
      `${path}, on ${day} by ${who} (version ${commit}): ${why}`,
  },
};

export type HistoryText = typeof english;

/** The words of history in the language of a plan. */
export function historyText(_language: string | undefined): HistoryText {
  return english;
}
