import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { ProposalFailed } from '../../src/proposals/failure.ts';
import { fittingBody, fittingTitle } from '../../src/proposals/forges/forge.ts';
import { github } from '../../src/proposals/forges/github.ts';
import { forgeOf } from '../../src/proposals/forges/index.ts';
import { connectionFailure, pushFailure } from '../../src/proposals/git-failures.ts';
import { mergedText, signed } from '../../src/proposals/pull-request.ts';
import { redact } from '../../src/proposals/redact.ts';
import { changed, git, noteArguments, propose, type Setting, setting, temporaryFolder } from './clones.ts';
import { DescribedApi } from './described-api.ts';
import { apiToken, type ForgeKind, password } from './loopback-forge.ts';

const runbook = 'content/runbooks/ransomware.mdx';
const variables: Record<ForgeKind, string> = {
  github: 'GH_ENTERPRISE_TOKEN',
  gitea: 'FORGEJO_TOKEN',
  gitlab: 'GITLAB_TOKEN',
};
const kinds = Object.keys(variables) as ForgeKind[];
const withToken = ({ alice, forge }: Setting) => ({ ...alice.env, [variables[forge.kind]]: apiToken });

/** The failure of a proposal. */
async function failureOf(proposed: Promise<unknown>): Promise<ProposalFailed> {
  const reason = await proposed.then(
    (result) => new Error(`It did not fail: ${JSON.stringify(result)}`),
    (failure: unknown) => failure,
  );
  if (reason instanceof ProposalFailed) return reason;
  throw reason;
}

test.each(kinds)('%s: opens, finds and updates one pull request, with requests that it describes', async (kind) => {
  const place = await setting(kind);
  const { forge } = place;
  const env = withToken(place);
  const title = 'Ransomware:\n  "capture" memory & more – ünïcode 🔥';
  expect(await propose(place, { env, title })).toMatchObject({ state: 'opened', pullRequest: { number: 1 } });
  expect(await propose(place, { env, title })).toMatchObject({ state: 'unchanged', pullRequest: { number: 1 } });
  const files = [{ path: runbook, text: `${changed}More.\n` }];
  expect(await propose(place, { env, files, title, body: 'Other words' })).toMatchObject({ state: 'updated' });
  expect(forge.faults).toEqual([]);
  expect(forge.pulls).toHaveLength(1);
  expect(forge.pulls[0]).toMatchObject({
    head: 'lesson/one',
    base: 'main',
    title: 'Ransomware: "capture" memory & more – ünïcode 🔥',
    body: expect.stringMatching(/^Other words\n/),
  });
});

test.each([
  ['github', { method: 'GET', path: '/repos/a/b/pulls', query: 'state=opened' }, /must be equal to one of/],
  ['github', { method: 'GET', path: '/repos/a/b/pulls', query: 'heads=x' }, /heads is not described/],
  ['github', { method: 'POST', path: '/repos/a/b/pulls', query: '', body: { title: 'x', head: 'y' } }, /'base'/],
  ['github', { method: 'POST', path: '/repos/a/b/pulls', query: '', body: { head: 'x', base: 1 } }, /must be string/],
  ['github', { method: 'PUT', path: '/repos/a/b/pulls/1', query: '' }, /not described/],
  ['forgejo', { method: 'GET', path: '/repos/a/b/pulls', query: 'page=x' }, /must be integer/],
  [
    'forgejo',
    { method: 'POST', path: '/repos/a/b/pulls', query: '', body: { text: 'x' } },
    /body\/text is not described/,
  ],
  ['forgejo', { method: 'PATCH', path: '/repos/a/b/pulls/1', query: '', body: { title: [] } }, /must be string/],
] as const)('the description of %s refuses %j', (name, { query, ...request }, fault) => {
  const faults = new DescribedApi(name).requestFaults({
    body: undefined,
    ...request,
    query: new URLSearchParams(query),
  });
  expect(faults.join('\n')).toMatch(fault);
});

