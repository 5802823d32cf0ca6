import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Compiled } from '../../src/compile/index.ts';
import { digestOfNothing, textDigest } from '../../src/compile/text-digest.ts';
import { allDiagnostics } from '../../src/diagnostics/report.ts';
import { documentOf, type Plan } from '../../src/model/plan.ts';
import { applyChanges, type ChangesResult } from '../../src/proposals/changes.ts';
import { compiledWith, now } from '../fixture-plan.ts';

const none = `sha256-${'0'.repeat(64)}`;

/** A change as a lesson holds it; without a digest it gets that of today's text. */
type Wanted = Record<string, unknown> & { do: string; of: string };

/** A small plan with a lesson that asks for changes. */
async function planWith(changes: Wanted[], texts: Record<string, string> = {}): Promise<Compiled> {
  const before = await compiledWith(texts);
  const whole = changes.map((change, index) => ({
    id: `change-${index}`,
    why: 'The exercise showed it.',
    ...(change.do === 'add' || change.do === 'create'
      ? {}
      : { digest: textDigest(before.plan as Plan, change.of, change['field'] as string | undefined) ?? none }),
    ...change,
  }));
  const lesson = `title: Lesson\nsummary: What we learned.\nfrom: exercise\nexercise: friday-night\n${stringify({ changes: whole })}`;
  return compiledWith({ ...texts, 'lessons/lesson.yaml': lesson });
}

async function applied(
  changes: Wanted[],
  texts: Record<string, string> = {},
): Promise<ChangesResult & { compiled: Compiled }> {
  const compiled = await planWith(changes, texts);
  return { ...applyIn(compiled), compiled };
}

function applyIn(compiled: Compiled): ChangesResult {
  const lesson = documentOf(compiled.plan as Plan, 'lesson', 'lesson');
  if (!lesson)
    throw new Error(
      allDiagnostics(compiled.files)
        .map(({ reason }) => reason)
        .join('\n'),
    );
  return applyChanges(compiled, lesson, now);
}

const fileOf = ({ files }: ChangesResult, path: string) => files.find((file) => file.path === path);
const runbookPath = 'runbooks/ransomware.mdx';
const step = '<Step id="note-the-time" role="responder">\nNote the time of the first sign.\n</Step>';
/** Every id of the small plan, so that only what a change does to the list is seen. */
async function wholeLock(): Promise<string> {
  const { updatedLock } = await import('../../src/compile/ids.ts');
  return updatedLock((await compiledWith({})).plan as Plan, '');
}

