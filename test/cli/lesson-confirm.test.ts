/** The loop closes: what a record shows is written into the lesson, and what it does not show is not. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile/index.ts';
import { documentOf, type Plan } from '../../src/model/plan.ts';
import { planRepository } from '../history/plan-repository.ts';
import { now, runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

const lesson = 'content/lessons/first-exercise.yaml';

/** A plan whose runbook has got a new step and a reworded one, and whose action a new part, by a lesson that was merged. */
async function learned() {
  const plan = planRepository();
  const { folder, git, commit, merge } = plan;
  git('config', 'user.name', 'A. Example');
  git('config', 'user.email', 'a@example.org');
  const digest = async (...words: string[]) => (await runIn(folder, 'digest', ...words)).stdout.trim();
  const before = await digestOfRunbook(folder);
  const changes = `changes:
  - id: note-the-time
    do: insert
    of: runbook:ransomware#list-hosts
    place: before
    digest: ${await digest('runbook:ransomware#list-hosts')}
    text: |
      <Step id="note-the-time" role="responder">
      Note the time of the first sign.
      </Step>
    why: Nobody knew afterwards when it began.
  - id: every-cause
    do: reword
    of: runbook:ransomware#find-cause
    digest: ${await digest('runbook:ransomware#find-cause')}
    text: Find every cause.
    why: There were two.
  - id: label-it
    do: insert
    of: action:isolate-host#unplug
    place: after
    digest: ${await digest('action:isolate-host#unplug')}
    text: |
      <Part id="label-it">
      Put a label on it.
      </Part>
    why: Somebody plugged it in again.
  - id: title-of-the-role
    do: set
    of: role:responder
    field: /summary
    digest: ${await digest('role:responder', '--field', '/summary')}
    value: Does what the runbook says, and says so.
    why: Nobody heard it.
`;
  const path = join(folder, lesson);
  writeFileSync(path, `${readFileSync(path, 'utf8')}${changes}`);
  commit('A lesson');
  expect(await runIn(folder, 'lesson', 'propose', 'first-exercise')).toMatchObject({ code: 0, stderr: '' });
  merge('lesson/first-exercise', 'Merge the lesson');
  const confirmed = async () =>
    (
      documentOf((await compile(join(folder, 'content'), now)).plan as Plan, 'lesson', 'first-exercise')?.data
        .changes ?? []
    ).flatMap(({ id, confirmed: said }) => (said ? [[id, said] as const] : []));
  return { ...plan, before, after: await digestOfRunbook(folder), confirmed };
}

async function digestOfRunbook(folder: string): Promise<string> {
  const { plan } = await compile(join(folder, 'content'), now);
  return documentOf(plan as Plan, 'runbook', 'ransomware')?.digest ?? '';
}

/** Saves a record in which steps were ticked, by somebody who holds the role. */
function record(
  folder: string,
  digest: string | undefined,
  steps: readonly string[],
  more: object[] = [],
  exercise = true,
) {
  const entries = [
    {
      type: 'incident-started',
      ...(exercise ? { ref: 'exercise:friday-night' } : {}),
      data: { name: 'Friday', plan: 'Plan', ...(exercise ? { exercise } : {}) },
    },
    { type: 'role-taken', data: { role: 'responder' } },
    ...steps.map((step) => ({
      type: 'step-ticked',
      ref: `runbook:ransomware#${step}`,
      ...(digest ? { digest } : {}),
      data: {},
    })),
    ...more,
  ].map((entry, index) => ({
    id: `00000000-${String(index).padStart(16, '0')}`,
    at: `2026-11-20T23:${String(index).padStart(2, '0')}:00.000-05:00`,
    by: 'A. Person',
    ...entry,
  }));
  writeFileSync(join(folder, 'record.json'), JSON.stringify({ schema: 1, incident: '0'.repeat(32), entries }));
}

const confirm = (folder: string, ...more: string[]) =>
  runIn(folder, 'lesson', 'confirm', 'first-exercise', '--from', 'record.json', ...more);

test('what the record shows is confirmed with day, role and exercise, once, and without a name', async () => {
  const { folder, after, confirmed } = await learned();
  record(folder, after, ['note-the-time', 'isolate-hosts']);
  const untouched = snapshotOf(join(folder, 'content'));
  const dry = await confirm(folder, '--dry-run');
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout).toContain('used on 2026-11-20 in “Friday night”, says the Responder');
  expect(dry.stdout).toContain('+    confirmed:');
  expect(snapshotOf(join(folder, 'content'))).toEqual(untouched);

  expect(await confirm(folder, '--ticket', 'EX-2026-4', '--note', 'It was done at once.')).toMatchObject({ code: 0 });
  const said = {
    on: '2026-11-20',
    by: 'responder',
    exercise: 'friday-night',
    ticket: 'EX-2026-4',
    note: 'It was done at once.',
  };
  expect(await confirmed()).toEqual([
    ['note-the-time', said],
    ['label-it', said],
  ]);
  expect(readFileSync(join(folder, lesson), 'utf8')).not.toContain('A. Person');
  expect(await runIn(folder, 'check')).toMatchObject({ code: 0 });

  const written = snapshotOf(join(folder, 'content'));
  const again = await confirm(folder, '--change', 'label-it');
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Confirmed before') });
  expect(snapshotOf(join(folder, 'content'))).toEqual(written);
});

