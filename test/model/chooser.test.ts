import '../generated-values.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Answers,
  type Candidate,
  rankRunbooks,
  signsToTellApart,
  tellingSignals,
} from '../../src/model/chooser.ts';

const runbook = (id: string, confirm: string[], more: Partial<Candidate> = {}): Candidate => ({
  id,
  code: id.toUpperCase(),
  urgency: 0,
  confirm,
  exclude: [],
  mistakenFor: [],
  ...more,
});
const answers = (seen: string[], notSeen: string[] = []): Answers => ({
  seen: new Set(seen),
  notSeen: new Set(notSeen),
});
const order = (candidates: Candidate[], given: Answers) => rankRunbooks(candidates, given).fits.map(idOf);
const idOf = ({ candidate }: { candidate: Candidate }) => candidate.id;

const ransomware = runbook('ransomware', ['note', 'renamed', 'shares', 'unreadable', 'slow'], {
  exclude: ['one-file'],
  mistakenFor: ['wiper'],
});
const wiper = runbook('wiper', ['no-start', 'deleted', 'unreadable', 'slow', 'off', 'note'], {
  exclude: ['one-file', 'update'],
});
const mining = runbook('mining', ['hot', 'slow'], { urgency: 1 });
const plan = [mining, wiper, ransomware];

describe('ranking', () => {
  test('nothing fits before something is seen', () => {
    expect(rankRunbooks(plan, answers([]))).toEqual({ fits: [], contested: [], excluded: [] });
    expect(rankRunbooks(plan, answers([], ['note'])).fits).toEqual([]);
  });

  test('a sign speaks most for the runbook that names it first, and its part is told', () => {
    const { fits } = rankRunbooks(plan, answers(['note']));
    expect(fits.map(idOf)).toEqual(['ransomware', 'wiper']);
    expect(fits[0]).toMatchObject({ confirms: ['note'], pointsTo: [] });
    expect(fits[1]).toMatchObject({ confirms: [], pointsTo: ['note'] });
  });

  test('what many share tells less than what one has alone', () => {
    const many = ['a', 'b', 'c', 'd'].map((id) => runbook(id, ['shared', `own-${id}`]));
    expect(order(many, answers(['shared', 'own-d']))[0]).toBe('d');
    const [first, second] = rankRunbooks(many, answers(['shared', 'own-d'])).fits;
    expect((first?.score ?? 0) - (second?.score ?? 0)).toBeGreaterThan(second?.score ?? 0);
  });

  test('what was looked for and is not there lowers, by less than seeing it would raise', () => {
    expect(order(plan, answers(['unreadable']))).toEqual(['wiper', 'ransomware']);
    expect(order(plan, answers(['unreadable'], ['no-start']))).toEqual(['ransomware', 'wiper']);
    const [fit] = rankRunbooks([ransomware], answers(['note'], ['renamed'])).fits;
    expect(fit?.score).toBeGreaterThan(0);
    expect(fit?.missing).toEqual(['renamed']);
  });

  test('what speaks against a runbook takes it to the end, with the reason', () => {
    const { fits, contested, excluded } = rankRunbooks(plan, answers(['deleted', 'hot', 'one-file']));
    expect(fits.map(idOf)).toEqual(['mining']);
    expect(contested).toMatchObject([{ candidate: wiper, confirms: ['deleted'], against: ['one-file'] }]);
    expect(excluded).toMatchObject([{ candidate: ransomware, confirms: [], against: ['one-file'] }]);
  });

  test('that something which speaks against it is not there says nothing', () => {
    expect(rankRunbooks(plan, answers(['note'], ['one-file']))).toEqual(rankRunbooks(plan, answers(['note'])));
  });

  test('equal scores go by priority, then by code', () => {
    const same = [runbook('c', ['x']), runbook('a', ['x'], { urgency: 1 }), runbook('b', ['x'])];
    expect(order(same, answers(['x']))).toEqual(['b', 'c', 'a']);
  });
});