describe('each kind of change', () => {
  test('a step is inserted behind another, and nothing else changes', async () => {
    const result = await applied([{ do: 'insert', of: 'runbook:ransomware#list-hosts', place: 'after', text: step }]);
    expect(result.stopped).toEqual([]);
    const { before, after } = fileOf(result, runbookPath) as { before: string; after: string };
    expect(after.replace(`${step}\n\n`, '')).toBe(before);
    expect(after).toContain(`List the hosts that are affected.\n</Step>\n\n${step}\n\n## Containment`);
    expect(result.applied).toMatchObject([{ already: false }]);
    const changed = result.changed?.plan as Plan;
    expect(result.applied[0]?.digest).toBe(textDigest(changed, 'runbook:ransomware#note-the-time'));
    expect(documentOf(changed, 'lesson', 'lesson')?.data.changes?.[0]?.applied).toBe(result.applied[0]?.digest);
  });

  test('a step is inserted before the cautions of another', async () => {
    const { files } = await compiledWith({});
    const text = String(files.find(({ path }) => path === runbookPath)).replace(
      '<Step id="list-hosts"',
      '<Caution>\nA list on a shared drive is read by the attacker.\n</Caution>\n\n<Step id="list-hosts"',
    );
    const result = await applied([{ do: 'insert', of: 'runbook:ransomware#list-hosts', place: 'before', text: step }], {
      [runbookPath]: text,
    });
    expect(fileOf(result, runbookPath)?.after).toContain(`## Identification\n\n${step}\n\n<Caution>\nA list`);
  });

  test('an instruction is reworded, and nothing around it', async () => {
    const reworded = await applied([
      { do: 'reword', of: 'runbook:ransomware#find-cause', text: 'Find the way in,\nand note it.' },
    ]);
    expect(reworded.stopped).toEqual([]);
    const { before, after } = fileOf(reworded, runbookPath) as { before: string; after: string };
    const step = documentOf(reworded.changed?.plan as Plan, 'runbook', 'ransomware')?.body?.steps.find(
      ({ id }) => id === 'find-cause',
    );
    expect(step?.instruction).toBe('Find the way in,\nand note it.');
    expect(after.replace('Find the way in,\nand note it.', '')).toBe(before.replace('Find the root cause.', ''));

    // What is in the plan already is only noted; a block, a list and a step without an instruction of its own stop.
    const again = await applied([{ do: 'reword', of: 'runbook:ransomware#find-cause', text: 'Find the root cause.' }]);
    expect(again.applied).toMatchObject([{ already: true }]);
    for (const [of, text] of [
      ['find-cause', '<Note>\nFind it.\n</Note>'],
      ['find-cause', '- Find it.\n- Note it.'],
      ['find-cause', 'Find it.\n\nNote it.'],
      ['isolate-hosts', 'Isolate them.'],
    ])
      expect((await applied([{ do: 'reword', of: `runbook:ransomware#${of}`, text }])).stopped).toHaveLength(1);
  });

  test('a step is replaced, moved and retired', async () => {
    const text = '<Step id="find-cause" role="responder">\nFind the way in.\n</Step>';
    const replaced = await applied([{ do: 'replace', of: 'runbook:ransomware#find-cause', text }]);
    expect(fileOf(replaced, runbookPath)?.after).toContain(`## Eradication\n\n${text}\n\n## Recovery`);

    const moved = await applied([
      { do: 'insert', of: 'runbook:ransomware#find-cause', place: 'after', text: step },
      { do: 'move', of: 'runbook:ransomware#find-cause', to: 'restore-data', place: 'after' },
    ]);
    expect(moved.stopped).toEqual([]);
    expect(moved.changed?.plan?.documents.get('runbook:ransomware')?.body?.steps.map(({ id }) => id)).toEqual([
      'call-for-help',
      'list-hosts',
      'isolate-hosts',
      'note-the-time',
      'restore-data',
      'find-cause',
      'hold-meeting',
    ]);

    const retired = await applied(
      [
        { do: 'insert', of: 'runbook:ransomware#find-cause', place: 'before', text: step },
        { do: 'retire', of: 'runbook:ransomware#find-cause', instead: 'runbook:ransomware#list-hosts' },
      ],
      { 'ids.lock': await wholeLock() },
    );
    expect(retired.stopped).toEqual([]);
    expect(retired.applied[1]?.digest).toBe(digestOfNothing);
    expect(fileOf(retired, runbookPath)?.after).not.toContain('find-cause');
    const ids = fileOf(retired, 'ids.lock')?.after.split('\n');
    expect(ids).toContain('runbook:ransomware#find-cause -> runbook:ransomware#list-hosts');
    expect(ids).toContain('runbook:ransomware#note-the-time');
    expect(allDiagnostics(retired.changed?.files ?? [])).toEqual([]);
  });

  test('properties are set, removed and added to', async () => {
    const result = await applied([
      { do: 'set', of: 'runbook:ransomware', field: '/review/every', value: '6 months' },
      { do: 'set', of: 'runbook:ransomware', field: '/techniques', remove: true },
      { do: 'add', of: 'runbook:ransomware', what: 'signal', field: '/signals/exclude', value: 'ransom-note' },
      { do: 'add', of: 'runbook:ransomware', what: 'source', value: { title: 'A book' } },
      { do: 'add', of: 'contact:on-call', what: 'role', value: 'responder' },
      { do: 'set', of: 'plan', field: '/organisation/name', value: 'Example Works' },
    ]);
    expect(result.stopped.map(({ reason }) => reason)).toEqual([]);
    const { data } = documentOf(result.changed?.plan as Plan, 'runbook', 'ransomware') ?? {};
    expect(data).toMatchObject({
      review: { every: '6 months' },
      signals: { exclude: ['ransom-note'] },
      sources: [{ title: 'A book' }],
    });
    expect(data?.techniques).toBeUndefined();
    expect(result.changed?.plan?.settings.organisation.name).toBe('Example Works');
    expect(fileOf(result, runbookPath)?.after).toContain('signals: {confirm: [ransom-note], exclude: [ransom-note]}\n');
  });

  test('a document is created and retired', async () => {
    const result = await applied([
      { do: 'create', of: 'term:backup', text: 'title: Backup\nsummary: A copy.\n' },
      { do: 'retire', of: 'runbook:ransomware' },
    ]);
    expect(result.stopped).toEqual([]);
    expect(fileOf(result, 'terms/backup.yaml')).toEqual({
      path: 'terms/backup.yaml',
      before: undefined,
      after: 'title: Backup\nsummary: A copy.\n',
    });
    expect(fileOf(result, runbookPath)?.after).toContain('\nstatus: retired\n');
  });

  test('a file keeps its line breaks', async () => {
    const { files } = await compiledWith({});
    const text = String(files.find(({ path }) => path === runbookPath)).replaceAll('\n', '\r\n');
    const result = await applied(
      [
        { do: 'insert', of: 'runbook:ransomware#list-hosts', place: 'after', text: step },
        { do: 'set', of: 'runbook:ransomware', field: '/summary', value: 'Two lines.\nOf text.' },
      ],
      { [runbookPath]: text },
    );
    expect(fileOf(result, runbookPath)?.after).not.toMatch(/[^\r]\n/);
  });
});