test.each(kinds)('%s: finds the pull request that another run opened a moment before', async (kind) => {
  const place = await setting(kind);
  const { forge } = place;
  let hides = true;
  forge.instead = ({ method }) => {
    if (method !== 'GET' || !hides) return undefined;
    hides = false;
    forge.pulls.push({ number: 1, title: 'a', body: 'by hand', head: 'lesson/one', base: 'main', state: 'open' });
    return { status: 200, body: [] };
  };
  const published = await propose(place, { env: withToken(place) });
  expect(published).toMatchObject({ state: 'kept', pullRequest: { number: 1 } });
  expect(forge.pulls).toHaveLength(1);
});

test.each(kinds)('%s: without a token, pushes and names the page where a person goes on', async (kind) => {
  const place = await setting(kind);
  const { forge } = place;
  // .netrc signs git in, and no credential helper knows anything that could be a token.
  const published = await propose(place);
  expect(forge.asked).toEqual([]);
  expect(published.address).toContain(forge.address);
  expect(published).toMatchObject({ state: kind === 'gitlab' ? 'asked' : 'pushed', isPushed: true });
  expect(published.notes).toHaveLength(1);
});

test('gitlab: asks for the merge request with the push where there is only git', async () => {
  const place = await setting('gitlab');
  const { forge } = place;
  const hook = join(forge.bare, 'hooks', 'post-receive');
  writeFileSync(
    hook,
    `#!/bin/sh\ni=0\nwhile [ $i -lt "$GIT_PUSH_OPTION_COUNT" ]; do eval "echo \\"\\$GIT_PUSH_OPTION_$i\\"" >> options; i=$((i+1)); done\necho\necho 'View merge request for lesson/one:'\necho '  ${forge.address}/-/merge_requests/7'\n`,
  );
  chmodSync(hook, 0o755);
  const published = await propose(place, { title: 'A "title"\nwith = and\ttabs' });
  expect(published).toMatchObject({ state: 'asked', address: `${forge.address}/-/merge_requests/7` });
  expect(readFileSync(join(forge.bare, 'options'), 'utf8').trimEnd().split('\n')).toEqual([
    'merge_request.create',
    'merge_request.target=main',
    'merge_request.title=A "title" with = and tabs',
  ]);
});

test('gitlab: pushes without asking where the server takes no push options', async () => {
  const place = await setting('gitlab');
  git(place.forge.bare, place.alice, 'config', 'receive.advertisePushOptions', 'false');
  expect(await propose(place)).toMatchObject({
    state: 'pushed',
    isPushed: true,
    address: expect.stringContaining('/-/merge_requests/new?merge_request%5Bsource_branch%5D=lesson%2Fone'),
  });
});

test('plain git: gives the address that the remote prints', async () => {
  const place = await setting('github');
  const hook = join(place.forge.bare, 'hooks', 'post-receive');
  writeFileSync(hook, '#!/bin/sh\necho "Ask for it at <https://review.example.org/new?x=1>"\n', { mode: 0o755 });
  expect(await propose(place, { forge: 'git' })).toMatchObject({
    state: 'pushed',
    address: 'https://review.example.org/new?x=1',
  });
});

test('leaves a text that somebody edited, and carries over what was ticked', async () => {
  const place = await setting('github');
  const { forge } = place;
  const env = withToken(place);
  await propose(place, { env });
  const [pull] = forge.pulls;
  if (!pull) throw new Error('There is no pull request.');
  pull.body = pull.body.replace('- [ ] The owner agrees', '- [x] The owner agrees').replaceAll('\n', '\r\n');
  const body = 'New reason.\n\n- [ ] The owner agrees\n- [ ] The exercise is repeated\n';
  expect(await propose(place, { env, body })).toMatchObject({ state: 'updated' });
  expect(pull.body).toMatch(/^New reason\.\n\n- \[x\] The owner agrees\n- \[ \] The exercise is repeated\n/);
  expect(await propose(place, { env, body })).toMatchObject({ state: 'unchanged' });
  pull.body = pull.body.replace('New reason.', 'New reason, as I see it.');
  expect(await propose(place, { env, body: 'Third' })).toMatchObject({
    state: 'kept',
    notes: [expect.stringContaining('edited')],
  });
  expect(pull.body).toContain('as I see it');
});

