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
});
