/** The whole way: a lesson in a working tree becomes a pull request on a real remote, and later a merged plan. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { compile } from '../../src/compile/index.ts';
import { appliedChanges } from '../../src/history/applied-changes.ts';
import { readHistory } from '../../src/history/read-history.ts';
import { changesOf, stateOfChange } from '../../src/model/lesson-changes.ts';
import { documentOf, type Plan } from '../../src/model/plan.ts';
import type { Change } from '../../src/model/schema-types.ts';
import {
  asynchronously,
  git,
  type Person,
  person,
  type Setting,
  setting,
  temporaryFolder,
  write,
} from '../proposals/clones.ts';
import { apiToken } from '../proposals/loopback-forge.ts';
import { now, runIn, temporaryPlan } from './whole-command.ts';

const path = 'content/lessons/first-exercise.yaml';
const runbook = 'content/runbooks/ransomware.mdx';

/** The files of the smallest plan, by path. */
function planFiles(): Record<string, string> {
  const folder = temporaryPlan();
  const files = readdirSync(join(folder, 'content'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const whole = join(entry.parentPath, entry.name);
      return [whole.slice(folder.length + 1), readFileSync(whole, 'utf8')];
    }),
  );
}

/** Runs the command as somebody at a terminal with nobody to ask. */
async function propose(folder: string, { env }: Person, ...argv: string[]) {
  const result = { code: 0, stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (result[name] += text) });
  result.code = await run(['lesson', 'propose', ...argv], {
    cwd: folder,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env,
    now,
    signal: new AbortController().signal,
  });
  return result;
}

/** Asks in the working tree for a step before another one; nothing of it is committed. */
async function ask(clone: string, more = ''): Promise<void> {
  const { stdout } = await runIn(clone, 'digest', 'runbook:ransomware#list-hosts');
  writeFileSync(
    join(clone, path),
    `${readFileSync(join(clone, path), 'utf8')}${more}changes:
  - id: note-the-time
    do: insert
    of: runbook:ransomware#list-hosts
    place: before
    digest: ${stdout.trim()}
    text: |
      <Step id="note-the-time" role="responder">
      Note the time of the first sign.
      </Step>
    why: Nobody knew afterwards when it began.
`,
  );
}

async function forgeWith(kind: 'github' | 'gitea'): Promise<Setting & { by: Person }> {
  const files = planFiles();
  const place = await setting(kind, files);
  // The plan says where it is kept; without it, the remote's host does not tell which forge this is.
  const by: Person = {
    env: { ...place.alice.env, [kind === 'github' ? 'GH_ENTERPRISE_TOKEN' : 'GITEA_TOKEN']: apiToken },
  };
  return { ...place, by };
}

test('opens one pull request with the changed plan, and leaves the working tree as it was', async () => {
  const { forge, alice, clone, by } = await forgeWith('gitea');
  await ask(clone);
  const status = git(clone, alice, 'status', '--porcelain');
  const first = await propose(clone, by, path, '--forge', 'gitea');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain('Pull request opened from lesson/first-exercise:');
  expect(forge.faults).toEqual([]);
  expect(forge.pulls).toHaveLength(1);
  expect(git(clone, alice, 'status', '--porcelain')).toBe(status);

  const on = (file: string) => git(forge.bare, alice, 'show', `lesson/first-exercise:${file}`);
  expect(on(runbook)).toContain('Note the time of the first sign.');
  expect(on(path)).toMatch(/applied: sha256-[0-9a-f]{64}/);
  expect(git(forge.bare, alice, 'log', '-1', '--format=%B', 'lesson/first-exercise')).toContain(path);

  // Again: found, and not doubled.
  const again = await propose(clone, by, path, '--forge', 'gitea');
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain('There is a pull request of lesson/first-exercise already');
  expect(forge.pulls).toHaveLength(1);

  // Merged, the plan checks, and the lesson has nothing left to propose.
  git(forge.bare, alice, 'update-ref', 'refs/heads/main', 'lesson/first-exercise');
  git(clone, alice, 'checkout', '--quiet', '--', '.');
  await asynchronously(alice, '-C', clone, 'pull', '--quiet', '--ff-only', 'origin', 'main');
  expect(await runIn(clone, 'check')).toMatchObject({ code: 0 });
  expect((await propose(clone, by, path)).stdout).toContain('All changes of the lesson are applied already');
});

