/** Upkeep as files beside its page, for calendars: one of everything, and one for each role. */

import { byOwner } from '../audit/upkeep.ts';
import { upkeepCalendar } from '../audit/upkeep-calendar.ts';
import { upkeepOf } from '../model/upkeep.ts';
import type { Site } from './site.ts';

/** Path of the calendar file of a role, or of everybody's. */
export const calendarPath = (owner?: string): string => `upkeep/${owner ?? 'everything'}.ics`;

/** Every such file by its path from the site's folder; none where the site has no page of upkeep. */
export function upkeepFiles({ plan, pages, history }: Pick<Site, 'plan' | 'pages' | 'history'>): Map<string, string> {
  if (!pages.some(({ view }) => view === 'upkeep')) return new Map();
  const items = upkeepOf(plan);
  // The same commit gives the same bytes: the time is that of the last change of the plan.
  const made = new Date(history.changes[0]?.at ?? 0);
  return new Map([
    [calendarPath(), upkeepCalendar(plan, items, made)],
    ...byOwner(plan, items).flatMap(({ owner, name, items: own }): [string, string][] =>
      owner === undefined ? [] : [[calendarPath(owner), upkeepCalendar(plan, own, made, name)]],
    ),
  ]);
}
