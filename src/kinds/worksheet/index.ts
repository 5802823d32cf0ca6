import { documentsOf } from '../../model/plan.ts';
import { defineKind } from '../kind.ts';
import { checkWorksheet } from './checks.ts';

export const worksheet = defineKind({
  name: 'worksheet',
  folder: 'worksheets',
  label: { one: 'Worksheet', many: 'Worksheets' },
  endings: ['.yaml'],
  body: 'none',
  check: checkWorksheet,
  // Fields may take their answers from the roles or runbooks of the plan.
  showsBeside: (plan) => [
    { value: [...documentsOf(plan, 'role'), ...documentsOf(plan, 'runbook')].map(({ id, data }) => [id, data.title]) },
  ],
});
