/** A published site against its manifest, its commit and its signature: whatever was changed is named. */

import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { compareWithManifest, readManifest } from '../../src/audit/provenance/compare.ts';
import { siteInFolder } from '../../src/audit/provenance/published-site.ts';
import type { SiteManifest } from '../../src/model/schema-types.ts';
import { runIn } from './whole-command.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const minimal = join(repository, 'test/fixtures/plans/minimal');
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !['NODE_OPTIONS', 'VITEST', 'NODE_ENV'].includes(name)),
);
let folder = '';

function git(...words: string[]): void {
  const settings = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  execFileSync('git', ['-c', 'user.name=A. Example', '-c', 'user.email=a@example.org', ...words], {
    cwd: folder,
    env: { ...env, ...settings },
  });
}

const manifestOf = (of: string) => JSON.parse(readFileSync(join(of, 'manifest.json'), 'utf8')) as SiteManifest;

/** A copy of the built site, removed after the test. */
function copied(): string {
  const copy = mkdtempSync(join(folder, 'copy-'));
  cpSync(join(folder, 'site'), copy, { recursive: true });
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  return copy;
}

beforeAll(() => {
  // Below the repository, where the packages that a build needs are found.
  mkdirSync(join(repository, '.firebreak'), { recursive: true });
  folder = mkdtempSync(join(repository, '.firebreak', 'verify-test-'));
  cpSync(minimal, join(folder, 'content'), { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '/site\n/copy-*\n.firebreak\nnode_modules\n.astro\nkey*\n');
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Begin the plan');
  execFileSync(process.execPath, [join(repository, 'src/cli/main.ts'), 'build', '--out', 'site', '--base', '/plan/'], {
    cwd: folder,
    env: { ...env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('one flipped byte in any file is named, and nothing else is', async () => {
  const site = siteInFolder(join(folder, 'site'));
  const { manifest } = await readManifest(site);
  const bytes = new Map<string, Uint8Array>();
  for (const path of Object.keys(manifest.files)) bytes.set(path, (await site.read(path)) as Uint8Array);
  expect(bytes.size).toBeGreaterThan(100);
  for (const [path, whole] of bytes) {
    const flipped = Uint8Array.from(whole);
    const at = (path.length * 7919) % flipped.length;
    flipped[at] = (flipped[at] as number) ^ 1;
    const tampered = { ...site, read: async (name: string) => (name === path ? flipped : bytes.get(name)) };
    const found = await compareWithManifest(tampered, manifest);
    expect(found.map(({ path: named, what }) => [named, what])).toEqual([[path, 'changed']]);
  }
});

test('a site as it was built is that of its commit, and one that was changed together with its manifest is not', async () => {
  const copy = copied();
  const fine = await runIn(folder, 'verify', copy);
  expect(fine.stdout).toContain('Commit: a fresh build gives the same bytes, file by file.');
  expect(fine.stdout).toContain('built by Firebreak');
  expect(fine.code).toBe(0);

  const page = join(copy, 'runbooks/ransomware/index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace('Call', 'Mail'));
  writeFileSync(join(copy, 'added.html'), 'Somebody put this here');
  rmSync(join(copy, 'about/index.html'));
  const changed = await runIn(folder, 'verify', copy, '--no-build');
  expect(changed.code).toBe(1);
  expect(changed.stdout).toMatch(/changed +runbooks\/ransomware\/index\.html: its digest is sha256-/);
  expect(changed.stdout).toMatch(/extra +added\.html/);
  expect(changed.stdout).toMatch(/missing +about\/index\.html/);

  // Who changes a page can change the manifest too: only the commit tells.
  const manifest = manifestOf(copy);
  const digest = execFileSync('sha256sum', [page], { encoding: 'utf8' }).slice(0, 64);
  const { 'about/index.html': _, ...files } = manifest.files;
  const lied = { ...manifest, files: { ...files, 'runbooks/ransomware/index.html': `sha256-${digest}` } };
  writeFileSync(join(copy, 'manifest.json'), JSON.stringify(lied));
  rmSync(join(copy, 'added.html'));
  const told = await runIn(folder, 'verify', copy, '--json');
  expect(told.code).toBe(1);
  const verdict = JSON.parse(told.stdout) as { differences: unknown[]; fromCommit: { path: string; what: string }[] };
  expect(verdict.differences).toEqual([]);
  expect(verdict.fromCommit).toEqual([
    expect.objectContaining({ path: 'about/index.html', what: 'missing' }),
    expect.objectContaining({ path: 'runbooks/ransomware/index.html', what: 'changed' }),
  ]);
}, 240_000);

test('what cannot be compared is no proof', async () => {
  const copy = copied();
  const manifest = manifestOf(copy);
  writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, commit: 'f'.repeat(40) }));
  const unknown = await runIn(folder, 'verify', copy);
  expect(unknown).toMatchObject({ code: 2, stdout: expect.stringContaining('does not hold the commit ffffffff') });

  writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, files: { '../../x': 'sha256-1' } }));
  const odd = await runIn(folder, 'verify', copy, '--no-build');
  expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining('manifest.json is not what') });

  const digest = `sha256-${'0'.repeat(64)}`;
  writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, files: { '../.gitignore': digest } }));
  const outside = await runIn(folder, 'verify', copy, '--no-build');
  expect(outside.stdout).toMatch(/unreadable +\.\.\/\.gitignore: is outside of the folder/);

  expect(await runIn(folder, 'verify', 'content')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no manifest.json'),
  });
});

