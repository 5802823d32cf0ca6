import { phasesOf } from '../../model/plan.ts';
import { defineKind } from '../kind.ts';
import { checkRunbook, checkRunbooks } from './checks.ts';

export const runbook = defineKind({
  name: 'runbook',
  folder: 'runbooks',
  label: { one: 'Runbook', many: 'Runbooks' },
  endings: ['.mdx'],
  body: 'phases',
  check: checkRunbook,
  checkAll: checkRunbooks,
  showsBeside: (plan) => phasesOf(plan).map((phase) => ({ head: phase })),
});
