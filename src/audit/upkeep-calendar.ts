import { calendarFile } from '../model/calendar-file.ts';
import { dayAfter } from '../model/duration.ts';
import type { Plan } from '../model/plan.ts';
import { nameOfItem, periodsOf, type UpkeepItem } from '../model/upkeep.ts';
import { upkeepText } from '../model/upkeep-text.ts';
import { byOwner, titleOfItem } from './upkeep.ts';

/**
 * Items as a file for calendars: an event a day on which something falls due, with a reminder as long before as
 * plan.yaml says. An entry keeps its uid when its day moves, so that a second import replaces the first.
 *
 * @param made when the file is made, or the plan was changed last
 * @param owner title of the role that it is for; absent for everybody
 */
export function upkeepCalendar(plan: Plan, items: readonly UpkeepItem[], made: Date, owner?: string): string {
  const text = upkeepText(plan.settings.language);
  const { domain = 'firebreak.invalid' } = plan.settings.organisation;
  const remindDays = daysOf(periodsOf(plan.settings).remindBefore);
  const events = byOwner(plan, items).flatMap(({ name, items: own }) =>
    own.map((item) => ({
      uid: `upkeep.${item.kind}.${nameOfItem(item)}@${domain}`,
      at: item.due,
      summary: `${text.kinds[item.kind]}: ${titleOfItem(item, plan)}`,
      description: text.eventDetail(text.todo[item.kind], nameOfItem(item), name, item.last ?? text.never),
      remindDays,
    })),
  );
  return calendarFile(text.calendarName(plan.settings.title, owner), events, made);
}

/** A length of time in whole days; a reminder needs them, and how long a month is does not matter to it. */
function daysOf(length: string): number {
  const start = '2001-01-01';
  return Math.max(0, Math.round((Date.parse(dayAfter(start, length)) - Date.parse(start)) / 86_400_000));
}
