/** Lengths of time as the plan writes them: "15 min", "4 h", "3 days", "2 business days", "1 month". */

export type Unit = 'min' | 'h' | 'day' | 'business day' | 'week' | 'month';

export interface Duration {
  amount: number;
  unit: Unit;
}

const form = /^([1-9][0-9]{0,3}) (min|h|day|business day|week|month)s?$/;

/** Reads a duration. Throws a RangeError for a text that the schema would refuse. */
export function parseDuration(text: string): Duration {
  const match = form.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a duration`);
  return { amount: Number(match[1]), unit: match[2] as Unit };
}

/**
 * The moment at which a time limit ends.
 *
 * Minutes, hours, days and weeks are exact lengths. Months keep the day of the month, or take the last day where the
 * month is shorter. Business days are Monday to Friday in UTC; public holidays are the organisation's own and not
 * known here.
 */
export function addDuration(start: Date, { amount, unit }: Duration): Date {
  const end = new Date(start);
  switch (unit) {
    case 'min':
      end.setTime(start.getTime() + amount * 60_000);
      return end;
    case 'h':
      end.setTime(start.getTime() + amount * 3_600_000);
      return end;
    case 'day':
    case 'week':
      end.setTime(start.getTime() + amount * (unit === 'day' ? 1 : 7) * 86_400_000);
      return end;
    case 'month': {
      const day = start.getUTCDate();
      end.setUTCDate(1);
      end.setUTCMonth(end.getUTCMonth() + amount + 1, 0);
      end.setUTCDate(Math.min(day, end.getUTCDate()));
      return end;
    }
    case 'business day': {
      for (let left = amount; left > 0; ) {
        end.setUTCDate(end.getUTCDate() + 1);
        const weekday = end.getUTCDay();
        if (weekday !== 0 && weekday !== 6) left -= 1;
      }
      return end;
    }
  }
}

/** The day that lies a length of time after a day. Both days are written `2026-11-30`. */
export function dayAfter(day: string, length: string): string {
  return addDuration(new Date(`${day}T00:00:00Z`), parseDuration(length))
    .toISOString()
    .slice(0, 10);
}
