import { defineKind } from '../kind.ts';

export const control = defineKind({
  name: 'control',
  folder: 'controls',
  label: { one: 'Control', many: 'Controls' },
  endings: ['.yaml'],
  body: 'none',
});
