/** Clones of a plan in temporary folders, with settings and an environment of their own. */

import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { type Proposal, type Published, publishProposal } from '../../src/proposals/publish.ts';
import { type ForgeKind, type LoopbackForge, password, startForge } from './loopback-forge.ts';

export interface Person {
  env: NodeJS.ProcessEnv;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-proposal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Somebody with a home, an identity and the password of the forge. */
export function person(name: string): Person {
  const home = temporaryFolder();
  const config = join(home, 'gitconfig');
  const identity = `[user]\n\tname = ${name}\n\temail = ${name.toLowerCase()}@example.org\n`;
  writeFileSync(config, `${identity}[init]\n\tdefaultBranch = main\n`);
  const login = `machine 127.0.0.1 login alice password ${password}\n`;
  writeFileSync(join(home, '.netrc'), login, { mode: 0o600 });
  return { env: { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_GLOBAL: config, GIT_CONFIG_NOSYSTEM: '1' } };
}

/** Makes the git that somebody runs note its arguments. @returns what was noted */
export function noteArguments({ env }: Person): () => string {
  const realGit = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const programs = temporaryFolder();
  const log = join(programs, 'arguments');
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" >> '${log}'\nexec '${realGit}' "$@"\n`;
  writeFileSync(join(programs, 'git'), script, { mode: 0o755 });
  env['PATH'] = `${programs}:${env['PATH']}`;
  return () => readFileSync(log, 'utf8');
}

export const git = (folder: string, { env }: Person, ...words: string[]) =>
  execFileSync('git', ['-C', folder, ...words], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd();

export const texts = {
  'content/runbooks/ransomware.mdx': '# Ransomware\n\nIsolate the host.\n',
  'content/plan.yaml': 'organisation: Example\n',
};
const first = 'content/runbooks/ransomware.mdx';

export function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export interface Setting {
  forge: LoopbackForge;
  alice: Person;
  /** Alice's clone. */
  clone: string;
}

/** A forge with the plan on main, and Alice's clone of it. */
export async function setting(kind: ForgeKind, files: Record<string, string> = texts): Promise<Setting> {
  const alice = person('Alice');
  const model = modelOf(files);
  const forge = await startForge(kind, temporaryFolder(), join(model, 'plan.git'));
  const clone = join(temporaryFolder(), 'plan');
  cpSync(join(model, 'clone'), clone, { recursive: true });
  git(clone, alice, 'remote', 'set-url', 'origin', forge.address);
  return { forge, alice, clone };
}

const models = new Map<Record<string, string>, string>();
afterAll(() => {
  for (const folder of models.values()) rmSync(folder, { recursive: true, force: true });
});

/** A folder with the bare repository plan.git and a clone of it, made once for the same files. */
function modelOf(files: Record<string, string>): string {
  const known = models.get(files);
  if (known) return known;
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-model-'));
  models.set(files, folder);
  const maker = person('Maker');
  const bare = join(folder, 'plan.git');
  git(folder, maker, 'init', '--quiet', '--bare', bare);
  git(bare, maker, 'config', 'http.receivepack', 'true');
  git(bare, maker, 'config', 'receive.advertisePushOptions', 'true');
  put(bare, maker, files);
  git(folder, maker, 'clone', '--quiet', bare, 'clone');
  return folder;
}

/** Puts files on main, straight into the bare repository. */
export const fill = ({ bare }: LoopbackForge, by: Person, files: Record<string, string>): void => put(bare, by, files);

function put(bare: string, by: Person, files: Record<string, string>): void {
  const source = temporaryFolder();
  git(source, by, 'clone', '--quiet', bare, '.');
  write(source, files);
  git(source, by, 'add', '--all');
  git(source, by, 'commit', '--quiet', '--message', 'Change the plan');
  git(source, by, 'push', '--quiet', 'origin', 'HEAD:main');
}

/** Over http, which needs this process to answer: so git must not be waited for here. */
export async function cloneOf(forge: LoopbackForge, by: Person, folder: string, ...words: string[]): Promise<void> {
  await asynchronously(by, 'clone', '--quiet', ...words, forge.address, folder);
}

export async function asynchronously({ env }: Person, ...words: string[]): Promise<string> {
  return await new Promise((resolve, reject) =>
    execFile('git', words, { env }, (reason, stdout, stderr) =>
      reason ? reject(new Error(`${reason.message}\n${stderr}`)) : resolve(stdout.trimEnd()),
    ),
  );
}

export const changed = '# Ransomware\n\nCapture memory.\n\nIsolate the host.\n';
export const lesson = 'title: What we learned\n';

/** The proposal of a change to the runbook and a new lesson, unless something else is said. */
function proposal({ forge, alice, clone }: Setting, other: Partial<Proposal> = {}): Proposal {
  return {
    repository: clone,
    branch: 'lesson/one',
    files: [
      { path: first, text: changed },
      { path: 'content/lessons/one.yaml', text: lesson },
    ],
    expected: new Map([[first, texts[first]]]),
    message: 'Capture memory before isolating\n\nLearned in an exercise.',
    title: 'Ransomware: capture memory first',
    body: 'Why: the lesson.\n\n- [ ] The owner agrees\n- [ ] The exercise is repeated\n',
    settings: { url: forge.address, forge: forge.kind },
    env: alice.env,
    signal: new AbortController().signal,
    ...other,
  };
}

export const propose = (of: Setting, other: Partial<Proposal> = {}): Promise<Published> =>
  publishProposal(proposal(of, other));

/** Everything of a working tree and its repository that a proposal must leave alone, by its bytes. */
export function stateOf(folder: string, by: Person): Record<string, unknown> {
  const names = ['index', 'HEAD', 'logs/HEAD', 'refs/stash', 'FETCH_HEAD', 'config', 'rebase-merge/git-rebase-todo'];
  const words = names.flatMap((name) => ['--git-path', name]);
  const places = git(folder, by, 'rev-parse', '--path-format=absolute', ...words).split('\n');
  const bytes = places.map((place) => (existsSync(place) ? readFileSync(place, 'base64') : undefined));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes('/.git/'),
  );
  return {
    ...Object.fromEntries(names.map((name, index) => [name, bytes[index]])),
    status: git(folder, by, '--no-optional-locks', 'status', '--porcelain=v2', '--branch', '-z'),
    files: files.map((entry) => [
      join(entry.parentPath, entry.name),
      readFileSync(join(entry.parentPath, entry.name), 'base64'),
    ]),
  };
}