test.each(['github', 'gitea'] as const)(
  '--pending proposes on %s each lesson that is not in the plan, and can be run after each push',
  async (kind) => {
    const { forge, alice, clone, by } = await forgeWith(kind);
    await ask(clone);
    const second = 'content/lessons/second.yaml';
    write(clone, {
      [second]: readFileSync(join(clone, path), 'utf8')
        .replace('title: First exercise', 'title: Second exercise')
        .replace('note-the-time\n', 'note-the-clock\n')
        .replaceAll('note-the-time', 'note-the-clock'),
    });
    git(clone, alice, 'add', '--all');
    git(clone, alice, 'commit', '--quiet', '--message', 'Two lessons from a phone');
    await asynchronously(alice, '-C', clone, 'push', '--quiet', 'origin', 'HEAD:main');
    const pending = () => propose(clone, by, '--pending', '--forge', kind);

    const first = await pending();
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(forge.pulls.map(({ title, head }) => [title, head])).toEqual([
      ['Lesson: First exercise', 'lesson/first-exercise'],
      ['Lesson: Second exercise', 'lesson/second'],
    ]);
    // No check runs on what a forge's own token opens: the text has the results.
    expect(forge.pulls[0]?.body).toContain('has no diagnostic that the plan did not have');
    expect(forge.pulls[0]?.body).toMatch(/## The difference\s+### Runbook Ransomware\s+- .*new step.*Note the time/);

    const again = await pending();
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(forge.pulls).toHaveLength(2);

    // One is declined and its branch taken away, as forges do; the other is merged.
    Object.assign(forge.pulls[1] ?? {}, { state: 'closed' });
    git(forge.bare, alice, 'update-ref', '-d', 'refs/heads/lesson/second');
    Object.assign(forge.pulls[0] ?? {}, { state: 'closed', merged: true });
    git(forge.bare, alice, 'update-ref', 'refs/heads/main', 'lesson/first-exercise');
    await asynchronously(alice, '-C', clone, 'pull', '--quiet', '--ff-only', 'origin', 'main');
    const after = await pending();
    expect(after.stdout).toContain('was proposed and declined');
    expect(after).toMatchObject({ code: 0, stderr: '' });
    expect(forge.pulls).toHaveLength(2);
    expect(git(forge.bare, alice, 'branch', '--list')).not.toContain('lesson/second');

    // A person may ask again.
    expect((await propose(clone, by, second, '--forge', kind)).code).toBe(0);
    expect(forge.pulls).toHaveLength(3);
    expect(forge.faults).toEqual([]);
  },
);

test('a lesson that does not fit keeps no other back', async () => {
  const { forge, alice, clone, by } = await forgeWith('gitea');
  await ask(clone);
  const text = readFileSync(join(clone, path), 'utf8');
  write(clone, {
    'content/lessons/a-stale-one.yaml': text
      .replace('title: First', 'title: Stale')
      .replaceAll('note-the-time', 'note-late')
      .replace(/digest: sha256-[0-9a-f]{4}/, 'digest: sha256-0000'),
    'content/lessons/b-secret.yaml': `${text.replace('title: First', 'title: Secret').replaceAll('note-the-time', 'note-it')}tlp: RED\n`,
  });
  git(clone, alice, 'add', '--all');
  git(clone, alice, 'commit', '--quiet', '--message', 'Three lessons');
  await asynchronously(alice, '-C', clone, 'push', '--quiet', 'origin', 'HEAD:main');
  const { code, stderr } = await propose(clone, by, '--pending', '--forge', 'gitea');
  expect(code).toBe(2);
  expect(stderr).toContain('The text today:');
  expect(stderr).toContain('content/lessons/b-secret.yaml: The lesson is marked TLP:RED');
  expect(forge.pulls.map(({ head }) => head)).toEqual(['lesson/first-exercise']);
});

test('one lesson or all that are pending, never both', async () => {
  const folder = temporaryPlan();
  for (const words of [[], [path, '--pending']]) {
    const { code, stderr } = await runIn(folder, 'lesson', 'propose', ...words);
    expect(code).toBe(2);
    expect(stderr).toContain('--pending');
  }
  const { code, stdout } = await runIn(folder, 'lesson', 'propose', '--pending');
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: 'Every lesson has its changes in the plan; there is nothing to propose.\n',
  });
});

