import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Git } from '../../src/history/git.ts';
import { textsAt } from '../../src/proposals/base.ts';
import { readBase } from '../../src/proposals/publish.ts';
import {
  asynchronously,
  changed,
  cloneOf,
  fill,
  git,
  lesson,
  person,
  propose,
  setting,
  stateOf,
  temporaryFolder,
  texts,
  write,
} from './clones.ts';
import { apiToken } from './loopback-forge.ts';

const runbook = 'content/runbooks/ransomware.mdx';
const withToken = (env: NodeJS.ProcessEnv) => ({ ...env, GH_ENTERPRISE_TOKEN: apiToken });
const bareText = (bare: string, by: ReturnType<typeof person>, path: string, branch = 'lesson/one') =>
  git(bare, by, 'cat-file', 'blob', `${branch}:${path}`);

test('opens a pull request from a branch whose only difference is the proposed files', async () => {
  const place = await setting('github');
  const { forge, alice } = place;
  const published = await propose(place, { env: withToken(alice.env) });
  expect(forge.faults).toEqual([]);
  expect(published).toMatchObject({
    state: 'opened',
    branch: 'lesson/one',
    base: 'main',
    isNewCommit: true,
    isPushed: true,
    pullRequest: { number: 1, address: `${forge.address}/pull/1` },
  });
  expect(git(forge.bare, alice, 'diff', '--name-status', 'main', 'lesson/one').split('\n')).toEqual([
    'A\tcontent/lessons/one.yaml',
    `M\t${runbook}`,
  ]);
  expect(`${bareText(forge.bare, alice, runbook)}\n`).toBe(changed);
  expect(git(forge.bare, alice, 'log', '-1', '--format=%an <%ae> %cn%n%B', 'lesson/one')).toBe(
    'Alice <alice@example.org> Alice\nCapture memory before isolating\n\nLearned in an exercise.',
  );
  expect(forge.pulls).toMatchObject([{ head: 'lesson/one', base: 'main', title: 'Ransomware: capture memory first' }]);
});

test('leaves working tree, index, HEAD, stash and settings as they are, in whatever state they are', async () => {
  const place = await setting('github');
  const { alice, clone } = place;
  write(clone, { 'content/plan.yaml': 'stashed\n' });
  git(clone, alice, 'stash');
  write(clone, { 'content/plan.yaml': 'staged\n', 'content/new.mdx': 'untracked\n' });
  git(clone, alice, 'add', 'content/plan.yaml');
  write(clone, { 'content/plan.yaml': 'changed after staging\n', [runbook]: 'half a thought' });
  const before = stateOf(clone, alice);
  const hook = { GIT_DIR: join(clone, 'nowhere'), GIT_INDEX_FILE: join(clone, 'no-index') };
  expect(await propose(place, { env: { ...withToken(alice.env), ...hook } })).toMatchObject({ state: 'opened' });
  expect(stateOf(clone, alice)).toEqual(before);
  expect(git(clone, alice, 'rev-parse', 'lesson/one')).toBe(git(place.forge.bare, alice, 'rev-parse', 'lesson/one'));
});

test('works in the middle of a rebase that stopped at a conflict', async () => {
  const place = await setting('github');
  const { alice, clone, forge } = place;
  git(clone, alice, 'switch', '--quiet', '--create', 'mine');
  write(clone, { 'content/plan.yaml': 'mine\n' });
  git(clone, alice, 'commit', '--quiet', '--all', '--message', 'Mine');
  git(clone, alice, 'switch', '--quiet', 'main');
  write(clone, { 'content/plan.yaml': 'theirs\n' });
  git(clone, alice, 'commit', '--quiet', '--all', '--message', 'Theirs');
  expect(() => git(clone, alice, 'rebase', 'main', 'mine')).toThrow(/conflict/i);
  const before = stateOf(clone, alice);
  expect(before['rebase-merge/git-rebase-todo']).toBeDefined();
  await propose(place, { env: withToken(alice.env) });
  expect(stateOf(clone, alice)).toEqual(before);
  expect(`${bareText(forge.bare, alice, 'content/plan.yaml')}\n`).toBe(texts['content/plan.yaml']);
});

