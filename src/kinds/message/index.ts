import { defineKind } from '../kind.ts';

export const message = defineKind({
  name: 'message',
  folder: 'messages',
  label: { one: 'Message', many: 'Messages' },
  endings: ['.mdx'],
  body: 'prose',
});
