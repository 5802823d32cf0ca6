import type { Plan } from '../../model/plan.ts';
import type { Change } from '../../model/schema-types.ts';
import { defineKind } from '../kind.ts';
import { checkLesson } from './checks.ts';

export const lesson = defineKind({
  name: 'lesson',
  folder: 'lessons',
  label: { one: 'Lesson', many: 'Lessons' },
  endings: ['.yaml', '.mdx'],
  body: 'prose',
  check: checkLesson,
  // The changes say in words what they do, with the titles of documents and the instructions of steps.
  showsBeside: (plan, { data }) =>
    (data.changes ?? []).flatMap((change) => namedBy(plan, change).map((whole) => ({ whole }))),
});

/** The document that is changed, what is added to it, and the actions that a new text uses. */
function namedBy(plan: Plan, change: Change) {
  const names = [change.of.split('#')[0] as string];
  if (change.do === 'add') names.push(`${change.what}:${change.value}`);
  if (change.do === 'insert' || change.do === 'replace')
    for (const [, action] of change.text.matchAll(/\saction="([^"]+)"/g)) names.push(`action:${action}`);
  return names.map((name) => plan.documents.get(name)).filter((document) => document !== undefined);
}
