import { referrersOf } from '../../model/plan.ts';
import { stepsOfRole } from '../../model/steps.ts';
import { defineKind } from '../kind.ts';
import { checkRoles } from './checks.ts';

export const role = defineKind({
  name: 'role',
  folder: 'roles',
  label: { one: 'Role', many: 'Roles' },
  endings: ['.mdx', '.yaml'],
  body: 'prose',
  checkAll: checkRoles,
  showsBeside: (plan, role) => [
    ...stepsOfRole(plan, role.id).flatMap(({ runbook, steps }) => [
      { head: runbook },
      { value: steps.map(({ step, part }) => [step.id, step.number, step.instruction, part]) },
    ]),
    ...referrersOf(plan, role, 'contact').map((contact) => ({ whole: contact })),
  ],
});
