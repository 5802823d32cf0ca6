/** A lesson of one change: what somebody suggests who has read or used a step. */

import { idOf } from './lesson-draft.ts';
import type { LessonText } from './lesson-text.ts';
import type { Change, LessonData } from './schema-types.ts';

export interface Suggestion {
  /** The runbook, and the ids that its steps have. */
  runbook: { id: string; code: string; stepIds: readonly string[] };
  step: { id: string; number: string; text: string };
  /** Digest of the step's text. */
  digest: string;
  /** Another instruction, a new step beside it, or the step taken out. */
  what: 'reword' | 'before' | 'after' | 'retire';
  /** The instruction; of no use where the step is taken out. */
  text: string;
  /** Role that does a new step. */
  role: string;
  why: string;
  /** YYYY-MM-DD. */
  today: string;
}

/** The lesson, and the name of its file without the ending. */
export function suggestionLesson(given: Suggestion, words: LessonText): { name: string; data: LessonData } {
  const { runbook, step, what, why, today } = given;
  const text = oneLine(given.text);
  const spoken = `${runbook.code} ${step.number}`;
  const matter = what === 'retire' ? words.suggest.without(step.text) : text;
  return {
    name: idOf(`${spoken} ${matter}`, 'suggestion'),
    data: {
      title: cut(`${spoken}: ${matter}`, 100),
      summary: oneLine(why),
      from: 'suggestion',
      on: today,
      runbooks: [runbook.id],
      changes: [changeOf(given, text)],
      status: 'draft',
    },
  };
}

function changeOf({ runbook, step, digest, what, role, why }: Suggestion, text: string): Change {
  const common = { id: 'suggested', of: `runbook:${runbook.id}#${step.id}`, digest, why: oneLine(why) };
  if (what === 'retire') return { ...common, do: 'retire' };
  if (what === 'reword') return { ...common, do: 'reword', text: asMarkdown(text) };
  const taken = new Set(runbook.stepIds);
  const wanted = idOf(text, 'step');
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`;
  return {
    ...common,
    do: 'insert',
    place: what,
    text: `<Step id="${id}" role="${role}">\n${asMarkdown(text)}\n</Step>\n`,
  };
}

const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ');

/** A sentence as the file has it: what Markdown would take for a block or for code is kept as text. */
const asMarkdown = (text: string) =>
  text.replace(/[{}<>\\`*_[\]]/g, '\\$&').replace(/^(?=[-+#=|~])|(?<=^\d+)(?=[.)])/, '\\');

const cut = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
