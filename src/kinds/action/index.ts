import { defineKind } from '../kind.ts';

export const action = defineKind({
  name: 'action',
  folder: 'actions',
  label: { one: 'Action', many: 'Actions' },
  endings: ['.mdx'],
  body: 'parts',
});
