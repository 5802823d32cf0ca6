import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

const path = 'content/lessons/first-exercise.yaml';

/** A plan whose lesson asks for the changes, with the digests of the plan. */
async function planAsking(
  changes: (digest: (...argv: string[]) => Promise<string>) => Promise<string>,
): Promise<string> {
  const folder = temporaryPlan();
  const digest = async (...argv: string[]) => (await runIn(folder, 'digest', ...argv)).stdout.trim();
  writeFileSync(join(folder, path), readFileSync(join(folder, path), 'utf8') + (await changes(digest)));
  return folder;
}

const wanted = async (digest: (...argv: string[]) => Promise<string>) => `changes:
  - id: note-the-time
    do: insert
    of: runbook:ransomware#isolate-hosts
    place: before
    digest: ${await digest('runbook:ransomware#isolate-hosts')}
    text: |
      <Step id="note-the-time" role="responder">
      Note the time of the first sign.
      </Step>
    why: Nobody knew afterwards when it began.
  - id: say-how
    do: replace
    of: action:isolate-host#unplug
    digest: ${await digest('action:isolate-host#unplug')}
    text: |
      <Part id="unplug">
      Pull the network cable out of the host.
      </Part>
    why: Two people unplugged the switch.
  - id: more-often
    do: set
    of: runbook:ransomware
    field: /review/every
    digest: ${await digest('runbook:ransomware', '--field', '/review/every')}
    value: 6 months
    why: The runbook was two years old.
`;

test('a dry run shows words and difference, and touches nothing', async () => {
  const folder = await planAsking(wanted);
  appendFileSync(join(folder, 'content/exercises/friday-night.yaml'), 'held: [{on: 2026-02-20}]\n');
  mkdirSync(join(folder, '.git'));
  writeFileSync(
    join(folder, 'CODEOWNERS'),
    '* @everybody\n/content/runbooks/ @responders @writers # all\n/content/actions/\n',
  );
  const before = snapshotOf(folder);
  const { code, stdout, stderr } = await runIn(folder, 'lesson', 'propose', path, '--dry-run');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  await expect(stdout).toMatchFileSnapshot('lesson-propose.expected.txt');
  expect(snapshotOf(folder)).toEqual(before);
});

test('a program reads what became of a lesson, and of one whose changes do not fit', async () => {
  const folder = await planAsking(wanted);
  const asked = async () => {
    const { code, stdout } = await runIn(folder, 'lesson', 'propose', path, '--dry-run', '--json');
    return { code, ...JSON.parse(stdout) };
  };
  expect(await asked()).toMatchObject({
    code: 0,
    lessons: [
      {
        lesson: path,
        state: 'not-written',
        changes: [{ id: 'note-the-time', already: false }, { id: 'say-how' }, { id: 'more-often' }],
        files: expect.arrayContaining(['content/runbooks/ransomware.mdx', path]),
      },
    ],
  });
  const action = join(folder, 'content/actions/isolate-host.mdx');
  writeFileSync(action, readFileSync(action, 'utf8').replace('Unplug the network cable.', 'Unplug every cable.'));
  expect(await asked()).toMatchObject({
    code: 1,
    lessons: [
      { lesson: path, state: 'stopped', stopped: [{ id: 'say-how', digest: expect.stringMatching(/^sha256-/) }] },
    ],
  });
  const digest = await runIn(folder, 'digest', 'runbook:ransomware', '--field', '/review/every', '--json');
  expect(JSON.parse(digest.stdout)).toEqual({
    reference: 'runbook:ransomware',
    field: '/review/every',
    digest: expect.stringMatching(/^sha256-/),
  });
});

