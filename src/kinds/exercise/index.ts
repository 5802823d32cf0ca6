import { resolve } from '../../model/plan.ts';
import { defineKind } from '../kind.ts';

export const exercise = defineKind({
  name: 'exercise',
  folder: 'exercises',
  label: { one: 'Exercise', many: 'Exercises' },
  endings: ['.yaml', '.mdx'],
  body: 'prose',
  // Injects name steps, and the page says what they are.
  showsBeside: (plan, exercise) => [
    { value: exercise.references.map(({ text }) => resolve(plan, text)?.step?.instruction) },
  ],
});
