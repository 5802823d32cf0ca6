/** A page is drawn again when something that it shows has changed, and only then. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile/index.ts';
import { pagesOf } from '../../src/site/pages.ts';
import { now, temporaryPlan } from '../cli/whole-command.ts';

/** The paths of the pages whose key changes by an edit of one file. */
async function changedBy(
  path: string,
  edit: (text: string) => string,
  others: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const folder = temporaryPlan();
  for (const [other, text] of Object.entries(others)) writeFileSync(join(folder, 'content', other), text);
  const keys = async () => {
    const { plan } = await compile(join(folder, 'content'), now);
    if (!plan) throw new Error('the plan has faults');
    return new Map(pagesOf(plan).map((page) => [page.path, page.cacheKey]));
  };
  const before = await keys();
  const file = join(folder, 'content', path);
  const text = readFileSync(file, 'utf8');
  const edited = edit(text);
  expect(edited).not.toBe(text);
  writeFileSync(file, edited);
  const after = await keys();
  return [...after].filter(([page, key]) => before.get(page) !== key).map(([page]) => page);
}

test('an edit in the body of a runbook draws its page, and no page that only names it', async () => {
  const changed = await changedBy('runbooks/ransomware.mdx', (text) =>
    text.replace('## Recovery\n', '## Recovery\n\nA sentence more.\n'),
  );
  expect(changed).toContain('runbooks/ransomware/');
  expect(changed).not.toContain('about/');
  expect(changed).not.toContain('library/');
  expect(
    changed.filter((path) => path.startsWith('actions/') || path.startsWith('roles/') || path.startsWith('terms/')),
  ).toEqual([]);
});

test('an edit in an action draws every runbook that shows it', async () => {
  const changed = await changedBy('actions/isolate-host.mdx', (text) =>
    text.replace('<Verify>\n', '<Verify>\nA sentence more.\n\n'),
  );
  expect(changed).toEqual(expect.arrayContaining(['actions/isolate-host/', 'runbooks/ransomware/']));
});

test('a new title draws the pages that name the document', async () => {
  const changed = await changedBy('runbooks/ransomware.mdx', (text) =>
    text.replace(/^title: .*$/m, 'title: Another Title'),
  );
  expect(changed).toEqual(expect.arrayContaining(['', 'runbooks/', 'library/', 'runbooks/ransomware/']));
});

test('an edit of a contact draws the runbooks whose roles it answers for', async () => {
  const changed = await changedBy('contacts/on-call.yaml', (text) =>
    text.replace('+1 202 555 0101', '+1 202 555 0199'),
  );
  expect(changed).toEqual(expect.arrayContaining(['contacts/', 'contacts/on-call/', 'runbooks/ransomware/']));
});

test('an edit of a notification draws the page of clocks, and one of a contact does not', async () => {
  expect(
    await changedBy('notifications/authority.yaml', (text) => text.replace('within: 72 h', 'within: 48 h')),
  ).toContain('clocks/');
  expect(
    await changedBy('contacts/on-call.yaml', (text) => text.replace('+1 202 555 0101', '+1 202 555 0199')),
  ).not.toContain('clocks/');
});

test('an edit of a signal draws the chooser, and one in the body of a runbook does not', async () => {
  const changed = await changedBy('signals/ransom-note.yaml', (text) =>
    text.replace('A note asks for money', 'A note wants money'),
  );
  expect(changed).toEqual(expect.arrayContaining(['choose/', 'work-backward/']));
  expect(
    await changedBy('runbooks/ransomware.mdx', (text) =>
      text.replace('## Recovery\n', '## Recovery\n\nA sentence more.\n'),
    ),
  ).not.toContain('choose/');
});

test('an edit of a technique draws the page to work backward', async () => {
  const changed = await changedBy('techniques/T1486.yaml', (text) =>
    text.replace('Many files are renamed', 'Files are renamed'),
  );
  expect(changed).toContain('work-backward/');
  expect(changed).not.toContain('choose/');
});

test('an edit of plan.yaml draws every page, since its variables stand anywhere', async () => {
  const changed = await changedBy('plan.yaml', (text) => text.replace('Example Manufacturing', 'Somebody Else'));
  expect(changed.length).toBeGreaterThan(20);
});

test('a lesson that asks for a change is drawn again when the step that it names says something else', async () => {
  const asked = `title: First exercise
summary: What we learned.
from: exercise
changes:
  - {id: out, do: retire, of: "runbook:ransomware#find-cause", digest: "sha256-${'0'.repeat(64)}", why: It is elsewhere.}
`;
  const changed = await changedBy(
    'runbooks/ransomware.mdx',
    (text) => text.replace('Find the root cause.', 'Find the way in.'),
    { 'lessons/first-exercise.yaml': asked },
  );
  expect(changed).toContain('lessons/first-exercise/');
});