describe('all or nothing', () => {
  test('a change whose base has moved stops the others, and says what to do', async () => {
    const result = await applied([
      { do: 'set', of: 'runbook:ransomware', field: '/code', value: 'RX' },
      {
        do: 'replace',
        of: 'runbook:ransomware#find-cause',
        digest: none,
        text: '<Step id="find-cause" role="responder">\nFind it.\n</Step>',
      },
    ]);
    expect(result.files).toEqual([]);
    expect(result.stopped).toMatchObject([
      {
        change: { id: 'change-1' },
        stale: {
          today: '<Step id="find-cause" role="responder">\nFind the root cause.\n</Step>',
          wanted: '<Step id="find-cause" role="responder">\nFind it.\n</Step>',
          digest: textDigest(result.compiled.plan as Plan, 'runbook:ransomware#find-cause'),
        },
      },
    ]);
    expect(allDiagnostics(result.compiled.files).map(({ ruleId }) => ruleId)).toEqual(['change-stale']);
  });

  test('every change that does not fit is named', async () => {
    const result = await applied([
      { do: 'insert', of: 'runbook:ransomware#gone', place: 'after', text: step },
      { do: 'insert', of: 'runbook:ransomware#list-hosts', place: 'after', text: 'Words.' },
      { do: 'insert', of: 'runbook:ransomware#list-hosts', place: 'after', text: '<Caution>\nHot.\n</Caution>' },
      { do: 'replace', of: 'runbook:ransomware#list-hosts', text: step },
      { do: 'add', of: 'runbook:ransomware', what: 'inject', value: 'x' },
      { do: 'create', of: 'runbook:other', text: 'title: x\n' },
      { do: 'create', of: 'term:runbook', text: 'title: x\n' },
      { do: 'move', of: 'runbook:ransomware#list-hosts', to: 'list-hosts', place: 'after' },
    ]);
    expect(result.stopped.map(({ change, reason }) => `${change.id} ${reason}`)).toMatchInlineSnapshot(`
      [
        "change-0 The plan has no "runbook:ransomware#gone".",
        "change-1 The text of the change is not exactly one block.",
        "change-2 The text of the change is a caution behind a step, where it would be read with the next one; put it before the step that it is about.",
        "change-3 The text of the change has the id "note-the-time"; the id of a step never changes, so it must stay "list-hosts".",
        "change-4 runbook:ransomware has no list of the sort "inject".",
        "change-5 A runbook begins with its properties between two lines of ---.",
        "change-6 terms/runbook.yaml exists already, with another text.",
        "change-7 A step cannot be moved beside itself.",
      ]
    `);
    expect(result.files).toEqual([]);
  });

  test('a change that would put an error into the plan is stopped with it', async () => {
    const result = await applied([
      { do: 'set', of: 'runbook:ransomware', field: '/code', value: 'RX' },
      { do: 'retire', of: 'runbook:ransomware#list-hosts' },
      {
        do: 'insert',
        of: 'runbook:ransomware#restore-data',
        place: 'after',
        text: '<Step id="x" role="nobody">\nDo it.\n</Step>',
      },
    ]);
    expect(result.files).toEqual([]);
    expect(result.applied).toEqual([]);
    expect(result.stopped.map(({ change, diagnostic }) => [change.id, diagnostic?.ruleId]).sort()).toEqual([
      ['change-1', 'phase-empty'],
      ['change-1', 'unknown-reference'],
      ['change-2', 'unknown-reference'],
    ]);
  });

  test('a fault that an earlier change makes and a later one mends stops nothing', async () => {
    const result = await applied([
      { do: 'retire', of: 'runbook:ransomware#list-hosts' },
      { do: 'insert', of: 'runbook:ransomware#isolate-hosts', place: 'before', text: step },
      { do: 'move', of: 'runbook:ransomware#call-for-help', to: 'note-the-time', place: 'after' },
    ]);
    // The first minutes are empty then: that is the fault of the last.
    expect(new Set(result.stopped.map(({ change }) => change.id))).toEqual(new Set(['change-0', 'change-2']));
  });

  test('an id that was retired is not used again', async () => {
    const result = await applied([{ do: 'insert', of: 'runbook:ransomware#find-cause', place: 'after', text: step }], {
      'ids.lock': `${await wholeLock()}runbook:ransomware#note-the-time retired\n`,
    });
    expect(result.stopped).toMatchObject([
      { reason: 'The id "note-the-time" was retired, and an id is never used again.' },
    ]);
  });

  test('two changes that rewrite one text are stopped', async () => {
    const text = '<Step id="find-cause" role="responder">\nFind it.\n</Step>';
    const result = await applied([
      { do: 'replace', of: 'runbook:ransomware#find-cause', text },
      { do: 'replace', of: 'runbook:ransomware#find-cause', text },
    ]);
    expect(result.stopped).toMatchObject([{ change: { id: 'change-1' } }]);
  });
});

