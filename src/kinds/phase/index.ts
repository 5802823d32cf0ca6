import { documentsOf, phasesOf } from '../../model/plan.ts';
import { defineKind } from '../kind.ts';

export const phase = defineKind({
  name: 'phase',
  folder: 'phases',
  label: { one: 'Phase', many: 'Phases' },
  endings: ['.mdx'],
  body: 'prose',
  showsBeside: (plan) => [...phasesOf(plan), ...documentsOf(plan, 'runbook')].map((other) => ({ head: other })),
});
