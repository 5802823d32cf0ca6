import { defineKind } from '../kind.ts';
import { checkRegister } from './checks.ts';

export const register = defineKind({
  name: 'register',
  folder: 'registers',
  label: { one: 'Register', many: 'Registers' },
  endings: ['.yaml'],
  body: 'none',
  check: checkRegister,
});
