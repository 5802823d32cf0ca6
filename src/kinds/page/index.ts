import { defineKind } from '../kind.ts';

export const page = defineKind({
  name: 'page',
  folder: 'pages',
  label: { one: 'Page', many: 'More pages' },
  endings: ['.mdx'],
  body: 'prose',
});
