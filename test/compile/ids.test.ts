import fc from 'fast-check';
import { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import { checkLock, idsOf, readLock, updatedLock } from '../../src/compile/ids.ts';
import { compile } from '../../src/compile/index.ts';
import type { Plan } from '../../src/model/plan.ts';
import { minimal, now } from '../fixture-plan.ts';

const plan = (await compile(minimal, now)).plan as Plan;
const ids = [...idsOf(plan)];
const id = fc.oneof(
  fc.constantFrom(...ids),
  fc.constantFrom('role:gone', 'runbook:ransomware#gone', 'runbook:gone#step'),
);
const line = fc.oneof(
  id,
  fc.tuple(id, id).map((pair) => pair.join(' -> ')),
  id.map((name) => `${name} retired`),
  fc.constantFrom('# a remark', '#', '', 'not a line', '=> x'),
);
const lock = fc.array(line, { maxLength: 12 }).map((lines) => `${lines.join('\n')}\n`);
const read = (text: string) => readLock(new VFile({ path: 'ids.lock', value: text }));

describe('ids.lock', () => {
  test('is written once: a second time changes nothing', () => {
    fc.assert(
      fc.property(lock, (before) => {
        const once = updatedLock(plan, before);
        expect(updatedLock(plan, once)).toBe(once);
      }),
    );
  });

  test('loses no line and lists every id', () => {
    fc.assert(
      fc.property(lock, (before) => {
        const after = updatedLock(plan, before);
        const lines = new Set(after.split('\n'));
        for (const text of before.split('\n')) expect(lines.has(text.trimEnd())).toBe(true);
        const { published } = read(after);
        for (const name of ids) expect(published.has(name)).toBe(true);
        const file = new VFile({ path: 'ids.lock', value: after });
        checkLock(plan, file, new Set());
        expect(file.messages.map((message) => message.ruleId)).not.toContain('lock-outdated');
      }),
    );
  });

  test('of two branches merges by union to the same file', () => {
    fc.assert(
      fc.property(lock, lock, (ours, theirs) => {
        expect(
          updatedLock(plan, ours + theirs)
            .split('\n')
            .sort(),
        ).toEqual(
          updatedLock(plan, theirs + ours)
            .split('\n')
            .sort(),
        );
      }),
    );
  });

  test('says where each line stands', () => {
    fc.assert(
      fc.property(lock, (text) => {
        for (const [name, { start, end }] of read(text).published)
          expect(text.slice(start.offset, end.offset).startsWith(name)).toBe(true);
      }),
    );
  });

  test.each([
    ['an id that moved to one of the plan', 'role:old -> role:responder', []],
    ['an id that moved twice', 'role:old -> role:older\nrole:older -> role:responder', []],
    ['an id that moved to a retired one', 'role:old -> role:older\nrole:older retired', []],
    ['ids that moved in a circle', 'role:a -> role:b\nrole:b -> role:a', ['vanished-id', 'vanished-id']],
    ['an id that moved to nothing', 'role:old -> role:nobody', ['vanished-id']],
    ['an id that is gone', 'role:old', ['vanished-id']],
  ])('%s', (_, text, expected) => {
    const file = new VFile({ path: 'ids.lock', value: updatedLock(plan, text) });
    checkLock(plan, file, new Set());
    expect(file.messages.map((message) => message.ruleId)).toEqual(expected);
  });
});