const statuses: [number, Record<string, string>, unknown, string, RegExp][] = [
  [401, {}, { message: 'Bad credentials' }, 'not-authenticated', /Bad credentials/],
  [403, {}, { message: 'Resource not accessible by personal access token' }, 'forbidden', /not accessible/],
  [
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795512345' },
    { message: 'API rate limit exceeded' },
    'rate-limited',
    /until 2026-11-24 09:25:45 UTC/,
  ],
  [
    403,
    { 'retry-after': '60' },
    { message: 'You have exceeded a secondary rate limit' },
    'rate-limited',
    /for 60 seconds/,
  ],
  [429, { 'ratelimit-reset': '1795512345' }, 'Retry later\n', 'rate-limited', /09:25:45 UTC/],
  [404, {}, { message: 'Not Found' }, 'not-found', /does not show it/],
  [409, {}, { message: 'Conflict' }, 'conflict', /Conflict/],
  [
    422,
    {},
    { message: 'Validation Failed', errors: [{ resource: 'PullRequest', field: 'base', code: 'invalid' }] },
    'refused',
    /Validation Failed; base: invalid/,
  ],
  [400, {}, { message: { title: ['is too long'] } }, 'refused', /title is too long/],
  [500, {}, '<html>oops</html>', 'forge-failed', /status 500/],
  [503, {}, { message: 'Down' }, 'forge-failed', /status 503/],
  [200, {}, '<html>Sign in</html>', 'unexpected-answer', /not JSON/],
];

test.each(statuses)('tells status %i %j as what is wrong', async (status, headers, body, reason, words) => {
  const answer: typeof fetch = async () =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  const repository = { kind: 'github', address: 'https://github.com/acme/plan', branch: 'main' } as const;
  const forge = github(repository, apiToken, { fetch: answer });
  const failure = await failureOf(forge.findPullRequest({ base: 'main', head: 'lesson/one' }));
  expect(failure).toMatchObject({ reason, message: expect.stringMatching(words) });
  expect(failure.next.every((sentence) => /[.)]$/.test(sentence))).toBe(true);
});

test.each([
  ['github', 'https://github.com/acme/plan', 'https://api.github.com/repos/acme/plan/pulls'],
  ['github', 'https://acme.ghe.com/security/plan', 'https://api.acme.ghe.com/repos/security/plan/pulls'],
  [
    'github',
    'https://github.example.org:8443/acme/plan',
    'https://github.example.org:8443/api/v3/repos/acme/plan/pulls',
  ],
  ['gitea', 'https://codeberg.org/acme/plan', 'https://codeberg.org/api/v1/repos/acme/plan/pulls'],
  ['gitea', 'https://example.org/git/acme/plan', 'https://example.org/git/api/v1/repos/acme/plan/pulls'],
  [
    'gitlab',
    'https://gitlab.com/group/sub/plan',
    'https://gitlab.com/api/v4/projects/group%2Fsub%2Fplan/merge_requests',
  ],
] as const)('%s at %s is asked at %s', async (kind, address, asked) => {
  const seen: string[] = [];
  const answer: typeof fetch = async (input) => {
    seen.push(String(input));
    return new Response('[]');
  };
  const forge = forgeOf({ kind, address, branch: 'main' }, { token: apiToken }, { fetch: answer });
  expect(await forge?.findPullRequest({ base: 'main', head: 'lesson/one' })).toBeUndefined();
  expect(seen.map((each) => each.split('?')[0])).toEqual([asked]);
});

test('when the forge refuses, the branch is kept and pushed, a person can go on, and so does the next run', async () => {
  const place = await setting('github');
  const { forge, alice, clone } = place;
  forge.instead = ({ method }) =>
    method === 'POST' ? { status: 403, body: { message: 'Resource not accessible' } } : undefined;
  const env = withToken(place);
  const failure = await failureOf(propose(place, { env }));
  expect(failure).toMatchObject({ reason: 'forbidden', branch: 'lesson/one' });
  expect(failure.next.join('\n')).toContain(`${forge.address}/compare/main...lesson/one`);
  const tip = git(clone, alice, 'rev-parse', 'lesson/one');
  expect(git(forge.bare, alice, 'rev-parse', 'lesson/one')).toBe(tip);
  delete forge.instead;
  expect(await propose(place, { env })).toMatchObject({ state: 'opened', commit: tip, isPushed: false });
});

