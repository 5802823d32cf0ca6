/** Times as an open incident shows them: UTC first, local beside it. */

import { instantOf, momentOf } from '../../../model/incident/record.ts';
import { readDateTime } from '../../../model/worksheet.ts';

/** `03:35 UTC`, with the day where it is not today's. */
export function shortTime(moment: string | Date): string {
  const iso = (typeof moment === 'string' ? new Date(instantOf(moment)) : moment).toISOString();
  const today = new Date().toISOString().slice(0, 10);
  return `${iso.startsWith(today) ? '' : `${iso.slice(0, 10)} `}${iso.slice(11, 16)} UTC`;
}

/** `2 h 05 min`, without a sign. */
export function lengthOf(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${String(minutes % 60).padStart(2, '0')} min` : `${Math.floor(hours / 24)} d`;
}

/** What somebody typed as a time, as the record writes it; undefined where it is none. A time alone is of today, in UTC. */
export function typedMoment(typed: string, now: Date): string | undefined {
  const hour = /^\s*(\d{1,2})[:.](\d{2})\s*$/.exec(typed);
  const whole = hour ? `${now.toISOString().slice(0, 10)} ${hour[1]?.padStart(2, '0')}:${hour[2]}` : typed;
  const read = readDateTime(whole);
  return read?.includes('T') ? momentOf(new Date(read)) : undefined;
}
