import { expect, test } from 'vitest';
import { readableDuration } from '../../src/model/iso-duration.ts';

test.each([
  ['PT41M', '41 min'],
  ['P1DT2H', '1 day 2 h'],
  ['P2D', '2 days'],
  ['P1W', '1 week'],
  ['PT0S', 'PT0S'],
  ['soon', 'soon'],
])('%s reads as %s', (written, read) => {
  expect(readableDuration(written)).toBe(read);
});
