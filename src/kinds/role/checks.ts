import type { Document } from '../../model/document.ts';
import { documentsOf, type Plan, referrersOf } from '../../model/plan.ts';
import type { PlanCheck } from '../kind.ts';

/** A role must be reachable, unless it is a draft on which nothing relies yet. */
export function checkRoles({ plan, documents, report }: PlanCheck<'role'>): void {
  // Who can be called is not here to be read.
  if (plan.awaited?.has('contact')) return;
  const reachable = new Set(documentsOf(plan, 'contact').flatMap((contact) => contact.data.roles ?? []));
  for (const role of documents)
    if (!reachable.has(role.id) && (role.data.status !== 'draft' || isReliedOn(plan, role)))
      report(role, 'role-without-contact', { name: role.data.title }, '');
}

function isReliedOn(plan: Plan, role: Document<'role'>): boolean {
  return (
    referrersOf(plan, role).length > 0 || plan.settings.authority.powers.some(({ roles }) => roles.includes(role.id))
  );
}