test('applied again, a lesson changes nothing', async () => {
  const changes: Wanted[] = [
    { do: 'insert', of: 'runbook:ransomware#find-cause', place: 'before', text: step },
    {
      do: 'replace',
      of: 'runbook:ransomware#restore-data',
      text: '<Step id="restore-data" role="responder">\nRestore it.\n</Step>',
    },
    { do: 'retire', of: 'runbook:ransomware#find-cause' },
    { do: 'set', of: 'runbook:ransomware', field: '/code', value: 'RX' },
    { do: 'add', of: 'runbook:ransomware', what: 'source', value: { title: 'A book' } },
    { do: 'create', of: 'term:backup', text: 'title: Backup\nsummary: A copy.\n' },
  ];
  const first = await applied(changes, { 'ids.lock': await wholeLock() });
  expect(first.stopped).toEqual([]);
  const texts = Object.fromEntries(first.files.map(({ path, after }) => [path, after]));
  const second = applyIn(await compiledWith(texts));
  expect(second).toMatchObject({ files: [], applied: [], stopped: [] });
  expect(second.before).toHaveLength(changes.length);

  // The plan has the changes, and the lesson lost its marks: they are found to be there, and marked again.
  const unmarked = {
    ...texts,
    'lessons/lesson.yaml': (texts['lessons/lesson.yaml'] as string).replace(/^ +applied: .*\n/gm, ''),
  };
  const third = applyIn(await compiledWith(unmarked));
  expect(third.stopped).toEqual([]);
  expect(third.applied.every(({ already }) => already)).toBe(true);
  expect(third.files).toEqual([
    { path: 'lessons/lesson.yaml', before: unmarked['lessons/lesson.yaml'], after: texts['lessons/lesson.yaml'] },
  ]);
});

test('a lesson in MDX keeps its prose', async () => {
  const before = await compiledWith({});
  const digest = textDigest(before.plan as Plan, 'runbook:ransomware', '/code');
  const text = `---\ntitle: Lesson\nsummary: What we learned.\nfrom: incident\nchanges:\n  - id: code\n    do: set\n    of: runbook:ransomware\n    field: /code\n    digest: ${digest}\n    value: RX # spoken\n    why: The other was misheard.\n---\n\nProse   stays.\n`;
  const result = applyIn(await compiledWith({ 'lessons/lesson.mdx': text }));
  expect(result.stopped).toEqual([]);
  const after = fileOf(result, 'lessons/lesson.mdx')?.after as string;
  expect(after.replace(/ {4}applied: sha256-[0-9a-f]{64}\n/, '')).toBe(text);
});

describe('a change of the wrong shape is told by the property that is wrong', () => {
  const told = async (change: string) => {
    const { files } = await compiledWith({
      'lessons/lesson.yaml': `title: Lesson\nsummary: What.\nfrom: incident\nchanges:\n  - ${change}\n`,
    });
    return allDiagnostics(files).map(({ ruleId, reason, line }) => `${line} ${ruleId} ${reason}`);
  };

  test.each([
    ['{id: a, why: b, of: "runbook:ransomware"}', ['5 missing-property "changes" lacks "do".']],
    [
      '{id: a, why: b, do: insrt, of: "runbook:ransomware#x"}',
      [expect.stringContaining('5 not-allowed-value "insrt" is not allowed')],
    ],
    [
      '{id: a, why: b, do: retire, of: "runbook:ransomware#find-cause", digest: "sha256-00", text: x}',
      [
        '5 unknown-property "changes" has no property "text".',
        '5 wrong-form "sha256-00" does not have the form of digest.',
      ],
    ],
    [
      `{id: a, why: b, do: set, of: plan, field: /code, digest: ${none}}`,
      [expect.stringContaining('change-stale'), '5 missing-property The change lacks "value".'],
    ],
    [
      `{id: a, why: b, do: retire, of: "runbook:ransomware#find-couse", digest: ${none}}`,
      ['5 unknown-reference There is no step of runbook ransomware "find-couse".'],
    ],
    [
      `{id: a, why: b, do: retire, of: "runbok:ransomware", digest: ${none}}`,
      [expect.stringContaining('5 unknown-kind')],
    ],
    [
      '{id: a, why: b, do: create, of: "term:runbook", text: "{title: x, summary: y}", confirmed: {on: 2026-01-01, by: responder}}',
      [expect.stringContaining('duplicate-id'), '5 missing-property The confirmed change lacks "applied".'],
    ],
  ])('%s', async (change, expected) => {
    expect((await told(change)).sort()).toEqual(expected);
  });
});

