import { defineKind } from '../kind.ts';

export const term = defineKind({
  name: 'term',
  folder: 'terms',
  label: { one: 'Term', many: 'Glossary' },
  endings: ['.yaml'],
  body: 'none',
});
