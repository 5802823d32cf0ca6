import fc from 'fast-check';
import { VFile } from 'vfile';
import { expect, test } from 'vitest';
import { answerNames, completed } from '../../../src/cli/plan-repository/answers.ts';
import { choose } from '../../../src/cli/plan-repository/choose.ts';
import { deriveContent } from '../../../src/cli/plan-repository/content.ts';
import { readStarter } from '../../../src/cli/plan-repository/starter.ts';
import { compileFiles } from '../../../src/compile/index.ts';
import { propertySchema, validatorOf } from '../../../src/compile/schemas.ts';
import { allDiagnostics } from '../../../src/diagnostics/report.ts';
import { documentsOf } from '../../../src/model/plan.ts';
import type { InitAnswers } from '../../../src/model/schema-types.ts';
import { now } from '../../fixture-plan.ts';

const starter = await readStarter(now);

const valuesOf = (name: string): string[] => {
  const schema = propertySchema('answers', name);
  return (schema?.['enum'] ?? schema?.['items']?.enum ?? []) as string[];
};
const one = (name: string) => fc.constantFrom(...valuesOf(name));
const some = (name: string) => fc.subarray(valuesOf(name));

/** Answers of every form that the schema takes. */
const anyAnswers = fc.record(
  {
    organisation: fc.constantFrom('Example Works', 'A "quoted": name # with signs', 'Ωmega & Söhne'),
    sector: one('sector'),
    size: one('size'),
    jurisdictions: some('jurisdictions'),
    data: some('data'),
    runs: some('runs'),
    circumstances: some('circumstances'),
    frameworks: some('frameworks'),
    endpoints: some('endpoints'),
    identity: some('identity'),
    mail: some('mail'),
    cloud: some('cloud'),
    virtualisation: some('virtualisation'),
    edr: fc.constantFrom('none', 'Example EDR: "plus"'),
    emergencyNumber: fc.constantFrom('112', '911'),
    numbers: fc.constantFrom({}, { 'security-on-call': '+1 202 555 0199' }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<InitAnswers>;

function faultsFor(given: InitAnswers): string[] {
  const answers = completed({ timeZone: 'Etc/UTC', ...given }, starter.choices);
  return deriveContent(starter, answers, now).diagnostics.map(({ name, reason }) => `${name}: ${reason}`);
}

test('a hospital is asked for its own control room, an office for who looks after the building', () => {
  const contactsOf = (given: InitAnswers) => {
    const answers = completed({ timeZone: 'Etc/UTC', ...given }, starter.choices);
    const { texts } = deriveContent(starter, answers, now);
    const all = [...texts].map(([path, text]) => `${path}\n${text}`).join('\n');
    return {
      contacts: [...texts.keys()].filter((path) => /control-room|services-desk/.test(path)),
      blanks: [...new Set(all.match(/NUMBER OF [A-Z-]*(CONTROL-ROOM|SERVICES-DESK)/g))],
      ofOthers: all.match(/plant[- ]control[- ]room/i)?.[0],
    };
  };
  expect(contactsOf({ sector: 'health' })).toEqual({
    contacts: ['contacts/technical-control-room.yaml'],
    blanks: ['NUMBER OF TECHNICAL-CONTROL-ROOM'],
    ofOthers: undefined,
  });
  expect(contactsOf({ sector: 'services', size: 'small' })).toMatchObject({
    contacts: ['contacts/building-services-desk.yaml'],
    ofOthers: undefined,
  });
  expect(contactsOf({ sector: 'manufacturing' })).toMatchObject({
    contacts: ['contacts/plant-control-room.yaml'],
    ofOthers: 'plant control room',
  });
}, 300_000);

test("the days of a plan of one's own count, at any day, while those of the starter plan are examples", () => {
  const day = new Date('2028-03-01T09:00:00Z');
  const answers = completed({ timeZone: 'Etc/UTC', sector: 'services', size: 'small' }, starter.choices);
  const { texts } = deriveContent(starter, answers, day);
  const overdueOf = (changed: ReadonlyMap<string, string>, now: Date) => {
    const files = [...changed].map(([path, value]) => new VFile({ path, value }));
    return allDiagnostics(compileFiles({ files, images: new Set() }, now).files)
      .filter(({ ruleId }) => ruleId.endsWith('-overdue'))
      .map(({ ruleId, file }) => `${ruleId} ${file}`);
  };
  expect(overdueOf(starter.texts, day)).toEqual([]);
  expect(starter.plan.settings.example).toBe(true);
  // Rows that were compared with the law before the plan was begun are to be compared again.
  expect(overdueOf(texts, day)).toContain('check-overdue notifications/gdpr-authority.yaml');
  // What nobody has done yet owes nothing; a number that somebody has called is called again.
  const contact = 'contacts/security-on-call.yaml';
  expect(overdueOf(texts, day).filter((told) => told.endsWith(contact))).toEqual([]);
  const called = new Map(texts).set(contact, `${texts.get(contact)}verifiedOn: 2027-01-15\n`);
  expect(overdueOf(called, day)).toContain(`verification-overdue ${contact}`);
  expect(overdueOf(called, new Date('2027-02-01T09:00:00Z')).filter((told) => told.endsWith(contact))).toEqual([]);
});

// The least and the most that can be answered reach further than random answers do.
// Each makes and checks a whole plan.
const longTest = 300_000;

test(
  'the plan with the fewest documents and the one with the most have nothing wrong with them',
  () => {
    const lists = answerNames.filter(
      (name) => propertySchema('answers', name)?.['type'] === 'array' && name !== 'team',
    );
    const nothing = Object.fromEntries(lists.map((name) => [name, []]));
    const everything = Object.fromEntries(lists.map((name) => [name, valuesOf(name)]));
    expect(faultsFor({ ...nothing, size: 'small' } as InitAnswers)).toEqual([]);
    expect(faultsFor({ ...everything, size: 'large' } as InitAnswers)).toEqual([]);
  },
  longTest,
);

test(
  'whatever is answered, nothing is wrong with the plan',
  () => {
    fc.assert(
      fc.property(anyAnswers, (given) => {
        expect(faultsFor(given)).toEqual([]);
      }),
      { numRuns: 1 },
    );
  },
  longTest,
);

test('the table fits its schema and names nothing that the starter plan does not have', () => {
  const validate = validatorOf('choices');
  expect(validate.call({ collected: { references: [], markdown: [] } } as never, starter.choices)).toBe(true);
  const kinds = { runbooks: 'runbook', notifications: 'notification', controls: 'control', pages: 'page' } as const;
  const unknown = starter.choices.rules.flatMap((rule) =>
    Object.entries(kinds).flatMap(([list, kind]) =>
      (rule[list as keyof typeof kinds] ?? []).filter((id) => !starter.plan.documents.has(`${kind}:${id}`)),
    ),
  );
  expect(unknown).toEqual([]);
  const { ids } = starter.choices;
  expect(ids.filter(({ from }) => !starter.plan.documents.has(`contact:${from}`))).toEqual([]);
  expect(ids.filter(({ to }) => [...starter.plan.documents.keys()].some((name) => name.endsWith(`:${to}`)))).toEqual(
    [],
  );
  const conditions = [...starter.choices.rules, ...starter.choices.words, ...ids].flatMap((rule) => [
    ...Object.entries(rule.when ?? {}),
    ...('unless' in rule ? Object.entries(rule.unless ?? {}) : []),
  ]);
  for (const [name, values] of conditions) expect(valuesOf(name)).toEqual(expect.arrayContaining([...(values ?? [])]));
  expect(valuesOf('sector').sort()).toEqual(Object.keys(starter.choices.sectors).sort());
  expect(valuesOf('jurisdictions')).toEqual(expect.arrayContaining(Object.keys(starter.choices.emergencyNumbers)));
});

test('every runbook and notification is reached by some answer', () => {
  const answers = answerNames.flatMap((name) => valuesOf(name).map((value) => [name, value] as const));
  const reached = new Set(
    starter.choices.rules.flatMap((rule) => [...(rule.runbooks ?? []), ...(rule.notifications ?? [])]),
  );
  expect(answers.length).toBeGreaterThan(50);
  for (const kind of ['runbook', 'notification', 'control'] as const)
    for (const { id } of documentsOf(starter.plan, kind))
      expect(kind === 'control' || reached.has(id), `${kind}:${id}`).toBe(true);
  // And no rule asks for two values of an answer that has one.
  const single = completed({ timeZone: 'Etc/UTC' }, starter.choices);
  expect(choose(starter.choices, single).because.get('runbook:ransomware')).toBe('They can happen to everybody');
});

test('every replacement of words finds its words in the starter plan', () => {
  const all = [...starter.texts.values()].join('\n').replace(/\s+/g, ' ');
  // A later one may stand in what an earlier one has written.
  const written = starter.choices.words.map(({ to }) => to).join('\n');
  for (const { from } of starter.choices.words) {
    const words = from.trim().replace(/\s+/g, ' ').replaceAll('building services desk', 'plant control room');
    expect(all.includes(words) || written.includes(words), from).toBe(true);
  }
});
