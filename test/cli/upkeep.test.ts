import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { now, runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

/** A plan in which a notification is overdue, an action item falls due soon, and a review later. */
function owingPlan(): string {
  const folder = temporaryPlan();
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(folder, 'content', path), change(readFileSync(join(folder, 'content', path), 'utf8')));
  edit('notifications/authority.yaml', (text) => text.replace('checkedOn: "2026-11-24"', 'checkedOn: "2026-05-01"'));
  edit(
    'lessons/first-exercise.yaml',
    (text) =>
      `${text}actionItems:\n  - {id: buy-cards, what: Print the cards., type: budget, owner: responder, due: 2026-12-01}\n`,
  );
  edit('runbooks/ransomware.mdx', (text) => text.replace('owner:', 'review: {last: "2026-08-31"}\nowner:'));
  edit(
    'plan.yaml',
    (text) =>
      `${text}upkeep: {mention: [{role: responder, accounts: [a-example, example/team]}]}\nrepository: {url: "https://git.example.org/security/plan", forge: gitea}\n`,
  );
  return folder;
}

test('what is overdue or due soon is listed by owner, with its place and what to do', async () => {
  const folder = owingPlan();
  const before = snapshotOf(folder);
  const { code, stdout, stderr } = await runIn(folder, 'upkeep');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`Upkeep on 2026-11-24: 1 overdue, 1 due by 2026-12-24.

Responder role:responder
  2026-12-01           Action item   First exercise: buy cards      content/lessons/first-exercise.yaml:6

Nobody is named
  2026-11-01  overdue  Source check  Notification of the authority  content/notifications/authority.yaml:8

What to do
  Source check  Compare it with its source, correct it, and set checkedOn.
  Action item   Do it and set state: done, or agree on another day.

One more has a later day: \`firebreak upkeep --all\` lists it.
`);
  expect(snapshotOf(folder)).toEqual(before);
});

test('--within, --all, --owner and --strict', async () => {
  const folder = owingPlan();
  const listed = async (...options: string[]) =>
    (
      JSON.parse((await runIn(folder, 'upkeep', '--json', ...options)).stdout) as { items: { reference: string }[] }
    ).items.map(({ reference }) => reference);
  expect(await listed('--within', '3d')).toEqual(['notification:authority']);
  expect(await listed('--within', '7 days')).toEqual(['notification:authority', 'lesson:first-exercise#buy-cards']);
  expect(await listed('--within', '12m')).toHaveLength(3);
  expect(await listed('--all')).toHaveLength(3);
  expect(await listed('--owner', 'role:responder')).toEqual(['lesson:first-exercise#buy-cards']);
  expect((await runIn(folder, 'upkeep', '--strict')).code).toBe(1);
  expect((await runIn(folder, 'upkeep', '--strict', '--owner', 'responder')).code).toBe(0);
});

test('as JSON it says everything, with the line', async () => {
  const folder = owingPlan();
  expect(JSON.parse((await runIn(folder, 'upkeep', '--json')).stdout)).toEqual({
    today: '2026-11-24',
    until: '2026-12-24',
    example: false,
    items: [
      {
        kind: 'check',
        state: 'overdue',
        due: '2026-11-01',
        reference: 'notification:authority',
        title: 'Notification of the authority',
        owner: null,
        last: '2026-05-01',
        every: '6 months',
        todo: 'Compare it with its source, correct it, and set checkedOn.',
        path: 'content/notifications/authority.yaml',
        line: 8,
      },
      {
        kind: 'action-item',
        state: 'soon',
        due: '2026-12-01',
        reference: 'lesson:first-exercise#buy-cards',
        title: 'First exercise: buy cards',
        owner: 'responder',
        last: null,
        every: null,
        todo: 'Do it and set state: done, or agree on another day.',
        path: 'content/lessons/first-exercise.yaml',
        line: 6,
      },
    ],
  });
});

