import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { oldestNode, tooOld } from '../../src/cli/node-version.ts';
import { firstCommit } from '../../src/cli/plan-repository/first-commit.ts';
import { run } from '../../src/cli/run.ts';
import { now, runIn, snapshotOf } from './whole-command.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak init '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a command with some of the environment, and with somebody who types answers. */
async function runWith(folder: string, argv: string[], env: NodeJS.ProcessEnv, typed?: string[]) {
  const result = { code: 0, stdout: '', stderr: '', asked: [] as string[] };
  const stream = (name: 'stdout' | 'stderr') => ({ isTTY: false, write: (text: string) => (result[name] += text) });
  result.code = await run(argv, {
    cwd: folder,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: { PATH: process.env['PATH'], ...env },
    now,
    signal: new AbortController().signal,
    ...(typed
      ? {
          ask: async (question: string) => {
            result.asked.push(question);
            return typed.shift() ?? '';
          },
        }
      : {}),
  });
  return result;
}

const person = {
  GIT_AUTHOR_NAME: 'Test Author',
  GIT_AUTHOR_EMAIL: 'author@example.org',
  GIT_COMMITTER_NAME: 'Test Author',
  GIT_COMMITTER_EMAIL: 'author@example.org',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

// Makes a whole plan twice, and checks it.
const longTest = 400_000;

test(
  'a plan repository is written as --dry-run lists it, committed, with nothing wrong in it and nothing of others',
  async () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, 'answers.yaml'),
      'organisation: Example One\nsector: health\nruns: [machines, premises, website]\ntimeZone: Etc/UTC\n' +
        'numbers: { security-on-call: +1 202 555 0199 }\nteam: ["@example/security"]\n' +
        'repository: https://github.com/example/plan\n',
    );
    // Options go before the file.
    const argv = ['init', 'Plan Ü', '--answers', 'answers.yaml', '--organisation', 'Example Clinic', '--no-install'];
    const dry = await runWith(folder, [...argv, '--dry-run'], person);
    expect(dry.code).toBe(0);
    expect(readdirSync(folder)).toEqual(['answers.yaml']);
    const { code, stdout } = await runWith(folder, argv, person);
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['Plan Ü', 'answers.yaml']);
    expect(stdout).toMatch(/^\d+ files written to Plan Ü: \d+ runbooks/);
    expect(stdout).toMatch(/First commit made: [0-9a-f]{7,}\./);
    expect(stdout).toMatch(/Until the plan is adopted: \d+ contacts without a number, \d+ blanks, .*drafts/);
    expect(stdout).toContain(
      '  git remote add origin https://github.com/example/plan\n  git push --set-upstream origin main\n',
    );

    const plan = join(folder, 'Plan Ü');
    const listed = dry.stdout.split('\n\n')[0]?.split('\n') ?? [];
    const written = [...snapshotOf(plan).keys()].map((path) => path.replaceAll('\\', '/'));
    expect(written.filter((path) => !path.startsWith('.git/')).sort()).toEqual(listed);
    // No path that Windows would refuse.
    for (const path of listed) expect(path).toMatch(/^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/);
    const checked = await runIn(plan, 'check', '--strict');
    expect(checked.stdout).toMatch(/^\d+ documents checked, nothing to report\.\nUntil the plan is adopted: /);
    expect(checked.code).toBe(0);

    const textOf = (path: string) => readFileSync(join(plan, path), 'utf8');
    const settings = parse(textOf('content/plan.yaml')) as Record<string, object>;
    expect(settings).toMatchObject({
      organisation: { name: 'Example Clinic', sector: 'Health care' },
      repository: { url: 'https://github.com/example/plan', forge: 'github' },
    });
    for (const left of ['example', 'approvals']) expect(settings).not.toHaveProperty(left);
    expect(textOf('.github/CODEOWNERS')).toContain('* @example/security');
    expect(listed).toContain('.github/workflows/plan.yml');
    // The number that was given stands at the contact, and as a link wherever a text names it.
    expect(textOf('content/contacts/security-on-call.yaml')).toContain('+1 202 555 0199');
    expect(textOf('content/plan.yaml')).toContain('[+1 202 555 0199](tel:+12025550199)');

    const own = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; optionalDependencies: object };
    expect(JSON.parse(textOf('package.json'))).toEqual({
      name: 'plan-u',
      private: true,
      type: 'module',
      scripts: {
        dev: 'firebreak dev',
        check: 'firebreak check',
        build: 'firebreak build',
        preview: 'firebreak preview',
      },
      dependencies: { firebreak: own.version },
      optionalDependencies: own.optionalDependencies,
    });
    // The engine's own repository is such a repository too; only the place of the integration differs.
    expect(textOf('astro.config.mjs')).toBe(
      readFileSync('astro.config.mjs', 'utf8').replace('./src/site/integration.ts', 'firebreak/astro'),
    );

    const content = listed.filter((path) => path.startsWith('content/'));
    const texts = content
      .map(textOf)
      .join('\n')
      .replace(/\+1 202 555 0199|\+12025550199/g, '');
    expect(texts).not.toMatch(
      /202[ -]?555|A\. Example|Example (?:Manufacturing|Bank)|B1[02]\b|20,000 euros|^status: approved|^verifiedOn:/m,
    );
    expect(content.filter((path) => /^content\/(?:lessons|exercises|LICENSE)|what-to-replace/.test(path))).toEqual([]);
  },
  longTest,
);