test('an address is asked for every file; a sign-in page and a missing file are named', async () => {
  const copy = copied();
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname).replace(/^\/plan\//, '');
    if (path === 'about/') return void response.writeHead(302, { location: 'https://login.example.org/' }).end();
    const file = join(copy, path === '' || path.endsWith('/') ? `${path}index.html` : path);
    if (path === 'terms/' || !existsSync(file)) return void response.writeHead(404).end();
    response.setHeader('content-type', extname(file) === '.html' ? 'text/html' : 'application/octet-stream');
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/plan`;
  const { code, stdout } = await runIn(folder, 'verify', address, '--no-build');
  expect(code).toBe(1);
  expect(stdout).toMatch(/unreadable +about\/index\.html: leads to https:\/\/login\.example\.org\//);
  expect(stdout).toMatch(/missing +terms\/index\.html/);
  expect(stdout).toMatch(/Files: 2 of \d+ are not as the manifest says\./);
  expect(asked.every((value) => value === undefined)).toBe(true);
  expect(await runIn(folder, 'verify', 'http://name:word@127.0.0.1:1/')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('FIREBREAK_AUTHORIZATION'),
  });
  expect(await runIn(folder, 'verify', 'http://127.0.0.1:1/')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('could not be fetched'),
  });
});

test('a signature holds for one manifest, and for who is in the list of signers', async () => {
  const copy = copied();
  const keys = mkdtempSync(join(tmpdir(), 'firebreak-keys-'));
  onTestFinished(() => rmSync(keys, { recursive: true, force: true }));
  const key = join(keys, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'example', '-f', key]);
  const signers = join(keys, 'signers');
  writeFileSync(signers, `a@example.org ${readFileSync(`${key}.pub`, 'utf8')}`);
  const check = (...more: string[]) => runIn(folder, 'verify', copy, '--no-build', ...more);

  expect(await check('--require-signature')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('Signature: none'),
  });
  expect(await runIn(folder, 'sign', copy)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('gpg.format ssh'),
  });
  git('config', 'gpg.format', 'ssh');
  git('config', 'user.signingKey', `${key}.pub`);
  const signed = await runIn(folder, 'sign', copy, '--json');
  expect(signed.code).toBe(0);
  const shown = relative(folder, copy);
  expect(JSON.parse(signed.stdout)).toEqual({
    manifest: join(shown, 'manifest.json'),
    signature: join(shown, 'manifest.json.sig'),
  });
  // The signature is no file of the site that the manifest would have to name.
  expect(await check('--signers', signers, '--require-signature')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Signature: good, by a@example\.org \(ED25519 key SHA256:/),
  });
  expect(await check()).toMatchObject({ code: 0, stdout: expect.stringContaining('no list of signers') });
  writeFileSync(signers, `b@example.org namespaces="git" ${readFileSync(`${key}.pub`, 'utf8')}`);
  expect(await check('--signers', signers, '--require-signature')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('not in the list of signers'),
  });
  appendFileSync(join(copy, 'manifest.json'), ' ');
  expect(await check()).toMatchObject({ code: 1, stdout: expect.stringContaining('Signature: BAD') });
});