test('as Markdown it mentions those whom the plan names, links to the file, and says the same on the next day', async () => {
  const folder = owingPlan();
  const { stdout } = await runIn(folder, 'upkeep', '--markdown');
  expect(stdout).toBe(`1 overdue, 1 due within 30 days.

### Responder (@a-example @example/team)

- Action item: [First exercise: buy cards](https://git.example.org/security/plan/_edit/main/lessons/first-exercise.yaml), due by 2026-12-01

### Nobody is named

- Source check: [Notification of the authority](https://git.example.org/security/plan/_edit/main/notifications/authority.yaml), **overdue since 2026-11-01**

### What to do

- Source check: Compare it with its source, correct it, and set checkedOn.
- Action item: Do it and set state: done, or agree on another day.

This issue is brought up to date by a scheduled job, which closes it when nothing is left. What is written here by hand is lost; a comment is not.
`);
  const tomorrow = { value: '' };
  await run(['upkeep', '--markdown'], {
    cwd: folder,
    stdout: { write: (text: string) => (tomorrow.value += text) },
    stderr: { write: () => true },
    env: {},
    now: new Date(now.getTime() + 86_400_000),
    signal: new AbortController().signal,
  });
  expect(tomorrow.value).toBe(stdout);
});

test('a title does nothing in an issue', async () => {
  const folder = owingPlan();
  const path = join(folder, 'content/notifications/authority.yaml');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(
      'title: Notification of the authority',
      'title: "@all [x](https://evil.example) <img> #1 www.evil.example"',
    ),
  );
  const { stdout } = await runIn(folder, 'upkeep', '--markdown');
  const [line = ''] = stdout.split('\n').filter((each) => each.startsWith('- Source check: ['));
  expect(line.replace(/\]\(https:\/\/git\.example\.org[^)]*\)/, '')).not.toMatch(/@\w|#\d|:\/\/|www\.|(?<!\\)[<>]/);
});

test('where nothing is due, Markdown is empty, and a person is told so', async () => {
  const { code, stdout, stderr } = await runIn(temporaryPlan(), 'upkeep', '--markdown');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toBe('Nothing is overdue, and nothing falls due by 2026-12-24.\n');
  expect((await runIn(temporaryPlan(), 'upkeep')).stdout).toContain(
    'Nothing is overdue, and nothing falls due by 2026-12-24.\nOne more has a later day',
  );
});

test('--ics writes every day, each under a name of its own, and again over its own file alone', async () => {
  const folder = owingPlan();
  const file = join(folder, 'upkeep.ics');
  expect((await runIn(folder, 'upkeep', '--ics', 'upkeep.ics')).stdout).toBe('3 days written to upkeep.ics.\n');
  const text = readFileSync(file, 'utf8').replaceAll('\r\n ', '');
  expect(text.match(/^DTSTART.*$/gm)).toEqual([
    'DTSTART;VALUE=DATE:20261201',
    'DTSTART;VALUE=DATE:20270831',
    'DTSTART;VALUE=DATE:20261101',
  ]);
  expect(text).toContain('UID:upkeep.action-item.lesson:first-exercise#buy-cards@firebreak.invalid\r\n');
  expect(text).toContain('TRIGGER:-P30D\r\n');
  expect((await runIn(folder, 'upkeep', '--ics', 'upkeep.ics', '--owner', 'responder')).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('X-WR-CALNAME:Upkeep for Responder: Smallest plan\r\n');
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  expect((await runIn(folder, 'upkeep', '--ics', 'notes.txt')).stderr).toContain('is no calendar');
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
});

test.each([
  [['--within', 'soon'], '"soon" is no length of time'],
  [['--owner', 'respondr'], 'Did you mean "responder"?'],
  [['--ics', 'nowhere/upkeep.ics'], 'There is no folder'],
  [['--ics', '.'], 'is a folder'],
])('%j is told what to write', async (options, words) => {
  const { code, stderr } = await runIn(temporaryPlan(), 'upkeep', ...options);
  expect({ code, told: stderr.includes(words) }).toEqual({ code: 2, told: true });
});
