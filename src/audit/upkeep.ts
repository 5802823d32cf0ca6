/** Upkeep on a day: what is overdue, what falls due soon, and for whom. */

import { documentOf, type Plan } from '../model/plan.ts';
import { type UpkeepItem, upkeepOf } from '../model/upkeep.ts';
import { upkeepText } from '../model/upkeep-text.ts';

export interface DatedItem extends UpkeepItem {
  state: 'overdue' | 'soon' | 'later';
}

/** All that one role has to see to. */
export interface OwnedItems<Item extends UpkeepItem = UpkeepItem> {
  /** Id of the role; absent for what nobody is named for. */
  owner?: string;
  /** The title of the role. */
  name: string;
  items: Item[];
}

/**
 * Everything that has a day, with how it stands on one.
 *
 * @param today as `2026-11-24`
 * @param until the last day that counts as soon
 */
export function upkeepOn(plan: Plan, today: string, until: string): DatedItem[] {
  return upkeepOf(plan).map((item) => ({
    ...item,
    state: item.due < today ? 'overdue' : item.due <= until ? 'soon' : 'later',
  }));
}

/** The same items, role by role in the order of their titles; what nobody is named for comes last. */
export function byOwner<Item extends UpkeepItem>(plan: Plan, items: readonly Item[]): OwnedItems<Item>[] {
  const text = upkeepText(plan.settings.language);
  return [...Map.groupBy(items, ({ owner }) => owner)]
    .map(
      ([owner, own]): OwnedItems<Item> => ({
        ...(owner === undefined ? {} : { owner }),
        name: owner === undefined ? text.nobody : (documentOf(plan, 'role', owner)?.data.title ?? owner),
        items: own,
      }),
    )
    .sort(
      (a, b) =>
        Number(a.owner === undefined) - Number(b.owner === undefined) ||
        (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1),
    );
}

/** What an item is called: the title of its document, or of the plan. */
export function titleOfItem({ document, part }: UpkeepItem, plan: Plan): string {
  const title = document ? ('title' in document.data ? document.data.title : document.id) : plan.settings.title;
  return part === undefined ? title : upkeepText(plan.settings.language).part(title, part);
}
