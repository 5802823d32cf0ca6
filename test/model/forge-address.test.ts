import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  commitPage,
  editPage,
  type ForgeKind,
  type ForgeRepository,
  forgeOfHost,
  isSafeLength,
  newFilePage,
  newPullRequestPage,
  parseRemoteAddress,
  repositoryOf,
  safeAddressLength,
  uploadPage,
  webAddressOf,
} from '../../src/model/forge-address.ts';

const repository = (kind: ForgeKind, branch = 'main'): ForgeRepository => ({
  kind,
  address: 'https://forge.example/acme/plan',
  branch,
});

test.each([
  ['https://github.com/acme/plan.git', 'https://github.com/acme/plan'],
  ['https://user:secret@git.example.org:8443/acme/plan/', 'https://git.example.org:8443/acme/plan'],
  ['http://127.0.0.1:3000/a/b', 'http://127.0.0.1:3000/a/b'],
  ['ssh://git@git.example.org:2222/acme/plan.git', 'https://git.example.org/acme/plan'],
  ['ssh://git@ssh.github.com:443/acme/plan.git', 'https://github.com/acme/plan'],
  ['git@altssh.gitlab.com:group/sub/plan.git', 'https://gitlab.com/group/sub/plan'],
  ['git@github.com:acme/plan', 'https://github.com/acme/plan'],
  ['github.com:/acme/plan.git', 'https://github.com/acme/plan'],
  ['git+ssh://git@GitHub.com/acme/plan', 'https://github.com/acme/plan'],
  ['ssh://git@[2001:db8::1]:22/acme/plan', 'https://[2001:db8::1]/acme/plan'],
  ['git@[2001:db8::1]:acme/plan', 'https://[2001:db8::1]/acme/plan'],
  ['https://git.example.org/acme/pl%C3%A4n', 'https://git.example.org/acme/pl%C3%A4n'],
])('%s is seen at %s', (address, web) => {
  const parsed = parseRemoteAddress(address);
  expect(parsed && webAddressOf(parsed)).toBe(web);
});

test.each([
  '/srv/git/plan.git',
  '../plan',
  './a:b',
  'file:///srv/plan',
  'C:/plans/plan',
  'C:\\plan',
  'plan',
  '',
  'ftp://x/y',
])('%s names no host', (address) => expect(parseRemoteAddress(address)).toBeUndefined());

test('any address is taken apart or refused, and never shows user or password', () => {
  const part = fc.string({ unit: 'binary', maxLength: 20 });
  fc.assert(
    fc.property(part, part, (before, after) => {
      for (const address of [
        before,
        `${before}:${after}`,
        `https://${before}/${after}`,
        `ssh://u:s3cret-word@${before}`,
      ]) {
        const parsed = parseRemoteAddress(address);
        if (parsed) expect(webAddressOf(parsed)).not.toContain('s3cret-word');
      }
    }),
  );
});

test('a forge is told by its host, and settings go before', () => {
  expect(
    [
      'github.com',
      'acme.ghe.com',
      'gitlab.com',
      'gitlab.example.org',
      'codeberg.org',
      'git.example.org',
      'notgithub.com',
    ].map(forgeOfHost),
  ).toEqual(['github', 'github', 'gitlab', 'gitlab', 'gitea', 'git', 'git']);
  expect(repositoryOf({ url: 'https://github.com/acme/plan.git/' })).toEqual({
    kind: 'github',
    address: 'https://github.com/acme/plan',
    branch: 'main',
  });
  expect(repositoryOf({ url: 'https://git.example.org/a/b', forge: 'gitea', branch: 'x' })).toMatchObject({
    kind: 'gitea',
    branch: 'x',
  });
});

test('each forge has its own pages, and a bare server none', () => {
  const pages = (kind: ForgeKind) => [
    editPage(repository(kind, 'a/b'), 'content/x y#1.mdx'),
    newFilePage(repository(kind), 'content/lessons/one.yaml', 'a: b & c\n'),
    uploadPage(repository(kind), 'content/lessons'),
    newPullRequestPage(repository(kind), 'lesson/one'),
    commitPage(repository(kind), 'abc'),
  ];
  const at = (path: string) => `https://forge.example/acme/plan/${path}`;
  expect(pages('github')).toEqual([
    at('edit/a/b/content/x%20y%231.mdx'),
    at('new/main?filename=content%2Flessons%2Fone.yaml&value=a%3A+b+%26+c%0A'),
    at('upload/main/content/lessons'),
    at('compare/main...lesson/one?expand=1'),
    at('commit/abc'),
  ]);
  expect(pages('gitlab')).toEqual([
    at('-/edit/a/b/content/x%20y%231.mdx'),
    undefined,
    at('-/tree/main/content/lessons'),
    at('-/merge_requests/new?merge_request%5Bsource_branch%5D=lesson%2Fone&merge_request%5Btarget_branch%5D=main'),
    at('-/commit/abc'),
  ]);
  expect(pages('gitea')).toEqual([
    at('_edit/a/b/content/x%20y%231.mdx'),
    at('_new/main?filename=content%2Flessons%2Fone.yaml&value=a%3A+b+%26+c%0A'),
    at('_upload/main/content/lessons'),
    at('compare/main...lesson/one'),
    at('commit/abc'),
  ]);
  expect(pages('git').every((page) => page === undefined)).toBe(true);
});

test('a prefilled page gives back name and text exactly, or is not offered', () => {
  const text = fc.string({ unit: 'binary', maxLength: 6000 });
  fc.assert(
    fc.property(text, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (value, path) => {
      const page = newFilePage(repository('github'), path, value);
      if (!page) return expect(value.length + path.length).toBeGreaterThan(500);
      expect(page.length).toBeLessThanOrEqual(safeAddressLength);
      expect(isSafeLength(page)).toBe(true);
      const query = new URL(page).searchParams;
      expect([query.get('filename'), query.get('value')]).toEqual([path.toWellFormed(), value.toWellFormed()]);
    }),
  );
  expect(newFilePage(repository('github'), 'a', 'x'.repeat(safeAddressLength))).toBeUndefined();
});

test('a page for a pull request keeps its branches when the text is too long for an address', () => {
  const text = { title: 'T & t', body: 'why\n' };
  for (const kind of ['github', 'gitlab'] as const) {
    const filled = newPullRequestPage(repository(kind), 'lesson/one', text) ?? '';
    expect([...new URL(filled).searchParams.values()]).toEqual(expect.arrayContaining(['T & t', 'why\n']));
    const plain = newPullRequestPage(repository(kind), 'lesson/one', { title: 'T', body: 'x'.repeat(9000) });
    expect(plain).toBe(newPullRequestPage(repository(kind), 'lesson/one'));
  }
});