test('works from a linked worktree, whose own index and HEAD stay', async () => {
  const place = await setting('github');
  const { alice, clone } = place;
  const linked = join(temporaryFolder(), 'linked');
  git(clone, alice, 'worktree', 'add', '--quiet', '-b', 'other', linked);
  const before = [stateOf(clone, alice), stateOf(linked, alice)];
  await propose({ ...place, clone: linked }, { env: withToken(alice.env) });
  expect([stateOf(clone, alice), stateOf(linked, alice)]).toEqual(before);
});

test('takes paths from the folder of the plan, wherever it lies in the repository', async () => {
  const place = await setting('github', { 'plans/ünit "1"/content/a.mdx': 'one\n', 'README.md': 'top\n' });
  const { alice, clone, forge } = place;
  const folder = join(clone, 'plans', 'ünit "1"');
  const given = {
    repository: folder,
    env: withToken(alice.env),
    files: [
      { path: 'content/a.mdx', text: 'two\n' },
      { path: 'content/tab\there\nline.mdx', text: 'new\n' },
    ],
    expected: new Map([['content/a.mdx', 'one\n']]),
  };
  await propose(place, given);
  expect(git(forge.bare, alice, 'diff', '--name-only', '-z', 'main', 'lesson/one').split('\0').filter(Boolean)).toEqual(
    ['plans/ünit "1"/content/a.mdx', 'plans/ünit "1"/content/tab\there\nline.mdx'],
  );
  const { texts: read } = await readBase({ ...given, branch: 'lesson/one', signal: new AbortController().signal }, [
    'content/a.mdx',
    'content/absent.mdx',
  ]);
  expect([...read]).toEqual([['content/a.mdx', 'one\n']]);
});

test('commits bytes as given, whatever attributes say, and keeps line ends and marks of the base', async () => {
  const crlf = 'one\r\ntwo\r\n';
  const place = await setting('github', { '.gitattributes': '* -text\n', 'crlf.mdx': crlf, 'mark.mdx': '\uFEFFa\n' });
  const { alice, clone, forge } = place;
  // Either would change what an ordinary commit holds.
  writeFileSync(join(clone, '.git', 'info', 'attributes'), '*.mdx text eol=crlf\n*.yaml filter=upper\n');
  git(clone, alice, 'config', 'filter.upper.clean', 'tr a-z A-Z');
  await propose(place, {
    env: withToken(alice.env),
    files: [
      { path: 'crlf.mdx', text: 'one\nthree\n' },
      { path: 'mark.mdx', text: 'a\nb\n' },
      { path: 'new.mdx', text: 'x\r\ny\r\n' },
      { path: 'new.yaml', text: 'lower\n' },
    ],
    // As a working tree without carriage returns has it, read without its mark.
    expected: new Map([
      ['crlf.mdx', 'one\ntwo\n'],
      ['mark.mdx', 'a\n'],
    ]),
  });
  const read = await textsAt(new Git({ folder: forge.bare, env: alice.env }), 'lesson/one', [
    'crlf.mdx',
    'mark.mdx',
    'new.mdx',
    'new.yaml',
  ]);
  expect([...read]).toEqual([
    ['crlf.mdx', 'one\r\nthree\r\n'],
    ['mark.mdx', '\uFEFFa\nb\n'],
    ['new.mdx', 'x\r\ny\r\n'],
    ['new.yaml', 'lower\n'],
  ]);
});

