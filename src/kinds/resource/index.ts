import { defineKind } from '../kind.ts';

export const resource = defineKind({
  name: 'resource',
  folder: 'resources',
  label: { one: 'Resource', many: 'Resources' },
  endings: ['.yaml', '.mdx'],
  body: 'prose',
});