test('a change that does not fit is told with both texts, and the exit code is 1', async () => {
  const folder = await planAsking(wanted);
  const runbook = join(folder, 'content/actions/isolate-host.mdx');
  writeFileSync(
    runbook,
    readFileSync(runbook, 'utf8').replace('Unplug the network cable.', 'Unplug every network cable.'),
  );
  const { code, stdout, stderr } = await runIn(folder, 'lesson', 'propose', path, '--dry-run');
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('One change does not fit; nothing was changed.');
  expect(stderr).toContain('    Unplug every network cable.\n');
  expect(stderr).toContain('    Pull the network cable out of the host.\n');
  const digest = (await runIn(folder, 'digest', 'action:isolate-host#unplug')).stdout.trim();
  expect(stderr).toContain(`then set its digest: ${digest}`);
});

test('an error that a change would make is told where it would be', async () => {
  const folder = await planAsking(
    async (digest) => `changes:
  - id: cut-it
    do: retire
    of: runbook:ransomware#find-cause
    digest: ${await digest('runbook:ransomware#find-cause')}
    why: It belongs elsewhere.
`,
  );
  const { code, stderr } = await runIn(folder, 'lesson', 'propose', path, '--dry-run');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^ {2}in content\/runbooks\/ransomware\.mdx:\d+ \(phase-empty\)$/m);
  // Whoever writes the lesson hears of it before that.
  const checked = await runIn(folder, 'check');
  expect(checked.code).toBe(0);
  expect(checked.stdout).toMatch(
    /^warning With this change runbooks\/ransomware\.mdx would have an error: .* change-breaks-plan$/m,
  );
});

test('a lesson that names somebody is not proposed', async () => {
  const folder = await planAsking(async (digest) => `${await wanted(digest)}learned: [Anna was alone at night.]\n`);
  const { code, stdout, stderr } = await runIn(folder, 'lesson', 'propose', path, '--dry-run');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('"Anna" looks like the name of a person. lesson-identifies');
});

test('a lesson without changes has nothing to propose', async () => {
  const folder = temporaryPlan();
  expect(await runIn(folder, 'lesson', 'propose', path, '--dry-run')).toEqual({
    code: 0,
    stdout: 'The lesson has no changes.\n',
    stderr: '',
  });
});

test('commands of two words are found, and what is meant is said', async () => {
  const folder = temporaryPlan();
  expect((await runIn(folder, 'help', 'lesson', 'propose')).stdout).toContain('Usage: firebreak lesson propose');
  expect((await runIn(folder, 'lesson')).stderr).toContain('firebreak lesson propose');
  expect((await runIn(folder, 'lesson', 'propse')).stderr).toContain('Did you mean "lesson propose"?');
  expect(await runIn(folder, 'lesson', 'propose', path)).toMatchObject({ code: 0, stderr: '' });
  expect(await runIn(folder, 'lesson', 'propose', 'content/plan.yaml', '--dry-run')).toMatchObject({ code: 2 });
  expect(await runIn(folder, 'lesson', 'propose', 'first-exercise', '--dry-run')).toMatchObject({
    code: 0,
    stderr: '',
  });
});

test('a digest is printed for a step, a property and a document, and a name that is none is mended', async () => {
  const folder = temporaryPlan();
  const digests = await Promise.all([
    runIn(folder, 'digest', 'runbook:ransomware'),
    runIn(folder, 'digest', 'runbook:ransomware#find-cause'),
    runIn(folder, 'digest', 'runbook:ransomware', '--field', '/code'),
    runIn(folder, 'digest', 'plan', '--field', '/organisation/name'),
  ]);
  for (const { code, stdout } of digests)
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^sha256-[0-9a-f]{64}\n$/)]);
  expect(new Set(digests.map(({ stdout }) => stdout)).size).toBe(4);
  const missing = await runIn(folder, 'digest', 'runbook:ransomware#find-cuase');
  expect([missing.code, missing.stderr]).toEqual([
    2,
    expect.stringContaining('Did you mean "runbook:ransomware#find-cause"?'),
  ]);
  expect(await runIn(folder, 'digest', 'runbook:ransomware', '--field', 'code')).toMatchObject({ code: 2 });
});