test('keeps the mode of a file and deletes one', async () => {
  const place = await setting('github', { 'tool.sh': '#!/bin/sh\n', 'old.mdx': 'old\n', 'kept.mdx': 'kept\n' });
  const { alice, clone, forge } = place;
  git(clone, alice, 'update-index', '--chmod=+x', 'tool.sh');
  git(clone, alice, 'commit', '--quiet', '--message', 'Let it run');
  await asynchronously(alice, '-C', clone, 'push', '--quiet', 'origin', 'main');
  await propose(place, {
    env: withToken(alice.env),
    files: [
      { path: 'tool.sh', text: '#!/bin/sh\ntrue\n' },
      { path: 'old.mdx', text: undefined },
    ],
    expected: new Map([
      ['tool.sh', '#!/bin/sh\n'],
      ['old.mdx', 'old\n'],
    ]),
  });
  const listed = git(forge.bare, alice, 'ls-tree', '--format=%(objectmode) %(path)', 'lesson/one');
  expect(listed.split('\n')).toEqual(['100644 kept.mdx', '100755 tool.sh']);
});

test('refuses to write through a link, over a folder or into the repository itself', async () => {
  const place = await setting('github', { 'real.mdx': 'real\n', 'folder/a.mdx': 'a\n' });
  const { alice, clone } = place;
  symlinkSync('real.mdx', join(clone, 'link.mdx'));
  git(clone, alice, 'add', 'link.mdx');
  git(clone, alice, 'commit', '--quiet', '--message', 'Link');
  await asynchronously(alice, '-C', clone, 'push', '--quiet', 'origin', 'main');
  for (const path of ['link.mdx', 'folder', '../outside.mdx', '.git/config', 'real.mdx/below.mdx', 'a\0b'])
    await expect(propose(place, { files: [{ path, text: 'x\n' }], expected: new Map() }), path).rejects.toMatchObject({
      reason: expect.stringMatching(/^(not-a-file|git-failed)$/),
    });
  expect(git(clone, alice, 'branch', '--list', 'lesson/*')).toBe('');
});

test('works in a shallow clone', async () => {
  const place = await setting('github');
  const { alice, forge } = place;
  fill(forge, alice, { 'content/plan.yaml': 'second\n' });
  const shallow = join(temporaryFolder(), 'shallow');
  await cloneOf(forge, alice, shallow, '--depth=1', '--no-single-branch');
  fill(forge, alice, { 'content/plan.yaml': 'third\n' });
  const published = await propose({ ...place, clone: shallow }, { env: withToken(alice.env) });
  expect(published).toMatchObject({ state: 'opened', baseCommit: git(forge.bare, alice, 'rev-parse', 'main') });
  expect(git(forge.bare, alice, 'rev-parse', 'lesson/one^')).toBe(published.baseCommit);
});

test('stops before anything if a file at the base is not what the change was written for, and shows both', async () => {
  const place = await setting('github');
  const { alice, clone, forge } = place;
  fill(forge, alice, { [runbook]: 'rewritten\n' });
  const before = stateOf(clone, alice);
  await expect(propose(place)).rejects.toMatchObject({
    reason: 'base-changed',
    message: expect.stringContaining(runbook),
    changed: [{ path: runbook, expected: texts[runbook], actual: 'rewritten\n' }],
  });
  await expect(
    propose(place, {
      expected: new Map([
        [runbook, 'rewritten\n'],
        ['content/plan.yaml', 'something else'],
      ]),
    }),
  ).rejects.toMatchObject({ reason: 'base-changed', changed: [{ path: 'content/plan.yaml' }] });
  await expect(propose(place, { expected: new Map() })).rejects.toMatchObject({ reason: 'base-changed' });
  expect(stateOf(clone, alice)).toEqual(before);
  expect(git(clone, alice, 'branch', '--list', 'lesson/*')).toBe('');
  expect(forge.asked).toEqual([]);
});

test('asks the remote which branch is its default one, and takes another if told to', async () => {
  const place = await setting('github');
  const { alice, forge } = place;
  git(forge.bare, alice, 'branch', 'release', 'main');
  git(forge.bare, alice, 'branch', '--move', 'main', 'trunk');
  git(forge.bare, alice, 'symbolic-ref', 'HEAD', 'refs/heads/trunk');
  expect(await propose(place)).toMatchObject({ base: 'trunk' });
  expect(await propose(place, { branch: 'lesson/two', base: 'release' })).toMatchObject({ base: 'release' });
  await expect(propose(place, { base: 'absent' })).rejects.toMatchObject({ reason: 'base-unknown' });
});

