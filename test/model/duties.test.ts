import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Answer,
  byDeadline,
  completeAnswers,
  type Duty,
  dutiesFor,
  dutyInWords,
  type FactAnswer,
  factsOf,
  type IncidentFacts,
  type NotificationFacts,
} from '../../src/model/duties.ts';
import { interfaceText } from '../../src/model/interface-text.ts';
import type { AppliesWhen } from '../../src/model/schema-types.ts';

const text = interfaceText('en');
const names = new Map([
  ['union', 'European Union'],
  ['personal', 'Personal data'],
  ['risk', 'A risk'],
]);
const nothing: IncidentFacts = {
  answers: {},
  moments: {},
  starts: {},
  sent: {},
  calendar: { timeZone: 'Europe/Vienna', holidays: new Set() },
};
const answers = (given: Record<string, Answer>): Record<string, FactAnswer> =>
  Object.fromEntries(Object.entries(given).map(([id, answer]) => [id, { answer }]));
const aware = new Date('2026-11-24T03:35:00Z');

const law: NotificationFacts = {
  id: 'law',
  standing: 'confirmed',
  appliesWhen: [{ jurisdictions: ['union'], data: ['personal'] }],
  clocks: [
    { id: 'first', within: '72 h', countedFrom: { event: 'awareness' }, appliesWhen: [{ findings: ['risk'] }] },
    { id: 'final', within: '1 month', countedFrom: { event: 'sent', clock: 'first' } },
    { id: 'register' },
  ],
};
const only = (facts: Partial<IncidentFacts>, notification: NotificationFacts = law): Duty =>
  dutiesFor({ ...nothing, ...facts }, [notification])[0] as Duty;
const withCases = (...appliesWhen: AppliesWhen): NotificationFacts => ({
  ...law,
  appliesWhen,
  clocks: [{ id: 'first' }],
});

describe('a duty', () => {
  test('may apply while nothing is known, and says what is missing', () => {
    const duty = only({});
    expect(duty.verdict).toBe('may-apply');
    expect(dutyInWords(duty, names, text)).toEqual(['Not known yet: European Union; Personal data; A risk.']);
  });

  test('applies when all that is asked for holds', () => {
    const duty = only({ answers: answers({ union: 'yes', personal: 'yes', risk: 'yes' }) });
    expect(duty).toMatchObject({ verdict: 'applies', missing: [], caveats: [] });
    expect(dutyInWords(duty, names, text)).toEqual(['Because: European Union; Personal data; A risk.']);
  });

  test('does not apply as soon as one thing does not hold, whatever else is unknown', () => {
    const duty = only({ answers: answers({ personal: 'no' }) });
    expect(duty.verdict).toBe('does-not-apply');
    expect(dutyInWords(duty, names, text)).toEqual(['Not so: Personal data.']);
  });

  test('at most may apply while the plan is not sure of the law', () => {
    const all = answers({ union: 'yes', personal: 'yes', risk: 'yes' });
    for (const standing of ['possible', 'proposal'] as const) {
      const duty = only({ answers: all }, { ...law, standing });
      expect(duty.verdict).toBe('may-apply');
      expect(dutyInWords(duty, names, text).join(' ')).toMatch(/ask counsel/);
    }
    const uncertain = only({ answers: all }, withCases({ jurisdictions: ['union'], uncertain: 'Turnover counts.' }));
    expect(uncertain.verdict).toBe('may-apply');
    expect(dutyInWords(uncertain, names, text)).toContain('Ask counsel: Turnover counts.');
    expect(
      only({ answers: all, moments: { awareness: aware } }, { ...law, effectiveFrom: '2027-01-01' }),
    ).toMatchObject({
      verdict: 'may-apply',
      caveats: [{ about: 'not-in-force', from: '2027-01-01' }],
    });
    const { appliesWhen: _, ...silent } = { ...law, clocks: [{ id: 'first' }] };
    expect(only({ answers: all }, silent)).toMatchObject({
      verdict: 'may-apply',
      caveats: [{ about: 'nothing-said' }],
    });
  });

  test('with several cases needs one of them', () => {
    const two = withCases({ findings: ['risk'] }, { people: { atLeast: 1001 } });
    expect(only({ people: 1001 }, two).verdict).toBe('applies');
    expect(only({ people: 1000 }, two).verdict).toBe('may-apply');
    expect(only({ people: 1000, answers: answers({ risk: 'no' }) }, two).verdict).toBe('does-not-apply');
    expect(only({ answers: answers({ risk: 'yes' }) }, two).verdict).toBe('applies');
  });
});

