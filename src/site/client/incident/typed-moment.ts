import { momentOf } from '../../../model/incident/record.ts';
import { readDateTime } from '../../../model/worksheet.ts';

/** What somebody typed as a time, as the record writes it; undefined where it is none. A time alone is of today, in UTC. */
export function typedMoment(typed: string, now: Date): string | undefined {
  const hour = /^\s*(\d{1,2})[:.](\d{2})\s*$/.exec(typed);
  const whole = hour ? `${now.toISOString().slice(0, 10)} ${hour[1]?.padStart(2, '0')}:${hour[2]}` : typed;
  const read = readDateTime(whole);
  return read?.includes('T') ? momentOf(new Date(read)) : undefined;
}