test('run again, finds branch and pull request; with other content, adds a commit and brings the text up to date', async () => {
  const place = await setting('github');
  const { alice, forge, clone } = place;
  const env = withToken(alice.env);
  const one = await propose(place, { env });
  expect(await propose(place, { env })).toMatchObject({
    state: 'unchanged',
    commit: one.commit,
    isNewCommit: false,
    isPushed: false,
    pullRequest: { number: 1 },
  });
  const files = [{ path: runbook, text: `${changed}\nAsk for help.\n` }];
  const two = await propose(place, { env, files, title: 'Ransomware: two steps' });
  expect(two).toMatchObject({ state: 'updated', isNewCommit: true, isPushed: true });
  expect(git(clone, alice, 'rev-parse', 'lesson/one^')).toBe(one.commit);
  expect(forge.pulls).toMatchObject([{ title: 'Ransomware: two steps' }]);
  expect(forge.faults).toEqual([]);
});

test('merges a base that has gone on into the branch, so that the pull request shows only the change', async () => {
  const place = await setting('github');
  const { alice, forge } = place;
  const env = withToken(alice.env);
  await propose(place, { env });
  fill(forge, alice, { [runbook]: `${texts[runbook]}Added by others.\n`, 'content/plan.yaml': 'other\n' });
  const after = `${changed}Added by others.\n`;
  const files = [{ path: runbook, text: after }];
  await propose(place, { env, files, expected: new Map([[runbook, `${texts[runbook]}Added by others.\n`]]) });
  expect(git(forge.bare, alice, 'diff', '--name-only', 'main...lesson/one').split('\n')).toEqual([
    'content/lessons/one.yaml',
    runbook,
  ]);
  expect(git(forge.bare, alice, 'diff', '--numstat', 'main...lesson/one', '--', runbook)).toBe(`2\t0\t${runbook}`);
});

test('says that there is nothing to propose once the base holds it', async () => {
  const place = await setting('github');
  fill(place.forge, place.alice, { [runbook]: changed, 'content/lessons/one.yaml': lesson });
  expect(await propose(place)).toMatchObject({ state: 'already-there', isNewCommit: false, isPushed: false });
  expect(git(place.clone, place.alice, 'branch', '--list', 'lesson/*')).toBe('');
});

test('begins again from the base on a branch that was merged', async () => {
  const place = await setting('github');
  const { forge, alice, clone } = place;
  await propose(place);
  git(forge.bare, alice, 'update-ref', 'refs/heads/main', 'lesson/one');
  fill(forge, alice, { [runbook]: 'Reverted.\n' });
  const main = git(forge.bare, alice, 'rev-parse', 'main');
  const again = { expected: new Map([[runbook, 'Reverted.\n']]), files: [{ path: runbook, text: changed }] };
  const published = await propose(place, again);
  expect(published).toMatchObject({ isNewCommit: true, isPushed: true, baseCommit: main });
  expect(git(clone, alice, 'rev-parse', 'lesson/one^')).toBe(main);
  // Also from a clone that has never seen the branch, and under another name.
  const other = join(temporaryFolder(), 'other');
  const bob = person('Bob');
  git(forge.bare, alice, 'update-ref', 'refs/heads/lesson/one', 'main');
  await cloneOf(forge, bob, other);
  expect(await propose({ ...place, clone: other, alice: bob }, again)).toMatchObject({ isNewCommit: true });
});

