import { parseReference } from '../../model/reference.ts';
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
    (data.changes ?? []).flatMap(({ of }) => {
      const named = parseReference(of);
      const changed = named && plan.documents.get(`${named.kind}:${named.id}`);
      return changed ? [{ whole: changed }] : [];
    }),
});
