import { defineKind } from '../kind.ts';

export const technique = defineKind({
  name: 'technique',
  folder: 'techniques',
  label: { one: 'Technique', many: 'Techniques' },
  endings: ['.yaml'],
  body: 'none',
  // Two sub-techniques are called Spearphishing Link, two Cloud Account.
  sharesTitles: true,
  // ATT&CK's own ids: T1486, and T1566.001 for a sub-technique.
  idForm: /^T[0-9]{4}(\.[0-9]{3})?$/,
});