test('leaves what somebody else put on the branch and says what to do', async () => {
  const place = await setting('github');
  const { forge, alice } = place;
  const bob = person('Bob');
  const other = join(temporaryFolder(), 'other');
  await cloneOf(forge, bob, other);
  await propose({ ...place, clone: other, alice: bob });
  const tip = git(forge.bare, alice, 'rev-parse', 'lesson/one');
  const files = [{ path: runbook, text: 'Something else.\n' }];
  await expect(propose(place, { files })).rejects.toMatchObject({
    reason: 'branch-moved',
    next: expect.arrayContaining([expect.stringContaining('git fetch origin lesson/one')]),
  });
  expect(git(forge.bare, alice, 'rev-parse', 'lesson/one')).toBe(tip);
  // The same content is no conflict, and the same person on another machine goes on.
  expect(await propose(place)).toMatchObject({ commit: tip, isNewCommit: false });
  const again = join(temporaryFolder(), 'again');
  await cloneOf(forge, bob, again);
  expect(await propose({ ...place, clone: again, alice: bob }, { files })).toMatchObject({ isNewCommit: true });
  expect(git(forge.bare, alice, 'rev-parse', 'lesson/one^')).toBe(tip);
});

test.each(['before the push is offered', 'while it is under way'])(
  'tells the second of two proposals, %s',
  async (when) => {
    const place = await setting('github');
    const { forge, alice, clone } = place;
    const bob = person('Bob');
    const other = join(temporaryFolder(), 'other');
    await cloneOf(forge, bob, other);
    let waits = true;
    forge.beforeGit = async (address, method) => {
      const now = when.startsWith('before')
        ? address.endsWith('service=git-receive-pack')
        : method === 'POST' && address.endsWith('git-receive-pack');
      if (!waits || !now) return;
      waits = false;
      await propose({ ...place, clone: other, alice: bob }, { files: [{ path: runbook, text: 'Bob was faster.\n' }] });
    };
    await expect(propose(place)).rejects.toMatchObject({ reason: 'push-behind', branch: 'lesson/one' });
    expect(waits).toBe(false);
    expect(`${bareText(forge.bare, alice, runbook)}\n`).toBe('Bob was faster.\n');
    expect(git(clone, alice, 'cat-file', 'blob', `lesson/one:${runbook}`)).toBe(changed.trimEnd());
  },
);

test('does not move a branch that is checked out or being rebased', async () => {
  const place = await setting('github');
  const { alice, clone } = place;
  await propose(place);
  git(clone, alice, 'switch', '--quiet', 'lesson/one');
  const files = [{ path: runbook, text: 'More.\n' }];
  await expect(propose(place, { files })).rejects.toMatchObject({ reason: 'branch-in-use' });
  // Nothing has to move for the same content.
  expect(await propose(place)).toMatchObject({ isNewCommit: false });
  expect(() => git(clone, alice, '-c', 'sequence.editor=echo break >', 'rebase', '-i', 'HEAD~1')).not.toThrow();
  await expect(propose(place, { files })).rejects.toMatchObject({ reason: 'branch-in-use' });
});

test('asks for an identity in words, and takes one from the environment', async () => {
  const place = await setting('github');
  const { alice, clone } = place;
  const file = join(temporaryFolder(), 'empty');
  writeFileSync(file, '');
  const env: NodeJS.ProcessEnv = { ...alice.env, GIT_CONFIG_GLOBAL: file };
  await expect(propose(place, { env })).rejects.toMatchObject({
    reason: 'no-identity',
    next: expect.arrayContaining([expect.stringContaining('git config --global user.name')]),
  });
  const job = { GIT_COMMITTER_NAME: 'Job', GIT_COMMITTER_EMAIL: 'job@example.org' };
  const author = { name: 'Ü "quoted" name', email: 'u@example.org' };
  await propose(place, { env: { ...env, ...job }, author });
  expect(git(clone, alice, 'log', '-1', '--format=%an|%ae|%cn', 'lesson/one')).toBe(
    'Ü "quoted" name|u@example.org|Job',
  );
});

