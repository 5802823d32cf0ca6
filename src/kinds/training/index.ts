import { defineKind } from '../kind.ts';

export const training = defineKind({
  name: 'training',
  folder: 'training',
  label: { one: 'Training', many: 'Training' },
  endings: ['.yaml', '.mdx'],
  body: 'prose',
});
