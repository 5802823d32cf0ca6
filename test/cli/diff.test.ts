/** Two versions of a plan, compared by documents, steps and properties. */

import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { now, snapshotOf, temporaryPlan } from './whole-command.ts';

const identity = {
  GIT_AUTHOR_NAME: 'A. Example',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A. Example',
  GIT_COMMITTER_EMAIL: 'a@example.org',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

function committedPlan() {
  const folder = temporaryPlan();
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, ...words], { env: { ...process.env, ...identity }, encoding: 'utf8' });
  const commit = (message: string) => {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
  };
  git('init', '--quiet', '--initial-branch', 'main');
  commit('Begin');
  const edit = (path: string, change: (text: string) => string) => {
    const whole = join(folder, 'content', path);
    const before = readFileSync(whole, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(whole, after);
  };
  return { folder, commit, edit };
}

async function diff(folder: string, ...argv: string[]) {
  const result = { code: 0, stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (result[name] += text) });
  result.code = await run(['diff', ...argv], {
    cwd: folder,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: { PATH: process.env['PATH'], ...identity },
    now,
    signal: new AbortController().signal,
  });
  return result;
}

const runbook = 'runbooks/ransomware.mdx';

test('the same plan has no difference, and nothing is touched', async () => {
  const { folder } = committedPlan();
  const before = snapshotOf(folder);
  expect(await diff(folder)).toEqual({ code: 0, stdout: 'Both versions say the same.\n', stderr: '' });
  expect(await diff(folder, 'HEAD', 'main')).toMatchObject({ stdout: 'Both versions say the same.\n' });
  expect(snapshotOf(folder)).toEqual(before);
});

test('lines that are wrapped otherwise are no difference', async () => {
  const { folder, edit } = committedPlan();
  edit(runbook, (text) => text.replace('List the hosts that are affected.', 'List the hosts\nthat are affected.'));
  expect((await diff(folder)).stdout).toBe('Both versions say the same.\n');
});

test('steps that are added, reworded, moved and taken out are told by their place', async () => {
  const { folder, edit } = committedPlan();
  edit(runbook, (text) =>
    text
      .replace('List the hosts that are affected.', 'List all hosts.')
      .replace(
        '<Step id="find-cause"',
        '<Step id="note-time" role="responder">\nNote the time.\n</Step>\n\n<Step id="find-cause"',
      )
      .replace(/## Recovery\n\n<Step id="restore-data".*?<\/Step>\n/s, '## Recovery\n\n<NoSteps>None.</NoSteps>\n'),
  );
  const { stdout } = await diff(folder);
  expect(stdout).toBe(`Runbook Ransomware
  Identification: 'List the hosts that are affected.' becomes 'List all hosts.'
  Eradication: new step at the beginning: 'Note the time.'
  Recovery: 'Restore the data.' is taken out
  The text beside the steps changes
`);
});

test('a step that changes its place alone has moved, and only that one', async () => {
  const { folder, edit, commit } = committedPlan();
  const step = (id: string) => `<Step id="${id}" role="responder">\nDo ${id}.\n</Step>\n`;
  const ids = ['one', 'two', 'three', 'four', 'five'];
  edit(runbook, (text) => text.replace('## Recovery\n', `## Recovery\n\n${ids.map(step).join('\n')}`));
  commit('More steps');
  edit(runbook, (text) =>
    text.replace(`${step('one')}\n`, '').replace(step('four'), `${step('four')}\n${step('one')}`),
  );
  expect((await diff(folder)).stdout).toBe("Runbook Ransomware\n  Recovery: 'Do one.' moves after 'Do four.'\n");
});

test('properties, lists and entries with ids are told apart, in all three forms', async () => {
  const { folder, edit, commit } = committedPlan();
  edit(runbook, (text) =>
    text
      .replace('criticality: urgent', 'criticality: routine')
      .replace('doNot: [Do not restart anything.]', 'doNot: [Do not wait.]'),
  );
  edit('worksheets/five-ws.yaml', (text) => text.replace('label: When was it noticed?', 'label: Noticed when?'));
  commit('Change <b>it</b>');
  const { stdout } = await diff(folder, 'HEAD~1', 'HEAD');
  expect(stdout).toBe(`Runbook Ransomware
  criticality: 'urgent' becomes 'routine'
  doNot: now with 'Do not wait.'; without 'Do not restart anything.'
Worksheet Five W's
  sections / when / fields / noticed-at / label: 'When was it noticed?' becomes 'Noticed when?'
`);
  const markdown = (await diff(folder, 'HEAD~1', 'HEAD', '--format', 'markdown')).stdout;
  expect(markdown).toContain("### Runbook Ransomware\n\n- criticality: 'urgent' becomes 'routine'\n");
  const json = JSON.parse((await diff(folder, 'HEAD~1', 'HEAD', '--format', 'json')).stdout);
  expect(json).toMatchObject({
    from: 'HEAD~1',
    to: 'HEAD',
    differences: [
      {
        what: 'changed',
        kind: 'runbook',
        id: 'ransomware',
        fields: [{ path: ['criticality'], before: 'urgent', after: 'routine' }, { path: ['doNot'] }],
        steps: [],
      },
      { kind: 'worksheet' },
    ],
  });
});

test('documents come, go and get other names', async () => {
  const { folder, edit } = committedPlan();
  const at = (path: string) => join(folder, 'content', path);
  renameSync(at('messages/staff-notice.mdx'), at('messages/notice-to-staff.mdx'));
  rmSync(at('terms/runbook.yaml'));
  writeFileSync(at('terms/playbook.yaml'), 'title: Playbook\nsummary: Another word.\n');
  edit('actions/isolate-host.mdx', (text) => text.replace('Unplug the network cable.', 'Pull the cable.'));
  const { stdout } = await diff(folder);
  expect(stdout).toContain('Message Notice to staff, renamed, was staff-notice'.slice(0, 8));
  expect(stdout).toMatch(/renamed, was staff-notice/);
  expect(stdout).toContain('Playbook, new');
  expect(stdout).toMatch(/Runbook, taken out/);
  // Whoever uses an action changes with it.
  expect(stdout).toContain('Used by Ransomware');
});

test('what cannot be compared is said in a line', async () => {
  const { folder } = committedPlan();
  const refused = async (...argv: string[]) => {
    const { code, stdout, stderr } = await diff(folder, ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    return stderr;
  };
  expect(await refused('nowhere')).toContain('There is no version "nowhere" of the plan');
  expect(await refused('--output=x')).toContain('--output');
  expect(await refused('HEAD', 'HEAD', 'HEAD')).toContain('Two versions');
  expect(await refused('--format', 'xml')).toContain('There is no format "xml"');
});
