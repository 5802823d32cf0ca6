import { usesOfAction } from '../../model/steps.ts';
import { defineKind } from '../kind.ts';

export const action = defineKind({
  name: 'action',
  folder: 'actions',
  label: { one: 'Action', many: 'Actions' },
  endings: ['.mdx'],
  body: 'parts',
  showsBeside: (plan, action) =>
    usesOfAction(plan, action.id).flatMap(({ runbook, steps }) => [
      { head: runbook },
      { value: steps.map(({ id, number, instruction }) => [id, number, instruction]) },
    ]),
});