test('what the record does not show is refused, and the reason is said', async () => {
  const { folder, before, after } = await learned();
  const untouched = snapshotOf(join(folder, 'content'));
  const refused = async (change: string) => {
    const { code, stdout } = await confirm(folder, '--change', change);
    expect(code).toBe(1);
    return stdout;
  };
  record(folder, after, ['note-the-time']);
  expect(await refused('every-cause')).toContain('nothing there says that it was used');
  expect(await refused('title-of-the-role')).toContain('by hand');
  record(folder, before, ['find-cause', 'isolate-hosts']);
  expect(await refused('every-cause')).toContain('from before the change');
  record(folder, undefined, ['find-cause']);
  expect(await refused('every-cause')).toContain('does not say by which version');
  const missed = { inject: 'first-call', verdict: 'missed' };
  record(
    folder,
    after,
    ['find-cause'],
    [{ type: 'expectation-judged', ref: 'runbook:ransomware#find-cause', data: missed }],
  );
  expect(await refused('every-cause')).toContain('the facilitator says');
  record(
    folder,
    after,
    ['find-cause'],
    [
      {
        type: 'step-unticked',
        ref: 'runbook:ransomware#find-cause',
        data: { replaces: [`00000000-${'2'.padStart(16, '0')}`] },
      },
    ],
  );
  expect(await refused('every-cause')).toContain('nothing there says that it was used');
  expect(snapshotOf(join(folder, 'content'))).toEqual(untouched);
});

test('a version that is no longer the newest counts, and that the text has changed again is said', async () => {
  const { folder, after, edit, commit, confirmed } = await learned();
  edit('runbooks/ransomware.mdx', 'List the hosts', 'Write down the hosts');
  commit('Another edit');
  edit('runbooks/ransomware.mdx', 'Find every cause.', 'Find every cause, also the second.');
  commit('And another');
  const between = { text: 'Say which.' };
  record(
    folder,
    after,
    ['find-cause'],
    [{ type: 'lesson-noted', ref: 'runbook:ransomware#find-cause', data: between }],
    false,
  );
  const first = await confirm(folder, '--dry-run');
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toContain('used on 2026-11-20 in an incident, says the Responder');
  expect(first.stdout).toContain('one thing to learn from it');
  expect(first.stdout).not.toContain('changed again since');
  record(folder, await digestOfRunbook(folder), ['find-cause'], [], false);
  expect((await confirm(folder)).stdout).toContain('changed again since');
  expect(await confirmed()).toEqual([['every-cause', { on: '2026-11-20', by: 'responder', in: 'incident' }]]);
});

test('an exercise that was held after the change confirms what it leads to, and one before does not', async () => {
  const { folder, edit, commit, confirmed } = await learned();
  const from = (...more: string[]) =>
    runIn(folder, 'lesson', 'confirm', lesson, '--from', 'exercise:friday-night', ...more);
  expect(await from()).toMatchObject({ code: 2, stderr: expect.stringContaining('does not say that it was held') });
  edit('exercises/friday-night.yaml', 'runbook:ransomware#list-hosts', 'runbook:ransomware#note-the-time');
  edit('exercises/friday-night.yaml', 'injects:', 'held: [{on: 2026-02-20}]\ninjects:');
  commit('The exercise expects the new step');
  expect(await from()).toMatchObject({ code: 1, stdout: expect.stringContaining('before the change') });
  edit('exercises/friday-night.yaml', '{on: 2026-02-20}', '{on: 2026-02-20}, {on: 2026-06-20}');
  expect(await from('--on', '2026-02-20')).toMatchObject({ code: 1 });
  expect(await from()).toMatchObject({ code: 0 });
  expect(await confirmed()).toEqual([
    ['note-the-time', { on: '2026-06-20', by: 'responder', exercise: 'friday-night' }],
  ]);
});

test('it says how it is called, and which change, role or exercise there is', async () => {
  const folder = temporaryPlan();
  const asked = '{id: note-the-time, do: retire, of: term:runbook, digest: DIGEST, why: Nobody reads it.}';
  const { stdout } = await runIn(folder, 'digest', 'term:runbook');
  const text = readFileSync(join(folder, lesson), 'utf8');
  writeFileSync(join(folder, lesson), `${text}changes:\n  - ${asked.replace('DIGEST', stdout.trim())}\n`);
  record(folder, undefined, ['list-hosts']);
  const told = async (...argv: string[]) => {
    const { code, stderr } = await runIn(folder, 'lesson', 'confirm', ...argv);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await told('first-exercise')).toContain('--from');
  expect(await told('absent', '--from', 'record.json')).toContain('There is no lesson absent');
  expect(await told('first-exercise', '--from', 'record.json', '--change', 'note-the-tme')).toContain(
    '"note-the-time"',
  );
  expect(await told('first-exercise', '--from', 'record.json', '--by', 'nobody')).toContain('no role "nobody"');
  expect(await told('first-exercise', '--from', 'exercise:none')).toContain('no exercise "none"');
  expect(await told('first-exercise', '--from', lesson)).toContain('is not JSON');
});