test('when the plan has moved on at the remote, nothing is pushed, and both texts are there', async () => {
  const { forge, alice, clone, by } = await forgeWith('gitea');
  await ask(clone);
  const other = join(temporaryFolder(), 'other');
  await asynchronously(alice, 'clone', '--quiet', forge.address, other);
  const before = readFileSync(join(other, runbook), 'utf8');
  write(other, { [runbook]: before.replace('List the hosts', 'List all hosts') });
  git(other, alice, 'commit', '--quiet', '--all', '--message', 'Reword');
  await asynchronously(alice, '-C', other, 'push', '--quiet', 'origin', 'HEAD:main');
  const { code, stdout, stderr } = await propose(clone, by, path, '--forge', 'gitea');
  expect(code).toBe(1);
  expect(stderr).toContain(runbook);
  expect(stdout).not.toContain('opened');
  expect(forge.pulls).toEqual([]);
  expect(git(forge.bare, alice, 'branch', '--list')).not.toContain('lesson/');
});

test('without a remote there is a patch that git takes in', async () => {
  const alice = person('Alice');
  const folder = temporaryFolder();
  write(folder, planFiles());
  git(folder, alice, 'init', '--quiet');
  git(folder, alice, 'add', '--all');
  git(folder, alice, 'commit', '--quiet', '--message', 'Begin');
  await ask(folder);
  const { code, stdout } = await propose(folder, alice, path);
  expect(code).toBe(0);
  expect(stdout).toContain('lesson-first-exercise.patch');
  git(folder, alice, 'checkout', '--quiet', '--', '.');
  git(folder, alice, 'am', '--quiet', '--keep-cr', 'lesson-first-exercise.patch');
  expect(readFileSync(join(folder, runbook), 'utf8')).toContain('Note the time of the first sign.');
});

test('a lesson that fewer may read than the plan does not leave, unless somebody answers for it', async () => {
  const { forge, alice, clone, by } = await forgeWith('gitea');
  await ask(clone, 'tlp: RED\n');
  const refused = await propose(clone, by, path, '--forge', 'gitea');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('TLP:RED');
  expect(forge.pulls).toEqual([]);
  const released = await propose(clone, by, path, '--forge', 'gitea', '--released-by', 'Legal counsel');
  expect(released).toMatchObject({ code: 0, stderr: '' });
  expect(git(forge.bare, alice, 'log', '-1', '--format=%B', 'lesson/first-exercise')).toContain(
    'Released-by: Legal counsel',
  );
});

test('what the forge refuses is told with what to do, and the branch stays', async () => {
  const { clone, alice } = await forgeWith('gitea');
  await ask(clone);
  const wrong: Person = { env: { ...alice.env, GITEA_TOKEN: 'wrong-token' } };
  const { code, stderr } = await propose(clone, wrong, path, '--forge', 'gitea');
  expect(code).toBe(2);
  expect(stderr).toContain('lesson/first-exercise');
  expect(stderr).not.toContain('wrong-token');
  expect(git(clone, alice, 'branch', '--list')).toContain('lesson/first-exercise');
});