describe('a number of people', () => {
  test.each<[{ atLeast?: number; fewerThan?: number; among?: string }, number | undefined, Duty['verdict']]>([
    [{ atLeast: 500 }, undefined, 'may-apply'],
    [{ atLeast: 500 }, 499, 'does-not-apply'],
    [{ atLeast: 500 }, 500, 'applies'],
    [{ fewerThan: 500 }, 499, 'applies'],
    [{ fewerThan: 500 }, 500, 'does-not-apply'],
    [{ atLeast: 10, fewerThan: 20 }, 20, 'does-not-apply'],
    // Of a part of the people only the total is known: it rules out a large number and proves a small one.
    [{ atLeast: 500, among: 'residents' }, 499, 'does-not-apply'],
    [{ atLeast: 500, among: 'residents' }, 5000, 'may-apply'],
    [{ fewerThan: 500, among: 'residents' }, 499, 'applies'],
    [{ fewerThan: 500, among: 'residents' }, 5000, 'may-apply'],
  ])('%j of %s', (people, total, verdict) => {
    expect(only(total === undefined ? {} : { people: total }, withCases({ people })).verdict).toBe(verdict);
  });
});

describe('a clock', () => {
  test('runs from its event', () => {
    expect(only({ moments: { awareness: aware } })).toMatchObject({
      start: { at: aware, event: 'awareness' },
      deadline: { at: new Date('2026-11-27T03:35:00Z') },
    });
    expect(only({}).deadline).toBeUndefined();
  });

  test('of a later stage runs from when the one before was sent, or from a start that was set for it', () => {
    const facts = { ...nothing, sent: { 'law#first': new Date('2026-11-25T09:00:00Z') } };
    expect(dutiesFor(facts, [law])[1]?.deadline?.at).toEqual(new Date('2026-12-25T09:00:00Z'));
    const set = { ...facts, starts: { 'law#final': new Date('2026-11-26T09:00:00Z') } };
    expect(dutiesFor(set, [law])[1]).toMatchObject({
      start: { event: 'own' },
      deadline: { at: new Date('2026-12-26T09:00:00Z') },
    });
  });

  test('from the end of another runs on from its deadline, and a circle never starts', () => {
    const chain: NotificationFacts = {
      ...law,
      clocks: [
        { id: 'first', within: '3 business days', countedFrom: { event: 'awareness' } },
        { id: 'proof', within: '3 business days', countedFrom: { event: 'due', clock: 'first' } },
        { id: 'round', within: '1 day', countedFrom: { event: 'due', clock: 'about' } },
        { id: 'about', within: '1 day', countedFrom: { event: 'due', clock: 'round' } },
      ],
    };
    const duties = dutiesFor({ ...nothing, moments: { awareness: aware } }, [chain]);
    expect(duties[1]?.deadline?.at).toEqual(new Date('2026-12-02T03:35:00Z'));
    expect(duties[2]?.deadline).toBeUndefined();
    expect(duties[3]?.deadline).toBeUndefined();
  });

  test('from a finding runs from when it was made, and only if it was', () => {
    const found: NotificationFacts = {
      ...law,
      clocks: [{ id: 'first', within: '4 h', countedFrom: { event: 'finding', finding: 'risk' } }],
    };
    expect(only({ answers: { risk: { answer: 'yes', at: aware } } }, found).deadline?.at).toEqual(
      new Date('2026-11-24T07:35:00Z'),
    );
    expect(only({ answers: { risk: { answer: 'unknown', at: aware } } }, found).deadline).toBeUndefined();
    expect(only({ answers: { risk: { answer: 'yes' } } }, found).deadline).toBeUndefined();
  });

  test('from a suspicion or discovery takes awareness, and says so, while the earlier minute is not known', () => {
    for (const event of ['suspicion', 'discovery'] as const) {
      const early: NotificationFacts = { ...law, clocks: [{ id: 'first', within: '1 day', countedFrom: { event } }] };
      expect(only({ moments: { awareness: aware } }, early).start).toEqual({ at: aware, event: 'awareness' });
      const before = new Date('2026-11-20T00:00:00Z');
      expect(only({ moments: { awareness: aware, [event]: before } }, early).start).toEqual({ at: before, event });
    }
  });

  test('from the end of the year counts in the zone of the plan', () => {
    const year: NotificationFacts = {
      ...law,
      clocks: [{ id: 'first', within: '60 days', countedFrom: { event: 'year-end' } }],
    };
    expect(only({ moments: { discovery: aware } }, year).deadline?.at).toEqual(new Date('2027-03-01T22:59:00Z'));
  });

  test('sorts by deadline, with what has none last', () => {
    const duties = dutiesFor({ ...nothing, moments: { awareness: aware }, starts: { 'law#final': new Date(0) } }, [
      law,
    ]);
    expect(duties.toSorted(byDeadline).map(({ clock }) => clock)).toEqual(['final', 'first', 'register']);
  });
});

