/** A lesson of one change: what somebody suggests who has read or used a step. */

import { idOf } from './lesson-draft.ts';
import type { LessonText } from './lesson-text.ts';
import type { Change, LessonData } from './schema-types.ts';

/** An action as a suggestion needs it: a file of the site beside its page. */
export interface ActionParts {
  title: string;
  /** Runbooks that use it. */
  runbooks: { id: string; title: string }[];
  parts: { id: string; letter: string; text: string; digest: string }[];
}

/** What a suggestion is about: a step of a runbook, or a part of an action. */
export interface SuggestedPlace {
  /** `runbook:ransomware#isolate-hosts`, `action:isolate-host#disconnect` */
  ref: string;
  /** What it is called when it is spoken of: `RW 5`, `RW 5b`. */
  name: string;
  text: string;
  /** Digest of its text. */
  digest: string;
  /** The ids that it and its neighbours have. */
  taken: readonly string[];
}

export interface Suggestion {
  place: SuggestedPlace;
  /** Id of the runbook in which it was read; absent where a part was read on the page of its action. */
  runbook?: string;
  /** Another instruction, a new step or part beside it, or what is there taken out. */
  what: 'reword' | 'before' | 'after' | 'retire';
  /** The instruction; of no use where something is taken out. */
  text: string;
  /** Role that does a new step; a part is done by the role of its action. */
  role: string;
  why: string;
  /** YYYY-MM-DD. */
  today: string;
}

/** The lesson, and the name of its file without the ending. */
export function suggestionLesson(given: Suggestion, words: LessonText): { name: string; data: LessonData } {
  const { place, runbook, what, why, today } = given;
  const text = oneLine(given.text);
  const matter = what === 'retire' ? words.suggest.without(place.text) : text;
  return {
    name: idOf(`${place.name} ${matter}`, 'suggestion'),
    data: {
      title: cut(`${place.name}: ${matter}`, 100),
      summary: oneLine(why),
      from: 'suggestion',
      on: today,
      ...(runbook === undefined ? {} : { runbooks: [runbook] }),
      changes: [changeOf(given, text)],
      status: 'draft',
    },
  };
}

function changeOf({ place, what, role, why }: Suggestion, text: string): Change {
  const common = { id: 'suggested', of: place.ref, digest: place.digest, why: oneLine(why) };
  if (what === 'retire') return { ...common, do: 'retire' };
  if (what === 'reword') return { ...common, do: 'reword', text: asMarkdown(text) };
  const taken = new Set(place.taken);
  const isPart = place.ref.startsWith('action:');
  const wanted = idOf(text, isPart ? 'part' : 'step');
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`;
  return {
    ...common,
    do: 'insert',
    place: what,
    text: isPart
      ? `<Part id="${id}">\n${asMarkdown(text)}\n</Part>\n`
      : `<Step id="${id}" role="${role}">\n${asMarkdown(text)}\n</Step>\n`,
  };
}

const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ');

/** A sentence as the file has it: what Markdown would take for a block or for code is kept as text. */
const asMarkdown = (text: string) =>
  text.replace(/[{}<>\\`*_[\]]/g, '\\$&').replace(/^(?=[-+#=|~])|(?<=^\d+)(?=[.)])/, '\\');

const cut = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