describe('what to look at next', () => {
  test('nothing is left out before something fits', () => {
    expect(tellingSignals(plan, rankRunbooks(plan, answers([])))).toBeUndefined();
  });

  test('what all runbooks in question say alike tells nothing apart', () => {
    const telling = tellingSignals(plan, rankRunbooks(plan, answers(['note'])));
    expect(telling).toContain('renamed');
    expect(telling).toContain('update');
    // Speaks against both.
    expect(telling).not.toContain('one-file');
    // Of a runbook that is not in question.
    expect(telling).not.toContain('hot');
  });

  test('one runbook is compared with that for which it is mistaken, or with none', () => {
    const own = tellingSignals(plan, rankRunbooks(plan, answers(['renamed'])));
    expect(own).toContain('deleted');
    expect(tellingSignals([mining], rankRunbooks([mining], answers(['hot'])))).toEqual(new Set(['hot', 'slow']));
  });

  test('the signs of which two say the most different things come first', () => {
    expect(signsToTellApart(ransomware, wiper, answers(['note']), 3)).toEqual([
      { signal: 'no-start', speaks: 'for', runbook: wiper },
      { signal: 'update', speaks: 'against', runbook: wiper },
      { signal: 'deleted', speaks: 'for', runbook: wiper },
    ]);
    const all = signsToTellApart(ransomware, wiper, answers(['note'], ['update']), 99).map(({ signal }) => signal);
    expect(all).not.toContain('note');
    expect(all).not.toContain('update');
    expect(all).not.toContain('one-file');
    expect(signsToTellApart(mining, undefined, answers(['hot']), 9)).toEqual([
      { signal: 'slow', speaks: 'for', runbook: mining },
    ]);
  });
});

describe('for any plan', () => {
  const signals = ['s0', 's1', 's2', 's3', 's4', 's5', 's6', 's7'];
  const subset = fc.shuffledSubarray(signals);
  const plans = fc
    .array(fc.record({ confirm: subset, exclude: subset, urgency: fc.nat(3), mistakenFor: fc.constant([]) }), {
      minLength: 2,
      maxLength: 8,
    })
    .map((all) =>
      all.map(
        ({ exclude, ...more }, index): Candidate => ({
          id: `r${index}`,
          code: `R${index}`,
          ...more,
          exclude: exclude.filter((signal) => !more.confirm.includes(signal)),
        }),
      ),
    );
  const given = fc.record({ seen: subset, notSeen: subset }).map(({ seen, notSeen }) => ({
    seen,
    notSeen: notSeen.filter((signal) => !seen.includes(signal)),
  }));

  test('a sign that only one runbook has never lowers it against another', () => {
    fc.assert(
      fc.property(plans, given, fc.nat(7), (all, { seen, notSeen }, which) => {
        const [owner, ...others] = all as [Candidate, ...Candidate[]];
        const own = { ...owner, confirm: owner.confirm.toSpliced(which, 0, 'own') };
        const place = (given: Answers) => order([own, ...others], given).indexOf(own.id);
        const before = place(answers(seen, notSeen));
        const after = place(answers([...seen, 'own'], notSeen));
        if (before >= 0) expect(after).toBeLessThanOrEqual(before);
        // Nothing but what speaks against it keeps it out.
        expect(after >= 0).toBe(!own.exclude.some((signal) => seen.includes(signal)));
      }),
    );
  });

  test('the order of answers and of runbooks plays no part', () => {
    fc.assert(
      fc.property(plans, given, (all, { seen, notSeen }) => {
        const one = rankRunbooks(all, answers(seen, notSeen));
        const other = rankRunbooks(all.toReversed(), answers(seen.toReversed(), notSeen.toReversed()));
        expect(other).toEqual(one);
      }),
    );
  });

  test('every runbook that a seen sign names is listed once, and excluded ones with a reason', () => {
    fc.assert(
      fc.property(plans, given, (all, { seen, notSeen }) => {
        const { fits, contested, excluded } = rankRunbooks(all, answers(seen, notSeen));
        const listed = [...fits, ...contested, ...excluded].map(idOf);
        expect(new Set(listed).size).toBe(listed.length);
        for (const { id, confirm, exclude } of all)
          expect(listed.includes(id)).toBe([...confirm, ...exclude].some((signal) => seen.includes(signal)));
        for (const { against } of [...contested, ...excluded]) expect(against.length).toBeGreaterThan(0);
        for (const { confirms, pointsTo } of [...fits, ...contested])
          expect([...confirms, ...pointsTo]).not.toEqual([]);
      }),
    );
  });

  test('what is asked next can be told apart, and is not answered yet', () => {
    fc.assert(
      fc.property(plans, given, (all, { seen, notSeen }) => {
        const known = answers(seen, notSeen);
        const ranking = rankRunbooks(all, known);
        const [first, second] = ranking.fits;
        if (!first) return;
        const telling = tellingSignals(all, ranking);
        for (const { signal } of signsToTellApart(first.candidate, second?.candidate, known, 5)) {
          expect(telling).toContain(signal);
          expect([...seen, ...notSeen]).not.toContain(signal);
        }
      }),
    );
  });
});
