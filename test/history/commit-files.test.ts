import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotAFile, readFiles, writeCommit, writeTree } from '../../src/history/commit-files.ts';
import { Git } from '../../src/history/git.ts';
import { person, git as runGit, temporaryFolder, write } from '../proposals/clones.ts';

function repository() {
  const by = person('Alice');
  const folder = temporaryFolder();
  runGit(folder, by, 'init', '--quiet');
  write(folder, { 'kept.mdx': 'kept\n', 'old/gone.mdx': 'gone\n' });
  runGit(folder, by, 'add', '--all');
  runGit(folder, by, 'commit', '--quiet', '--message', 'Begin');
  return { folder, by, git: new Git({ folder, env: by.env }), base: runGit(folder, by, 'rev-parse', 'HEAD') };
}

// What a name may hold: quotes, line breaks, tabs, unicode, signs that mean something to git or a shell.
const part = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...' "\'\\\n\t*?[]:!^~$#-@{}'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 12,
  })
  .map((name) => name.replaceAll(/[/\0]/g, '_'))
  .filter(
    (name) => name.isWellFormed() && !['.', '..'].includes(name) && !/^\.?g\W*i\W*t/i.test(name) && name !== 'kept.mdx',
  );
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const contents = fc.uniqueArray(fc.tuple(path, fc.uint8Array({ maxLength: 60 })), {
  maxLength: 4,
  selector: ([name]) => name.split('/')[0],
});

test('any bytes under any name come back, and nothing else changes', async () => {
  const { git, base, folder, by } = repository();
  const begun = runGit(folder, by, 'ls-tree', '-r', '-z', base);
  await fc.assert(
    fc.asyncProperty(contents, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), async (pairs, subject) => {
      const files = pairs.map(([name, content]) => ({ path: name, content }));
      const tree = await writeTree(git, { base, files });
      const message = `x${subject}`;
      const commit = await writeCommit(git, { tree: tree as string, parents: [base], message });
      const read = await readFiles(
        git,
        commit,
        files.map(({ path: name }) => name),
      );
      expect(new Map([...read].map(([name, bytes]) => [name, [...bytes]]))).toEqual(
        new Map(pairs.map(([name, bytes]) => [name, [...bytes]])),
      );
      const stored = await git.text(['cat-file', 'commit', commit]);
      expect(stored.slice(stored.indexOf('\n\n') + 2)).toBe(message.replaceAll('\0', '').trimEnd());
      // Taking the files out again leaves the tree as it was.
      const removed = files.map(({ path: name }) => ({ path: name, content: undefined }));
      const restored = (await writeTree(git, { base: commit, files: removed })) as string;
      expect(await git.text(['ls-tree', '-r', '-z', restored])).toBe(begun);
    }),
    { numRuns: 25 },
  );
  expect(runGit(folder, by, 'status', '--porcelain')).toBe('');
});

test('takes in what another commit changes, unless both change the same file', async () => {
  const { git, base } = repository();
  const commitOf = async (files: Record<string, string>, parent = base) => {
    const list = Object.entries(files).map(([name, text]) => ({ path: name, content: Buffer.from(text) }));
    const tree = (await writeTree(git, { base: parent, files: list })) as string;
    return await writeCommit(git, { tree, parents: [parent], message: 'A change' });
  };
  const mine = await commitOf({ 'kept.mdx': 'mine\n' });
  const theirs = await commitOf({ 'new.mdx': 'theirs\n', 'kept.mdx': 'theirs\n' });
  const joined = { commit: theirs, parted: base };
  expect(await writeTree(git, { base: mine, joined, files: [] })).toBeUndefined();
  const files = [{ path: 'kept.mdx', content: Buffer.from('both\n') }];
  const tree = (await writeTree(git, { base: mine, joined, files })) as string;
  const read = await readFiles(git, tree, ['kept.mdx', 'new.mdx', 'old/gone.mdx', 'absent']);
  expect([...read].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
    ['kept.mdx', 'both\n'],
    ['new.mdx', 'theirs\n'],
    ['old/gone.mdx', 'gone\n'],
  ]);
});

test('tells a folder, a name that leads elsewhere, and one that git refuses', async () => {
  const { git, base } = repository();
  const content = Buffer.from('x');
  for (const name of ['old', '../x', '/x', 'a//b', '', 'a/./b', '.git/config', '.GIT/hooks/x'])
    await expect(writeTree(git, { base, files: [{ path: name, content }] }), name).rejects.toBeInstanceOf(NotAFile);
});