test('the whole round: from the record of an exercise to a merged change, and to a loop that the next exercise closes', async () => {
  const { forge, alice, clone, by } = await forgeWith('gitea');
  const at = (minute: number) => `2026-11-23T09:${String(minute).padStart(2, '0')}:00.000Z`;
  const entry = (index: number, rest: object) => ({
    id: `00000000-${String(index).padStart(16, '0')}`,
    at: at(index),
    by: 'A. Person',
    ...rest,
  });
  const started = { name: 'Friday', plan: 'Plan', exercise: true };
  const noted = { text: 'Nobody knew when it began.' };
  const entries = [
    entry(0, { type: 'incident-started', ref: 'exercise:friday-night', data: started }),
    entry(1, { type: 'exercise-clock', data: { running: true } }),
    entry(2, { type: 'step-ticked', ref: 'runbook:ransomware#call-for-help', data: {} }),
    entry(3, { type: 'lesson-noted', ref: 'runbook:ransomware#list-hosts', data: noted }),
  ];
  write(clone, { 'incident.json': JSON.stringify({ schema: 1, incident: '0'.repeat(32), entries }) });

  // The lesson of the exercise; the meeting asks for a step.
  const made = 'content/lessons/when-it-began.yaml';
  expect(await runIn(clone, 'lesson', 'new', 'when-it-began', '--from', 'incident.json')).toMatchObject({ code: 0 });
  const digest = (await runIn(clone, 'digest', 'runbook:ransomware#list-hosts')).stdout.trim();
  // What identifies is taken out, as the command says.
  const lesson = readFileSync(join(clone, made), 'utf8').replaceAll('+1 202 555 0100', 'the help desk');
  expect(lesson).toContain('Nobody knew when it began.');
  expect(lesson).not.toMatch(/^changes:/m);
  write(clone, {
    [made]: `${lesson}changes:
  - id: note-the-time
    do: insert
    of: runbook:ransomware#list-hosts
    place: before
    digest: ${digest}
    text: |
      <Step id="note-the-time" role="responder">
      Note the time of the first sign.
      </Step>
    why: Nobody knew afterwards when it began.
`,
  });
  git(clone, alice, 'add', made);
  git(clone, alice, 'commit', '--quiet', '--message', 'The lesson of Friday');
  await asynchronously(alice, '-C', clone, 'push', '--quiet', 'origin', 'HEAD:main');
  const plan = async () => (await compile(join(clone, 'content'), now)).plan as Plan;
  const change = async () => documentOf(await plan(), 'lesson', 'when-it-began')?.data.changes?.[0];
  expect(stateOfChange((await change()) as Change)).toBe('proposed');

  // Proposed, merged with a merge commit, and in the plan from then on.
  expect(await propose(clone, by, '--pending', '--forge', 'gitea')).toMatchObject({ code: 0, stderr: '' });
  expect(forge.pulls.map(({ head }) => head)).toEqual(['lesson/when-it-began']);
  await asynchronously(alice, '-C', clone, 'fetch', '--quiet', 'origin', 'lesson/when-it-began');
  git(clone, alice, 'merge', '--quiet', '--no-ff', '--message', 'Merge the lesson of Friday', 'FETCH_HEAD');
  await asynchronously(alice, '-C', clone, 'push', '--quiet', 'origin', 'HEAD:main');
  const merge = git(clone, alice, 'rev-parse', 'HEAD');
  expect(await runIn(clone, 'check')).toMatchObject({ code: 0 });
  expect(stateOfChange((await change()) as Change)).toBe('applied');
  const applied = appliedChanges(await plan(), await readHistory(await plan(), join(clone, 'content')));
  expect(applied.get('when-it-began/note-the-time')?.commit).toBe(merge);
  expect(changesOf(await plan(), { kind: 'runbook', id: 'ransomware' })).toHaveLength(1);

  // The record of the exercise shows nothing of the new step; the next exercise has used it, and its record says so.
  const closing = ['lesson', 'confirm', 'when-it-began', '--from', 'incident.json'];
  expect(await runIn(clone, ...closing)).toMatchObject({ code: 1 });
  const ref = 'runbook:ransomware#note-the-time';
  const used = {
    type: 'step-ticked',
    ref,
    digest: documentOf(await plan(), 'runbook', 'ransomware')?.digest,
    data: {},
  };
  const next = [entry(0, { type: 'incident-started', ref: 'exercise:friday-night', data: started }), entry(5, used)];
  write(clone, { 'incident.json': JSON.stringify({ schema: 1, incident: '1'.repeat(32), entries: next }) });
  expect(await runIn(clone, ...closing)).toMatchObject({ code: 0, stderr: '' });
  expect((await change())?.confirmed).toEqual({ on: '2026-11-23', by: 'responder', exercise: 'friday-night' });
  expect(await runIn(clone, 'check')).toMatchObject({ code: 0 });
  expect(stateOfChange((await change()) as Change)).toBe('confirmed');
  expect((await propose(clone, by, '--pending', '--forge', 'gitea')).stdout).toContain('nothing to propose');
  expect(forge.faults).toEqual([]);
});
