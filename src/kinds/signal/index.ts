import { documentOf } from '../../model/plan.ts';
import { defineKind } from '../kind.ts';
import { checkSignal } from './checks.ts';

export const signal = defineKind({
  name: 'signal',
  folder: 'signals',
  label: { one: 'Signal', many: 'Signals' },
  endings: ['.yaml'],
  body: 'none',
  check: checkSignal,
  // "None of these" leads to the first runbook.
  showsBeside: (plan) => {
    const first = documentOf(plan, 'runbook', plan.settings.home.firstRunbook);
    return first ? [{ head: first }] : [];
  },
});
