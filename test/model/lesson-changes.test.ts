import { expect, test } from 'vitest';
import { medianDays } from '../../src/model/lesson-changes.ts';

test.each([
  [[], undefined],
  [[['2026-10-01', '2026-10-08T23:00:00Z']], 7],
  [
    [
      ['2026-10-01', '2026-10-02'],
      ['2026-10-01', '2026-11-30'],
      ['2026-10-01', '2026-10-04'],
    ],
    3,
  ],
  [
    [
      ['2026-10-01', '2026-10-03'],
      ['2026-10-01', '2026-10-07'],
    ],
    4,
  ],
  // Mended before the meeting.
  [[['2026-10-05', '2026-10-01']], 0],
] as const)('days from the review to the merge: %j', (pairs, days) => {
  expect(medianDays(pairs.map(([asked, applied]) => ({ asked, applied })))).toBe(days);
});
