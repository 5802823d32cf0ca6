import { documentsOf } from '../../model/plan.ts';
import type { PlanCheck } from '../kind.ts';

/** A role that a runbook or the authority table relies on must be reachable. */
export function checkRoles({ plan, documents, report }: PlanCheck<'role'>): void {
  const reachable = new Set(documentsOf(plan, 'contact').flatMap((contact) => contact.data.roles ?? []));
  for (const role of documents)
    if (!reachable.has(role.id)) report(role, 'role-without-contact', { name: role.data.title }, '');
}