test('tells a forge that does not answer in time, and stops when it is told to', async () => {
  const place = await setting('github');
  const { forge } = place;
  const never: typeof fetch = (_, options) =>
    new Promise((_resolve, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason)));
  const env = withToken(place);
  expect(await failureOf(propose(place, { env, fetch: never, timeout: 50 }))).toMatchObject({ reason: 'timeout' });
  const stop = new AbortController();
  const stopping: typeof fetch = (...words) => {
    const answer = never(...words);
    stop.abort(new Error('enough'));
    return answer;
  };
  await expect(propose(place, { env, fetch: stopping, signal: stop.signal })).rejects.toThrow('enough');
  const lost: typeof fetch = () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }));
  expect(await failureOf(propose(place, { env, fetch: lost }))).toMatchObject({
    reason: 'no-network',
    message: expect.stringContaining('ECONNREFUSED'),
  });
  expect(forge.pulls).toEqual([]);
});

test('tells that nothing answers where the remote is, and keeps nothing half done', async () => {
  const place = await setting('github');
  await place.forge.close();
  expect(await failureOf(propose(place))).toMatchObject({ reason: 'no-network' });
  expect(git(place.clone, place.alice, 'branch', '--list', 'lesson/*')).toBe('');
});

test.each([
  ['a hook that declines', 'pre-receive', 'echo "Only on Tuesdays."; exit 1', 'push-declined', /Only on Tuesdays/],
  [
    'a protected branch',
    'pre-receive',
    'echo "error: GH006: Protected branch update failed"; exit 1',
    'push-protected',
    /protected/,
  ],
  [
    'a rule of names',
    'update',
    'echo "GitLab: You are not allowed to push code to protected branches on this project."; exit 1',
    'push-protected',
    /protected/,
  ],
])('tells %s: the branch stays here, and the next run goes on', async (_, hook, script, reason, words) => {
  const place = await setting('github');
  const { forge, alice, clone } = place;
  writeFileSync(join(forge.bare, 'hooks', hook), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = withToken(place);
  expect(await failureOf(propose(place, { env }))).toMatchObject({
    reason,
    message: expect.stringMatching(words),
    branch: 'lesson/one',
  });
  expect(forge.asked).toEqual([]);
  const tip = git(clone, alice, 'rev-parse', 'lesson/one');
  writeFileSync(join(forge.bare, 'hooks', hook), '#!/bin/sh\n', { mode: 0o755 });
  expect(await propose(place, { env })).toMatchObject({ state: 'opened', commit: tip, isNewCommit: false });
});

test('tells a remote that does not let git in, one that only lets it read, and one that is not there', async () => {
  const place = await setting('github');
  const { alice, forge, clone } = place;
  writeFileSync(join(alice.env['HOME'] as string, '.netrc'), 'machine 127.0.0.1 login alice password wrong\n');
  expect(await failureOf(propose(place))).toMatchObject({ reason: 'not-authenticated' });
  writeFileSync(join(alice.env['HOME'] as string, '.netrc'), `machine 127.0.0.1 login alice password ${password}\n`);
  git(forge.bare, alice, 'config', 'http.receivepack', 'false');
  expect(await failureOf(propose(place))).toMatchObject({ reason: 'push-not-allowed', branch: 'lesson/one' });
  git(clone, alice, 'remote', 'set-url', 'origin', `${forge.origin}/acme/absent`);
  expect(await failureOf(propose(place))).toMatchObject({ reason: 'not-found' });
});

test('does not take a token to another host, whatever the forge answers', async () => {
  const place = await setting('github');
  const { forge } = place;
  const seen: unknown[] = [];
  const other = createServer((request, response) => {
    seen.push(request.headers);
    response.end('[]');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}/api/v3/x`;
  const env = withToken(place);
  for (const status of [301, 302, 307, 308]) {
    forge.instead = () => ({ status, body: {}, headers: { Location: elsewhere } });
    expect(await failureOf(propose(place, { env }))).toMatchObject({ reason: 'redirected' });
  }
  expect(seen).toEqual([]);
  // A renamed repository on the same host is followed.
  forge.instead = ({ path, method, query }) =>
    path.startsWith('/repositories/') || method !== 'GET'
      ? undefined
      : { status: 301, body: {}, headers: { Location: `/api/v3/repositories/1/pulls?${query}` } };
  expect((await failureOf(propose(place, { env }))).message).toContain('/repositories/1/pulls is not described');
  forge.instead = () => ({ status: 307, body: {}, headers: { Location: '/api/v3/round' } });
  expect(await failureOf(propose(place, { env }))).toMatchObject({ reason: 'redirected' });
});

test('sends a token only to the server that it is for', async () => {
  const place = await setting('github');
  const { alice, forge } = place;
  const given = async (env: NodeJS.ProcessEnv, other = {}) => {
    forge.asked.length = 0;
    await propose(place, { env: { ...alice.env, ...env }, ...other });
    return forge.asked[0]?.headers['authorization'];
  };
  // Those of github.com do not go to another server, but that of a job goes to the job's own.
  expect(await given({ GH_TOKEN: apiToken, GITHUB_TOKEN: apiToken })).toBeUndefined();
  expect(await given({ GITHUB_TOKEN: apiToken, GITHUB_SERVER_URL: forge.origin })).toBe(`Bearer ${apiToken}`);
  expect(await given({ GITLAB_TOKEN: apiToken })).toBeUndefined();
});

test('finds a token with gh, or with the credential helper of git', async () => {
  const place = await setting('github');
  const { alice, forge } = place;
  const programs = temporaryFolder();
  const gh = `#!/bin/sh\n[ "$*" = "auth token --hostname ${new URL(forge.origin).host}" ] && echo ${apiToken}\n`;
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'gh'), gh, { mode: 0o755 });
  const env = { ...alice.env, PATH: `${programs}:${alice.env['PATH']}`, GH_TOKEN: 'of-github.com' };
  expect(await propose(place, { env })).toMatchObject({ state: 'opened' });
  git(
    place.clone,
    alice,
    'config',
    'credential.helper',
    `!f() { test "$1" = get && echo password=${apiToken}; echo username=x; }; f`,
  );
  expect(await propose(place)).toMatchObject({ state: 'unchanged' });
  expect(forge.asked.every(({ headers }) => headers['authorization'] === `Bearer ${apiToken}`)).toBe(true);
});

