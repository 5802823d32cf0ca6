import { defineKind } from '../kind.ts';
import { checkSignal } from './checks.ts';

export const signal = defineKind({
  name: 'signal',
  folder: 'signals',
  label: { one: 'Signal', many: 'Signals' },
  endings: ['.yaml'],
  body: 'none',
  check: checkSignal,
});