describe('a text or value that would have a fault in the plan is told in the lesson already', () => {
  const told = async (...changes: Wanted[]) =>
    allDiagnostics((await planWith(changes)).files).map(({ file, ruleId, reason }) => `${file} ${ruleId}: ${reason}`);
  const here = (words: string) => expect.stringContaining(`lessons/lesson.yaml ${words}`);
  const listHosts = 'runbook:ransomware#list-hosts';
  const written = (attributes: string, text = 'Note the time.') => `<Step id="new" ${attributes}>\n${text}\n</Step>`;

  test.each<[Wanted, string]>([
    [{ do: 'reword', of: listHosts, text: 'One.\n\nTwo.' }, 'change-text: The text of the change is not one paragraph'],
    [{ do: 'reword', of: listHosts, text: '<Caution>\nHot.\n</Caution>' }, 'change-text:'],
    [{ do: 'reword', of: listHosts, text: 'Call {warRoom.brige}.' }, 'unknown-variable:'],
    [
      { do: 'reword', of: listHosts, text: 'Call [them](role:nobody).' },
      'unknown-reference: There is no role "nobody".',
    ],
    [{ do: 'reword', of: listHosts, text: 'Call {now()}.' }, 'code-in-content:'],
    [{ do: 'insert', of: listHosts, place: 'after', text: written('role="nobody"') }, 'unknown-reference:'],
    [
      { do: 'insert', of: listHosts, place: 'after', text: written('role="responder" after="nowhere"') },
      'unknown-reference:',
    ],
    [
      {
        do: 'replace',
        of: 'runbook:ransomware#isolate-hosts',
        text: '<Use id="isolate-hosts" action="isolate-hst" />',
      },
      'unknown-reference: There is no action "isolate-hst".',
    ],
    [
      {
        do: 'replace',
        of: 'runbook:ransomware#isolate-hosts',
        text: '<Use id="isolate-hosts" action="isolate-host" leavesOut="plug">\nNot here.\n</Use>',
      },
      'unknown-part:',
    ],
    [{ do: 'set', of: 'runbook:ransomware', field: '/doNot', value: 'Do not.' }, 'wrong-type:'],
    [
      { do: 'set', of: 'runbook:ransomware', field: '/owner', value: 'nobody' },
      'unknown-reference: There is no role "nobody".',
    ],
    [
      { do: 'set', of: 'runbook:ransomware', field: '/code', remove: true },
      'missing-property: The runbook lacks "code".',
    ],
    [{ do: 'set', of: 'plan', field: '/review/evry', value: '6 months' }, 'unknown-property:'],
    [{ do: 'add', of: 'runbook:ransomware', what: 'technique', value: 'T9999' }, 'unknown-reference:'],
    [{ do: 'create', of: 'term:new', text: 'title: New' }, 'missing-property: The term lacks "summary".'],
    [
      { do: 'create', of: 'page:new', text: '---\ntitle: New\nsummary: x\n---\n\nRead [it](page:none).' },
      'unknown-reference:',
    ],
  ])('%j', async (change, expected) => {
    expect(await told(change)).toEqual([here(expected)]);
  });

  test('what the same lesson puts in or makes is known', async () => {
    expect(
      await told(
        { do: 'create', of: 'page:new', text: '---\ntitle: New\nsummary: What is new.\n---\n\nRead it.' },
        { do: 'insert', of: listHosts, place: 'after', text: written('role="responder"', 'Read [it](page:new).') },
        { do: 'reword', of: 'runbook:ransomware#find-cause', text: 'After [that](#new), find the cause.' },
      ),
    ).toEqual([]);
  });
});