test('refuses to send a token without encryption to another machine', async () => {
  const place = await setting('github');
  const { alice, clone } = place;
  git(clone, alice, 'config', `url.${place.forge.origin}/.insteadOf`, 'alias:');
  git(clone, alice, 'config', 'remote.origin.url', 'alias:acme/plan');
  const settings = { url: 'http://git.example.org/acme/plan', forge: 'github' as const };
  const env = { ...withToken(place), GH_HOST: 'git.example.org' };
  expect(await failureOf(propose(place, { env, settings, address: settings.url }))).toMatchObject({
    reason: 'insecure-address',
    branch: 'lesson/one',
  });
});

test('a token is in no argument, no message and nothing that is written', async () => {
  const place = await setting('gitea');
  const { alice, clone, forge } = place;
  const argumentsOfGit = noteArguments(alice);
  const env = withToken(place);
  const secret = 'p%40ss/w0rd-in-address';
  git(
    clone,
    alice,
    'remote',
    'set-url',
    'origin',
    `http://alice:${encodeURIComponent(secret)}@${new URL(forge.origin).host}/acme/plan`,
  );
  const wrong = await failureOf(propose(place, { env }));
  expect(wrong).toMatchObject({ reason: 'not-authenticated' });
  git(clone, alice, 'remote', 'set-url', 'origin', forge.address);
  // A forge that repeats what it was sent.
  forge.instead = ({ method }) =>
    method === 'POST'
      ? { status: 422, body: { message: `no: token ${apiToken} ${encodeURIComponent(apiToken)}` } }
      : undefined;
  const failure = await failureOf(propose(place, { env }));
  expect(failure.message).toContain('***');
  for (const { message, next, stack } of [wrong, failure]) {
    const told = [message, stack, ...next].join('\n');
    for (const each of [apiToken, password, secret, encodeURIComponent(secret)]) expect(told).not.toContain(each);
  }
  const argued = argumentsOfGit();
  expect(argued).toContain('push');
  expect(argued).not.toContain(apiToken);
  const files = readdirSync(clone, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.some(({ name }) => name === 'config')).toBe(true);
  for (const { parentPath, name } of files)
    expect(readFileSync(join(parentPath, name)).includes(apiToken), name).toBe(false);
  expect(git(clone, alice, 'log', '--all', '--format=raw', '--patch')).not.toContain(apiToken);
});

