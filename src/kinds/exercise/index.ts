import { defineKind } from '../kind.ts';

export const exercise = defineKind({
  name: 'exercise',
  folder: 'exercises',
  label: { one: 'Exercise', many: 'Exercises' },
  endings: ['.yaml', '.mdx'],
  body: 'prose',
});
