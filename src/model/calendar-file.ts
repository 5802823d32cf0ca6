/**
 * Deadlines as an iCalendar file (RFC 5545). By hand: the package that writes such files brings a validator of its own
 * that is larger than this page, and all that is needed are events with a start.
 */

/** One moment that belongs into a calendar. */
export interface CalendarEvent {
  /** The same for the same thing, so that a second import replaces the first. */
  uid: string;
  at: Date;
  summary: string;
  description: string;
}

/**
 * The file, with CRLF line ends. Each event has a reminder one hour before.
 *
 * @param name what the calendar is called
 * @param now when the file is made (DTSTAMP)
 */
export function calendarFile(name: string, events: readonly CalendarEvent[], now: Date): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Firebreak//Clocks//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${escaped(event.uid)}`,
      `DTSTAMP:${utc(now)}`,
      `DTSTART:${utc(event.at)}`,
      `SUMMARY:${escaped(event.summary)}`,
      `DESCRIPTION:${escaped(event.description)}`,
      'CLASS:CONFIDENTIAL',
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-PT1H',
      `DESCRIPTION:${escaped(event.summary)}`,
      'END:VALARM',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');
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
  const octets = new TextEncoder();
  let width = 0;
  let result = '';
  for (const character of line) {
    const size = octets.encode(character).length;
    if (width + size > 75) {
      result += '\r\n ';
      width = 1;
    }
    result += character;
    width += size;
  }
  return result;
}