test('nothing is written over: what is in the way is named, and stays, however often it is tried', async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'plan'));
  writeFileSync(join(folder, 'plan/notes.txt'), 'mine');
  writeFileSync(join(folder, 'file'), 'mine');
  const before = snapshotOf(folder);
  for (let time = 0; time < 2; time += 1) {
    const { code, stderr } = await runIn(folder, 'init', 'plan', '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('plan is not empty, and nothing is written over. In the way:\n  notes.txt');
  }
  expect((await runIn(folder, 'init', 'file', '--yes')).stderr).toContain('file is a file.');
  expect(snapshotOf(folder)).toEqual(before);
});

test('without a terminal and without answers nothing is guessed', async () => {
  const folder = emptyFolder();
  const { code, stderr } = await runIn(folder, 'init', 'plan');
  expect(code).toBe(2);
  expect(stderr).toMatch(/There is no terminal to ask at\. .*--answers.*--yes/);
  expect(readdirSync(folder)).toEqual([]);
});

test('a file of answers is checked, and its faults are told with their places', async () => {
  const folder = emptyFolder();
  writeFileSync(
    join(folder, 'bad.yaml'),
    'organisation: Example\nsector: helth\nnumbers: { security-on-call: soon }\n',
  );
  const { code, stderr } = await runIn(folder, 'init', 'plan', '--answers', 'bad.yaml');
  expect(code).toBe(2);
  expect(stderr).toContain('bad.yaml:2:9');
  expect(stderr).toContain('Did you mean "health"?');
  expect(stderr).toContain('bad.yaml:3:');
  expect(stderr).not.toContain('documents checked');
});

test.each([
  ['domain', 'https://example.org/'],
  ['time-zone', 'Europe/Wien'],
  ['report-mailbox', 'nobody'],
  ['repository', 'plan'],
])('a %s that cannot be one is refused once', async (option, value) => {
  const folder = emptyFolder();
  const { code, stderr } = await runIn(folder, 'init', 'plan', '--yes', '--dry-run', `--${option}`, value);
  expect(code).toBe(2);
  expect(stderr.split(`"${value}" does not have the form of`)).toHaveLength(2);
});

test('at a terminal the questions are asked; a wrong answer is asked for again', async () => {
  const folder = emptyFolder();
  const typed = ['Example Shop', 'example.org', 'Etc/UTC', 'retial', 'retail', 'small'];
  const { code, asked, stderr } = await runWith(folder, ['init', 'plan', '--no-install', '--no-commit'], {}, typed);
  expect(code).toBe(0);
  expect(asked.filter((question) => question.startsWith('Sector.'))).toHaveLength(2);
  expect(stderr).toContain('"retial" is not allowed for sector. Did you mean "retail"?');
  // How far it is to the end; and nothing of options, of which nobody has written one.
  expect(stderr).toMatch(/(\d+) questions\.[\s\S]*\n1 of \1\n[\s\S]*\n\1 of \1\n/);
  expect(stderr).not.toContain('--sector');
  const settings = parse(readFileSync(join(folder, 'plan/content/plan.yaml'), 'utf8')) as { organisation: object };
  expect(settings.organisation).toMatchObject({ name: 'Example Shop', domain: 'example.org', sector: 'Retail' });
  // What a shop usually runs decides what is chosen.
  expect(existsSync(join(folder, 'plan/content/runbooks/front-end-compromise.mdx'))).toBe(true);
  expect(existsSync(join(folder, 'plan/content/runbooks/plant-intrusion.mdx'))).toBe(false);
});

test('whose commit it would be is not guessed: the plan is left uncommitted, and it is said', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'README.md'), 'A plan.\n');
  const nobody = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const without = await firstCommit(folder, 'main', nobody);
  expect(without).toMatchObject({ reason: expect.stringContaining('git does not know your name') as string });
  expect(existsSync(join(folder, '.git/refs/heads/main'))).toBe(false);
  expect(await firstCommit(folder, 'main', { ...nobody, ...person })).toHaveProperty('commit');
  mkdirSync(join(folder, 'part'));
  const inside = await firstCommit(join(folder, 'part'), 'main', { ...nobody, ...person });
  expect(inside).toMatchObject({ reason: expect.stringContaining('lies in another repository') as string });
});

test('a Node that is too old is told in one line what is needed', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${oldestNode}`);
  for (const version of ['18.20.8', '20.20.2', '22.17.1']) expect(tooOld(version)).toContain(`this is Node ${version}`);
  for (const version of ['22.18.0', '24.0.0', '26.10.0']) expect(tooOld(version)).toBeUndefined();
});
