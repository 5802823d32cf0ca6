/** What was published before anybody approved it, because it could not wait. */

import { isBlock } from './content.ts';
import type { Document } from './document.ts';
import { documentOf, type Plan } from './plan.ts';
import type { Unapproved } from './schema-types.ts';

/** The mark of a document that was published before it was approved; undefined where it has none. */
export const unapprovedOf = ({ data }: Pick<Document, 'data'>): Unapproved | undefined =>
  (data as { unapproved?: Unapproved }).unapproved;

/** What of a page is not approved: its document, and the actions that a runbook shows as its own steps. */
export function unapprovedOn(plan: Plan, document: Document): { document: Document; unapproved: Unapproved }[] {
  const used = new Set(
    (document.body?.steps ?? []).flatMap(({ block }) => (isBlock(block, 'use') ? [block.attributes.action] : [])),
  );
  const actions = [...used].map((id) => documentOf(plan, 'action', id) as Document | undefined);
  return [document, ...actions].flatMap((shown) => {
    const unapproved = shown && unapprovedOf(shown);
    return unapproved ? [{ document: shown, unapproved }] : [];
  });
}