test('no secret is left in a text, however it stands there', () => {
  const secret = fc
    .string({ unit: 'grapheme', minLength: 8, maxLength: 40 })
    .filter((each) => each.trim() !== '' && !'***'.includes(each));
  const around = fc.string({ unit: 'grapheme', maxLength: 40 });
  fc.assert(
    fc.property(secret, around, around, (token, before, after) => {
      const forms = [token, encodeURIComponent(token), `https://x:${encodeURIComponent(token)}@host/`];
      for (const form of forms) {
        const text = redact(`${before}${form}${after}`, [token]);
        expect(text.includes(token)).toBe(false);
        expect(text.includes(encodeURIComponent(token))).toBe(false);
      }
    }),
  );
  for (const unknown of ['ghp_0123456789abcdefghij', 'github_pat_0123456789_abc', 'glpat-0123456789_-abc'])
    expect(redact(`said ${unknown} there`)).toBe('said *** there');
  expect(redact('Authorization: Basic abc\nhttps://u:p@h/x')).toBe('Authorization: ***\nhttps://***@h/x');
});

test('whatever a forge or a remote answers, no part of the token is told', async () => {
  const token = 'tok-Zq8vW3xY7uN2mK5pL9rT';
  const part = fc.string({ unit: 'grapheme-ascii', maxLength: 600 });
  await fc.assert(
    fc.asyncProperty(
      part,
      part,
      fc.constantFrom(400, 401, 403, 404, 409, 422, 429, 500),
      async (before, after, status) => {
        const said = `${before}${token}${after}`;
        const bodies = [
          { message: said },
          { message: { base: [said] } },
          { error: said },
          { errors: [{ message: said }] },
        ];
        for (const body of [...bodies, said]) {
          const answer: typeof fetch = async () => new Response(JSON.stringify(body), { status });
          const connection = { fetch: answer };
          const forge = github(
            { kind: 'github', address: 'https://github.com/a/b', branch: 'main' },
            token,
            connection,
          );
          const failure = await failureOf(forge.findPullRequest({ base: 'main', head: 'x' }));
          expect(`${failure.message}${failure.next.join()}`).not.toContain(token.slice(0, 8));
        }
        const result = { code: 1, stdout: Buffer.from(`!\tx\t[remote rejected] (${said})`), stderr: `remote: ${said}` };
        for (const failure of [
          connectionFailure(result, 'origin', [token]),
          pushFailure(result, 'origin', 'x', [token]),
        ])
          expect(failure.message).not.toContain(token.slice(0, 8));
      },
    ),
  );
});

test('titles and bodies fit, keep whole characters, and are found again as written by a program', () => {
  const text = fc.string({ unit: 'binary', maxLength: 400 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 150, max: 300 }), (title, body, limit) => {
      const line = fittingTitle(title, limit);
      expect(line.length).toBeLessThanOrEqual(limit);
      expect(line).not.toMatch(/[\n\r\t]/);
      const fitted = fittingBody(body, limit);
      expect(fitted.length).toBeLessThanOrEqual(limit);
      expect(fitted.isWellFormed()).toBe(true);
      const own = signed({ title: line, body });
      const stored = { title: line, body: own.body.replaceAll(/\r?\n/g, '\r\n') };
      expect(mergedText(stored, own)).toBeDefined();
      expect(mergedText({ title: line, body: `And I say: ${own.body}` }, own)).toBeUndefined();
      expect(mergedText({ title: line, body }, own)).toBeUndefined();
    }),
  );
});
