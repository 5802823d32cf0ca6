import { defineKind } from '../kind.ts';

export const phase = defineKind({
  name: 'phase',
  folder: 'phases',
  label: { one: 'Phase', many: 'Phases' },
  endings: ['.mdx'],
  body: 'prose',
});