test('signs the commit where the settings ask for it, and says when that fails', async () => {
  const place = await setting('github');
  const { alice, clone } = place;
  git(clone, alice, 'config', 'commit.gpgsign', 'true');
  git(clone, alice, 'config', 'gpg.format', 'openpgp');
  const program = join(temporaryFolder(), 'sign');
  git(clone, alice, 'config', 'gpg.program', program);
  await expect(propose(place)).rejects.toMatchObject({
    reason: 'git-failed',
    message: expect.stringContaining('could not be signed'),
  });
  writeFileSync(
    program,
    '#!/bin/sh\ncat > /dev/null\nprintf "\\n[GNUPG:] SIG_CREATED D\\n" >&2\nprintf -- "-----BEGIN PGP SIGNATURE-----\\nmade here\\n-----END PGP SIGNATURE-----\\n"\n',
    { mode: 0o755 },
  );
  await propose(place);
  expect(git(clone, alice, 'cat-file', 'commit', 'lesson/one')).toContain('made here');
});

test('without a remote, makes the branch and a patch that git applies', async () => {
  const place = await setting('github');
  const { alice, clone } = place;
  git(clone, alice, 'remote', 'remove', 'origin');
  const published = await propose(place);
  expect(published).toMatchObject({ state: 'patch', base: 'main', isPushed: false });
  const file = join(temporaryFolder(), 'change.patch');
  writeFileSync(file, published.patch ?? '');
  git(clone, alice, 'am', '--quiet', '--keep-cr', file);
  expect(git(clone, alice, 'rev-parse', 'HEAD^{tree}')).toBe(git(clone, alice, 'rev-parse', 'lesson/one^{tree}'));
  expect(await propose(place)).toMatchObject({ state: 'already-there' });
});

test('names the remotes where none is the usual one', async () => {
  const place = await setting('github');
  const { alice, clone } = place;
  git(clone, alice, 'remote', 'rename', 'origin', 'work');
  expect(await propose(place)).toMatchObject({ state: 'pushed' });
  git(clone, alice, 'remote', 'add', 'home', 'https://home.example/plan');
  git(clone, alice, 'config', 'branch.main.remote', 'elsewhere');
  await expect(propose(place)).rejects.toMatchObject({
    reason: 'remote-unclear',
    message: expect.stringContaining('home'),
  });
  await expect(propose(place, { remote: '--upload-pack=x' })).rejects.toMatchObject({ reason: 'remote-unclear' });
  expect(await propose(place, { remote: 'work' })).toMatchObject({ state: 'pushed' });
});

test('says that a folder is in no repository, and that a name is no branch', async () => {
  const place = await setting('github');
  const outside = temporaryFolder();
  await expect(propose({ ...place, clone: outside })).rejects.toMatchObject({ reason: 'no-repository' });
  rmSync(outside, { recursive: true });
  await expect(propose({ ...place, clone: outside })).rejects.toMatchObject({ reason: 'no-repository' });
  for (const branch of ['', 'a..b', 'with space', '-x', 'a\nb', 'x.lock', 'a~1'])
    await expect(propose(place, { branch }), branch).rejects.toMatchObject({ reason: 'bad-branch-name' });
  git(place.clone, place.alice, 'branch', 'lesson');
  await expect(propose(place)).rejects.toMatchObject({
    reason: 'bad-branch-name',
    message: expect.stringContaining('lesson'),
  });
});

test('any name of a branch is one that git allows, or is refused as a name', async () => {
  const place = await setting('github');
  const { alice, clone } = place;
  git(clone, alice, 'remote', 'remove', 'origin');
  const name = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'/.-@{}~^:?*[ \\\n\t\0"\''),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 10,
  });
  await fc.assert(
    fc.asyncProperty(name, async (branch) => {
      const place = { repository: clone, branch, env: alice.env, signal: new AbortController().signal };
      const outcome = await readBase(place, []).catch((reason) => reason.reason ?? reason);
      if (typeof outcome === 'string') expect(outcome).toBe('bad-branch-name');
      else expect(outcome).toMatchObject({ base: 'main' });
    }),
    { numRuns: 30 },
  );
});
