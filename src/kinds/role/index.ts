import { defineKind } from '../kind.ts';
import { checkRoles } from './checks.ts';

export const role = defineKind({
  name: 'role',
  folder: 'roles',
  label: { one: 'Role', many: 'Roles' },
  endings: ['.mdx', '.yaml'],
  body: 'prose',
  checkAll: checkRoles,
});
