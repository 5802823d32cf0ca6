/**
 * Deadlines and days as an iCalendar file (RFC 5545). By hand: the package that writes such files brings a validator of its own
 * that is larger than this page, and all that is needed are events with a start.
 */

/** One moment or day that belongs into a calendar. */
export interface CalendarEvent {
  /** The same for the same thing, so that a second import replaces the first. */
  uid: string;
  /** A moment; or a day, as `2026-11-27`, which the event takes whole. */
  at: Date | string;
  summary: string;
  description: string;
  /** How long before it is reminded of. Default: an hour. */
  remindDays?: number;
}

/**
 * The file, with CRLF line ends. Each event has a reminder.
 *
 * @param name what the calendar is called
 * @param now when the file is made, or what it says was changed last (DTSTAMP)
 */
export function calendarFile(name: string, events: readonly CalendarEvent[], now: Date): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Firebreak//Plan//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${escaped(event.uid)}`,
      `DTSTAMP:${utc(now)}`,
      startOf(event.at),
      `SUMMARY:${escaped(event.summary)}`,
      `DESCRIPTION:${escaped(event.description)}`,
      'CLASS:CONFIDENTIAL',
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `TRIGGER:-P${event.remindDays === undefined ? 'T1H' : `${event.remindDays}D`}`,
      `DESCRIPTION:${escaped(event.summary)}`,
      'END:VALARM',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');
}

/** Section 3.6.1: an event that starts on a date and names no end lasts that day. */
function startOf(at: Date | string): string {
  return typeof at === 'string' ? `DTSTART;VALUE=DATE:${at.replaceAll('-', '')}` : `DTSTART:${utc(at)}`;
}

/** Section 3.3.5, form 2: `20261127T033500Z`. */
function utc(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** Section 3.3.11. Control characters are not allowed at all; line ends of any kind become the two characters `\n`. */
function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/(?!\t)\p{Cc}/gu, '');
}

/** Section 3.1: at most 75 octets a line, the line end not counted; a character is never cut in two. */
function folded(line: string): string {
  let width = 0;
  let result = '';
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0) ?? 0);
    if (width + size > 75) {
      result += '\r\n ';
      width = 1;
    }
    result += character;
    width += size;
  }
  return result;
}

/** How many octets a character takes in UTF-8 (RFC 3629, section 3). Encoding each would take a plan of 1,000 runbooks a second. */
function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