describe('answers that follow', () => {
  const facts = [
    { id: 'health', partOf: 'personal' },
    { id: 'genome', partOf: 'health' },
    { id: 'personal' },
    { id: 'bank', known: 'no' as const, basis: 'No licence.' },
  ];

  test('a part is whole, and without the whole there is no part', () => {
    expect(completeAnswers(answers({ genome: 'yes' }), facts)['personal']?.answer).toBe('yes');
    expect(completeAnswers(answers({ personal: 'no' }), facts)['genome']?.answer).toBe('no');
    expect(completeAnswers(answers({ personal: 'yes' }), facts)['genome']).toBeUndefined();
    expect(completeAnswers(answers({ genome: 'no' }), facts)['personal']).toBeUndefined();
  });

  test('what the plan knows holds until somebody says otherwise, "not known" included', () => {
    expect(completeAnswers({}, facts)['bank']).toEqual({ answer: 'no', why: 'No licence.' });
    expect(completeAnswers(answers({ bank: 'unknown' }), facts)['bank']?.answer).toBe('unknown');
  });

  test('facts of a plan come in the order of its lists, and a plan may have none', () => {
    expect(factsOf({})).toEqual([]);
    const fact = (id: string) => ({ id, name: id });
    expect(
      factsOf({ incidentFacts: { findings: [fact('b')], jurisdictions: [fact('a')] } }).map(({ id }) => id),
    ).toEqual(['a', 'b']);
  });
});

const ids = ['a', 'b', 'c', 'd'];
const answer = fc.constantFrom<Answer>('yes', 'no', 'unknown');
const someAnswers = fc.record(Object.fromEntries(ids.map((id) => [id, answer]))).map((given) => answers(given));
const list = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 });
const aCase = fc.record(
  { jurisdictions: list, data: list, findings: list },
  { requiredKeys: ['data'] },
) as fc.Arbitrary<AppliesWhen[number]>;
const cases = fc.array(aCase, { minLength: 1, maxLength: 3 });

test('what is learned later never turns "applies" into "does not", nor back', () => {
  fc.assert(
    fc.property(cases, someAnswers, someAnswers, (appliesWhen, before, later) => {
      const notification = withCases(...appliesWhen);
      const learned = Object.fromEntries(
        Object.entries(before).map(([id, known]) => [
          id,
          known.answer === 'unknown' ? (later[id] as FactAnswer) : known,
        ]),
      );
      const first = only({ answers: before }, notification).verdict;
      if (first !== 'may-apply') expect(only({ answers: learned }, notification).verdict).toBe(first);
    }),
  );
});

test('a duty may apply exactly while something is missing, and each missing fact is one that is not known', () => {
  fc.assert(
    fc.property(cases, someAnswers, (appliesWhen, given) => {
      const duty = only({ answers: given }, withCases(...appliesWhen));
      expect(duty.missing.length > 0).toBe(duty.verdict === 'may-apply');
      for (const reason of duty.missing)
        if (reason.about === 'facts') for (const fact of reason.facts) expect(given[fact]?.answer).toBe('unknown');
    }),
  );
});
