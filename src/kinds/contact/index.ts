import { defineKind } from '../kind.ts';

export const contact = defineKind({
  name: 'contact',
  folder: 'contacts',
  label: { one: 'Contact', many: 'Contacts' },
  endings: ['.yaml'],
  body: 'none',
});
