import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatReference, parseReference } from '../../src/model/reference.ts';

const word = fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+){0,3}$/);
const reference = fc.record(
  { kind: fc.stringMatching(/^[a-z]{1,12}$/), id: fc.oneof(word, fc.constantFrom('T1486', 'T1566.001')), step: word },
  { requiredKeys: ['kind', 'id'] },
);

test('what is written is read again', () => {
  fc.assert(fc.property(reference, (named) => void expect(parseReference(formatReference(named))).toEqual(named)));
});

test('what is read is written as it was', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), reference.map(formatReference)), (text) => {
      const named = parseReference(text);
      if (named) expect(formatReference(named)).toBe(text);
    }),
  );
});

test('a bare id takes the kind that its property asks for', () => {
  expect(parseReference('analyst', 'role')).toEqual({ kind: 'role', id: 'analyst' });
  expect(parseReference('analyst')).toBeUndefined();
  expect(parseReference('runbook:ransomware#first step')).toBeUndefined();
});
