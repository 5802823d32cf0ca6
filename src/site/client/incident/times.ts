/** Times as an open incident shows them: UTC first, local beside it. */

import { instantOf } from '../../../model/incident/record.ts';

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
