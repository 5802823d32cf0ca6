import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarFile } from '../../src/model/calendar-file.ts';

const now = new Date('2026-11-24T12:00:00Z');
const event = { uid: 'a@example', at: new Date('2026-11-27T03:35:00Z'), summary: 'Notice', description: 'To whom' };
/** Undoes the folding of section 3.1. */
const unfolded = (file: string) => file.replaceAll('\r\n ', '');
const propertyOf = (file: string, name: string) =>
  new RegExp(`^${name}:(.*)$`, 'm').exec(unfolded(file))?.[1]?.trimEnd();
/** Undoes the escaping of section 3.3.11. */
const unescaped = (text: string) =>
  text.replace(/\\([\\;,nN])/g, (_, character: string) => (character === 'n' ? '\n' : character));

test('an event starts at the deadline in UTC, with a reminder an hour before', () => {
  const file = calendarFile('Clocks', [event], now);
  expect(file.split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Firebreak//Plan//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:Clocks',
    'BEGIN:VEVENT',
    'UID:a@example',
    'DTSTAMP:20261124T120000Z',
    'DTSTART:20261127T033500Z',
    'SUMMARY:Notice',
    'DESCRIPTION:To whom',
    'CLASS:CONFIDENTIAL',
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:-PT1H',
    'DESCRIPTION:Notice',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test('a day is an event that lasts all of it, with a reminder days before', () => {
  const file = calendarFile('Upkeep', [{ ...event, at: '2026-11-27', remindDays: 14 }], now);
  expect(file).toContain('\r\nDTSTART;VALUE=DATE:20261127\r\n');
  expect(file).toContain('\r\nTRIGGER:-P14D\r\n');
});

test('what has a meaning in the format is escaped', () => {
  const file = calendarFile('Clocks', [{ ...event, description: 'a; b, c\\d\r\ne\u0007f' }], now);
  expect(propertyOf(file, 'DESCRIPTION')).toBe('a\\; b\\, c\\\\d\\nef');
});

test('no line has more than 75 octets, no character is cut, and any text comes back', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ' ', ',', ';', '\\', '\n', 'ä', '語', '🜂', ':', '"'),
    maxLength: 400,
  });
  fc.assert(
    fc.property(text, text, (summary, description) => {
      const file = calendarFile('Clocks', [{ ...event, summary, description }], now);
      expect(file).toMatch(/\r\n$/);
      expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      for (const line of file.split('\r\n')) {
        const octets = new TextEncoder().encode(line);
        expect(octets.length).toBeLessThanOrEqual(75);
        expect(new TextDecoder('utf-8', { fatal: true }).decode(octets)).toBe(line);
      }
      const said = unfolded(file).split('\r\n');
      expect(unescaped(said.find((line) => line.startsWith('SUMMARY:'))?.slice(8) ?? '')).toBe(summary);
      expect(unescaped(said.find((line) => line.startsWith('DESCRIPTION:'))?.slice(12) ?? '')).toBe(description);
    }),
  );
});
