/**
 * The jobs of the workflows, run for real: their lines in a shell, with real git, npm and npx, and a forge on loopback.
 * What an action of the forge does (checking out, keeping files between runs) is done here instead.
 */

import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import { ciFiles } from '../../src/cli/plan-repository/ci/index.ts';
import type { CiOptions } from '../../src/cli/plan-repository/ci/options.ts';
import { asynchronously, git, person, type Setting, setting, temporaryFolder, write } from '../proposals/clones.ts';
import { DescribedApi } from '../proposals/described-api.ts';
import { apiToken } from '../proposals/loopback-forge.ts';
import { runIn, temporaryPlan } from './whole-command.ts';

// A job installs packages and compiles plans in processes of their own.
vi.setConfig({ testTimeout: 600_000 });

const repository = fileURLToPath(new URL('../..', import.meta.url));
const runbook = 'content/runbooks/ransomware.mdx';
const lesson = 'content/lessons/first-exercise.yaml';
const options: CiOptions = { forge: 'github', branch: 'main', contentFolder: 'content' };

/** The smallest plan as a plan's repository: with an engine that npm installs from its lockfile, here this one's sources. */
function planRepository(): Record<string, string> {
  const folder = temporaryPlan();
  const plan = readdirSync(join(folder, 'content'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')] as const);
  const engine = { name: 'firebreak', version: '0.0.0', bin: { firebreak: 'firebreak.js' }, type: 'module' };
  const wanted = { firebreak: 'file:engine' };
  return {
    ...Object.fromEntries(plan),
    '.gitignore': 'node_modules\n',
    'package.json': JSON.stringify({ name: 'plan', version: '0.0.0', dependencies: wanted }),
    'package-lock.json': JSON.stringify({
      name: 'plan',
      version: '0.0.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'plan', version: '0.0.0', dependencies: wanted },
        engine,
        'node_modules/firebreak': { resolved: 'engine', link: true },
      },
    }),
    'engine/package.json': JSON.stringify({ ...engine, scripts: { postinstall: 'touch ../was-run' } }),
    'engine/firebreak.js': `#!/usr/bin/env node\nawait import(${JSON.stringify(`file://${repository}src/cli/main.ts`)});\n`,
  };
}

interface Job {
  steps: { run?: string; uses?: string; name?: string; env?: Record<string, string> }[];
}

// Made once: settings for the same files are copied.
let made: Record<string, string> | undefined;
const files = () => (made ??= planRepository());

const jobOf = (forge: 'github' | 'gitea', file: string, name: string): Job => {
  const workflow = parse(ciFiles({ ...options, forge }).get(`.${forge}/workflows/${file}`) ?? '');
  return (workflow as { jobs: Record<string, Job> }).jobs[name] as Job;
};

/** What the forge puts in place of an expression; one that is not given is a fault of the test. */
function filled(text: string, values: Record<string, string>): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    expect(values).toHaveProperty([expression]);
    return values[expression] ?? '';
  });
}

interface Ran {
  code: number;
  output: string;
}

function shell(lines: string, folder: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve) => {
    execFile('bash', ['-e', '-c', lines], { cwd: folder, env, maxBuffer: 1e8 }, (fault, stdout, stderr) => {
      resolve({ code: fault ? Number(fault.code) : 0, output: `${stdout}${stderr}` });
    });
  });
}

/** Runs the shell steps of a job one after the other, as a runner does, until one fails. */
async function runJob(job: Job, folder: string, env: NodeJS.ProcessEnv, values: Record<string, string>): Promise<Ran> {
  const all: Ran = { code: 0, output: '' };
  for (const { run, env: own = {} } of job.steps) {
    if (run === undefined) continue;
    const given = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, filled(value, values)]));
    const { code, output } = await shell(run, folder, { ...env, ...given });
    all.output += output;
    if (code !== 0) return { code, output: all.output };
  }
  return all;
}

/** A clone as a runner has it: somebody without a password, and a folder for what is left between steps. */
function runner(folder: string, forge?: Setting['forge']) {
  const temporary = temporaryFolder();
  const { env } = person('Runner');
  rmSync(join(env['HOME'] ?? '', '.netrc'));
  writeFileSync(env['GIT_CONFIG_GLOBAL'] ?? '', '');
  return {
    temporary,
    folder,
    env: {
      ...env,
      CI: 'true',
      ASTRO_TELEMETRY_DISABLED: '1',
      npm_config_offline: 'true',
      RUNNER_TEMP: temporary,
      GITHUB_STEP_SUMMARY: join(temporary, 'summary.md'),
      ...(forge ? { GITHUB_SERVER_URL: forge.origin } : {}),
    },
  };
}

async function lessonOnMain({ clone, alice }: Pick<Setting, 'clone' | 'alice'>): Promise<void> {
  const digest = (await runIn(clone, 'digest', 'runbook:ransomware#list-hosts')).stdout.trim();
  write(clone, {
    [lesson]: `${readFileSync(join(clone, lesson), 'utf8')}changes:
  - id: note-the-time
    do: insert
    of: runbook:ransomware#list-hosts
    place: before
    digest: ${digest}
    text: |
      <Step id="note-the-time" role="responder">
      Note the time of the first sign.
      </Step>
    why: Nobody knew afterwards when it began.
`,
  });
  git(clone, alice, 'commit', '--quiet', '--all', '--message', 'A lesson from a phone');
  await asynchronously(alice, '-C', clone, 'push', '--quiet', 'origin', 'HEAD:main');
}

test.each(['github', 'gitea'] as const)(
  '%s: a lesson on the default branch becomes a pull request, and no token stays anywhere',
  async (kind) => {
    const place = await setting(kind, files());
    await lessonOnMain(place);
    const { folder, env, temporary } = runner(place.clone, place.forge);
    const job = jobOf(kind, 'lessons.yml', 'propose');
    const first = await runJob(job, folder, env, { 'github.token': apiToken });
    expect(first).toMatchObject({ code: 0 });
    expect(place.forge.pulls.map(({ head, title }) => [head, title])).toEqual([
      ['lesson/first-exercise', 'Lesson: First exercise'],
    ]);
    expect(git(place.forge.bare, place.alice, 'log', '-1', '--format=%cn', 'lesson/first-exercise')).toBe('Firebreak');
    expect(git(place.forge.bare, place.alice, 'show', `lesson/first-exercise:${runbook}`)).toContain('Note the time');
    expect(place.forge.faults).toEqual([]);
    expect(first.output).not.toContain(apiToken);
    expect(readFileSync(join(folder, '.git/config'), 'utf8')).not.toContain(apiToken);
    expect(readdirSync(temporary)).toEqual([]);
    expect(existsSync(join(folder, 'was-run'))).toBe(false);
  },
);

test('GitLab: a lesson on the default branch becomes a merge request', async () => {
  const place = await setting('gitlab', files());
  await lessonOnMain(place);
  const { folder, env } = runner(place.clone, place.forge);
  const { script, jobs } = gitlabJobs();
  expect(jobs['lessons']).toBeDefined();
  const { code, output } = await shell(script('lessons'), folder, {
    ...env,
    GITLAB_TOKEN: apiToken,
    CI_PROJECT_URL: place.forge.address,
    CI_SERVER_URL: place.forge.origin,
  });
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  expect(place.forge.pulls.map(({ head }) => head)).toEqual(['lesson/first-exercise']);
  expect(output).not.toContain(apiToken);
});

function gitlabJobs() {
  const [text = ''] = ciFiles({ ...options, forge: 'gitlab' }).values();
  const jobs = parse(text) as Record<string, { before_script?: string[]; script?: string[]; extends?: string }>;
  const script = (name: string) => {
    const { script: own = [], extends: base } = jobs[name] ?? {};
    return [...(base ? (jobs[base]?.before_script ?? []) : []), ...own].join('\n');
  };
  return { jobs, script };
}

/** A branch that rewords a step and gives a document a title that would mean something to a forge. */
function branchOf({ clone, alice }: Pick<Setting, 'clone' | 'alice'>): { base: string; head: string } {
  const base = git(clone, alice, 'rev-parse', 'HEAD');
  git(clone, alice, 'checkout', '--quiet', '-b', 'reword');
  write(clone, {
    [runbook]: readFileSync(join(clone, runbook), 'utf8').replace('List the hosts', 'List all hosts'),
    'content/terms/odd.yaml': 'title: "@everybody [see](https://example.org) #1"\nsummary: A word.\n',
  });
  git(clone, alice, 'add', '--all');
  git(clone, alice, 'commit', '--quiet', '--message', 'Reword');
  return { base, head: git(clone, alice, 'rev-parse', 'HEAD') };
}

/** An interface for comments: GitHub's paths and those of the others, with what they were given. */
async function commentsServer() {
  const asked: { method: string; path: string; body?: string; authorization?: string }[] = [];
  const comments: { id: number; body: string; user: { login: string }; author: { username: string } }[] = [];
  const state = { sha: '' };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const method = request.method ?? '';
    const body = text ? (JSON.parse(text) as { body: string }).body : undefined;
    const authorization = request.headers.authorization ?? '';
    asked.push({ method, path: pathname, authorization, ...(body === undefined ? {} : { body }) });
    const answer = (value: unknown) => response.end(JSON.stringify(value));
    const known = comments.find(({ id }) => pathname.endsWith(`/${id}`));
    if (pathname.endsWith('/pulls')) answer([{ number: 7, head: { sha: state.sha } }]);
    else if (pathname === '/user') answer({ username: 'bot' });
    else if (method === 'GET') answer(comments);
    else if (method === 'POST')
      answer(comments.push({ id: 41, body: body ?? '', user: { login: 'bot' }, author: { username: 'bot' } }));
    else answer(known ? Object.assign(known, { body }) : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { asked, comments, state, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('GitHub: what a pull request changes is told, and another run posts it once as text that does nothing', async () => {
  const place = await setting('github', files());
  const { base, head } = branchOf(place);
  const { folder, env, temporary } = runner(place.clone);
  const told = await runJob(jobOf('github', 'plan.yml', 'difference'), folder, env, {
    'github.event.pull_request.base.sha': base,
    'github.event.pull_request.head.sha': head,
  });
  expect({ ...told, output: '' }).toEqual({ code: 0, output: '' });
  const difference = join(temporary, 'difference/difference.md');
  expect(readFileSync(difference, 'utf8')).toContain("'List the hosts that are affected.' becomes 'List all hosts");
  expect(readFileSync(join(temporary, 'summary.md'), 'utf8')).toBe(readFileSync(difference, 'utf8'));

  // As it arrives, and as somebody who changed the job may have left it.
  const evil =
    '### <!-- x --> ![p](https://evil.example/p.png)\n- [click](//evil.example) www.evil.example @a \\@b \\\\[c](d)\n<img src=x>\n# Top\n1. x\n';
  writeFileSync(difference, readFileSync(difference, 'utf8') + evil);
  const server = await commentsServer();
  server.state.sha = head;
  // Somebody else's comment that looks like ours.
  server.comments.push({
    id: 9,
    body: '<!-- firebreak difference -->',
    user: { login: 'eve' },
    author: { username: 'eve' },
  });
  const values = {
    'runner.temp': temporary,
    'github.token': apiToken,
    'github.api_url': server.address,
    'github.repository': 'acme/plan',
    'github.event.workflow_run.head_repository.owner.login': 'somebody',
    'github.event.workflow_run.head_branch': 'reword',
    'github.event.workflow_run.head_sha': head,
  };
  const post = async () => {
    const job = jobOf('github', 'comment.yml', 'comment');
    for (const step of job.steps) if (step.env) step.env['AUTHORS'] = 'bot';
    return runJob(job, temporaryFolder(), env, values);
  };
  expect(await post()).toMatchObject({ code: 0 });
  const [, posted] = server.comments;
  expect(posted?.body).toContain("\n- Identification: 'List the hosts that are affected.' becomes 'List all hosts");
  expect(posted?.body).toMatch(/\n### Term /);
  // Nothing of it is a mention, a reference, a link, a picture, HTML or a heading of its own.
  const inside = posted?.body.slice(posted.body.indexOf('plan\n')) ?? '';
  expect(inside).not.toMatch(/@\w|#\d|:\/\/|www\.|(?<!\\)(\\\\)*[[\]<>!]|^# |^\d\./m);
  expect(await post()).toMatchObject({ code: 0 });
  expect(server.comments).toHaveLength(2);
  expect(server.asked.map(({ method }) => method).filter((method) => method !== 'GET')).toEqual(['POST', 'PATCH']);
  expect(server.asked.every(({ authorization }) => authorization === `Bearer ${apiToken}`)).toBe(true);

  // The pull request has moved on meanwhile: its own run will tell.
  server.state.sha = base;
  expect((await post()).output).toContain('newer commits');
  expect(server.asked.filter(({ method }) => method !== 'GET')).toHaveLength(2);
});

test('Gitea: a pull request is compared from its objects alone, with the engine of the branch that is to be changed', async () => {
  const place = await setting('gitea', files());
  const { base, head } = branchOf(place);
  git(place.clone, place.alice, 'checkout', '--quiet', 'main');
  const tampered = 'throw new Error("the engine of the pull request was run");\n';
  git(place.clone, place.alice, 'checkout', '--quiet', 'reword');
  write(place.clone, { 'engine/firebreak.js': tampered });
  git(place.clone, place.alice, 'commit', '--quiet', '--all', '--message', 'Tamper');
  const tip = git(place.clone, place.alice, 'rev-parse', 'HEAD');
  expect(tip).not.toBe(head);
  await asynchronously(place.alice, '-C', place.clone, 'push', '--quiet', 'origin', 'HEAD:refs/pull/7/head');
  git(place.clone, place.alice, 'checkout', '--quiet', 'main');
  git(place.clone, place.alice, 'branch', '--quiet', '-D', 'reword');
  const { folder, env, temporary } = runner(place.clone, place.forge);
  const server = await commentsServer();
  const job = jobOf('gitea', 'comment.yml', 'difference');
  for (const step of job.steps) if (step.env?.['AUTHORS']) step.env['AUTHORS'] = 'bot';
  const ran = await runJob(job, folder, env, {
    'github.token': apiToken,
    'github.event.pull_request.number': '7',
    'github.event.pull_request.head.sha': tip,
    'github.event.pull_request.base.sha': base,
    'runner.temp': temporary,
    'github.api_url': server.address,
    'github.repository': 'acme/plan',
  });
  expect(ran).toMatchObject({ code: 0 });
  expect(server.comments[0]?.body).toContain('List all hosts');
  expect(readFileSync(join(folder, runbook), 'utf8')).not.toContain('List all hosts');
});

test('GitLab: a merge request is compared, and posted where there is a token for it', async () => {
  const place = await setting('gitlab', files());
  const { base, head } = branchOf(place);
  const { folder, env } = runner(place.clone);
  const { script } = gitlabJobs();
  const told = await shell(script('difference'), folder, {
    ...env,
    CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    CI_COMMIT_SHA: head,
  });
  expect(told).toMatchObject({ code: 0 });
  expect(told.output).toContain('List all hosts');
  const server = await commentsServer();
  const notes = `${server.address}/projects/1/merge_requests/7/notes`;
  for (const _ of [1, 2])
    expect(
      await shell(script('comment'), folder, {
        ...env,
        FILE: 'difference.md',
        METHOD: 'PUT',
        COMMENTS: notes,
        COMMENT: notes,
        CI_API_V4_URL: server.address,
        FIREBREAK_COMMENT_TOKEN: apiToken,
      }),
    ).toMatchObject({ code: 0 });
  expect(server.comments).toHaveLength(1);
  expect(server.comments[0]?.body).toContain('List all hosts');
});

interface KeptIssue {
  number: number;
  iid: number;
  title: string;
  body: string;
  description: string;
  state: string;
  user: { login: string };
  author: { username: string };
  pull_request?: object;
}

/** An interface for issues, which holds what it is asked against the forge's own description where there is one. */
async function issuesServer(description: 'github' | 'forgejo' | undefined, mount = '') {
  const api = description && new DescribedApi(description);
  const issues: KeptIssue[] = [];
  const state = { faults: [] as string[], writes: [] as string[] };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://x');
    const method = request.method ?? '';
    const body = text ? (JSON.parse(text) as Partial<KeptIssue> & { state_event?: string }) : undefined;
    const path = pathname.slice(mount.length);
    const answer = (value: unknown) => response.end(JSON.stringify(value));
    if (request.headers.authorization !== `Bearer ${apiToken}`) return void response.writeHead(401).end('{}');
    if (path === '/user') return void answer({ username: 'bot' });
    state.faults.push(...(api?.requestFaults({ method, path, query, body }) ?? []));
    const known = issues.find(({ number }) => path.endsWith(`/${number}`));
    if (method === 'GET') return void answer(query.get('page') === '1' ? issues.filter((each) => isOpen(each)) : []);
    state.writes.push(`${method} ${Object.keys(body ?? {}).join(' ')}`);
    if (body?.state_event === 'close') body.state = 'closed';
    if (known) return void answer(Object.assign(known, body));
    answer(issues.push(issueOf(issues.length + 1, { ...body })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { issues, state, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${mount}` };
}

const isOpen = ({ state }: KeptIssue) => state !== 'closed';
const issueOf = (number: number, given: Partial<KeptIssue>): KeptIssue => ({
  number,
  iid: number,
  title: '',
  body: '',
  description: '',
  state: 'open',
  user: { login: 'bot' },
  author: { username: 'bot' },
  ...given,
});

/** A plan in which a duty was never compared again, and whose owner is known on the forge. */
function neglect({ clone, alice }: Pick<Setting, 'clone' | 'alice'>): void {
  const duty = 'content/notifications/authority.yaml';
  const settings = 'content/plan.yaml';
  const text = readFileSync(join(clone, duty), 'utf8').replace('checkedOn: "2026-11-24"', 'checkedOn: "2020-01-01"');
  write(clone, {
    [duty]: `${text}owner: responder\n`,
    [settings]: `${readFileSync(join(clone, settings), 'utf8')}upkeep: {mention: [{role: responder, accounts: [a-example]}]}\n`,
  });
  git(clone, alice, 'commit', '--quiet', '--all', '--message', 'Neglect it');
}

describe.each(['github', 'gitea', 'gitlab'] as const)('%s', (kind) => {
  test('one issue lists what is due, is left alone while that stays so, and is closed at the end', async () => {
    const place = await setting(kind, files());
    neglect(place);
    const { folder, env, temporary } = runner(place.clone);
    const server = await issuesServer(
      kind === 'github' ? 'github' : kind === 'gitea' ? 'forgejo' : undefined,
      kind === 'github' ? '' : kind === 'gitea' ? '/api/v1' : '/api/v4',
    );
    // Somebody else's issue that looks like ours, and a pull request of ours.
    const mark = '<!-- firebreak upkeep -->';
    server.issues.push(
      issueOf(1, { body: mark, description: mark, user: { login: 'eve' }, author: { username: 'eve' } }),
      issueOf(2, { body: mark, description: 'x', pull_request: {} }),
    );
    const values = {
      'runner.temp': temporary,
      'github.token': apiToken,
      'github.api_url': server.address,
      'github.repository': 'acme/plan',
    };
    const { jobs, script } = gitlabJobs();
    const onActions = () =>
      kind === 'gitea' ? jobOf(kind, 'upkeep.yml', 'issue') : jobOf('github', 'upkeep.yml', 'list');
    const listed =
      kind === 'gitlab'
        ? await shell(script('upkeep'), folder, env)
        : await runJob(
            { steps: onActions().steps.filter(({ name }) => name !== 'Keep the issue') },
            folder,
            env,
            values,
          );
    expect({ ...listed, output: listed.code === 0 ? '' : listed.output }).toEqual({ code: 0, output: '' });
    const file = kind === 'gitlab' ? join(folder, 'upkeep.md') : join(temporary, 'upkeep.md');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('### Responder (@a-example)\n\n- Source check: ');
    // What carries a file from one job to the next on GitHub puts it into a folder.
    const given = kind === 'github' ? join(temporary, 'upkeep/upkeep.md') : file;
    const keep = async (content: string) => {
      mkdirSync(join(given, '..'), { recursive: true });
      writeFileSync(given, content);
      if (kind === 'gitlab') {
        const { variables = {} } = jobs['upkeep-issue'] as { variables?: Record<string, string> };
        const own = Object.fromEntries(
          Object.entries(variables).map(([name, value]) => [
            name,
            value.replace('$CI_API_V4_URL', server.address).replace('$CI_PROJECT_ID', '1'),
          ]),
        );
        return shell(script('upkeep-issue'), folder, {
          ...env,
          ...own,
          CI_API_V4_URL: server.address,
          FIREBREAK_UPKEEP_TOKEN: apiToken,
        });
      }
      const [step] = jobOf(kind, 'upkeep.yml', 'issue').steps.filter(({ name }) => name === 'Keep the issue');
      if (step?.env) step.env['AUTHORS'] = 'bot';
      return runJob({ steps: step ? [step] : [] }, folder, env, values);
    };
    for (const content of [text, text, `${text}more\n`, '', '']) expect(await keep(content)).toMatchObject({ code: 0 });
    const word = kind === 'gitlab' ? 'description' : 'body';
    expect(server.state.writes).toEqual(
      kind === 'gitlab'
        ? ['POST title description', 'PUT description', 'PUT state_event']
        : [`POST title ${word}`, `PATCH ${word}`, 'PATCH state'],
    );
    expect(server.issues.map(({ state }) => state)).toEqual(['open', 'open', 'closed']);
    expect(server.issues[2]).toMatchObject({ title: 'Upkeep of the plan' });
    expect(server.issues[2]?.[word]).toBe(`${mark}\n${text}more`);
    expect(server.state.faults).toEqual([]);
    // It was closed, so the next that is due opens another.
    expect(await keep(text)).toMatchObject({ code: 0 });
    expect(server.issues).toHaveLength(4);
  });
});

test('the check tells what is wrong where the forge reads it, and fails', async () => {
  const place = await setting('github', files());
  const { clone, alice } = place;
  write(clone, { [runbook]: readFileSync(join(clone, runbook), 'utf8').replace('role="responder"', 'role="nobody"') });
  git(clone, alice, 'commit', '--quiet', '--all', '--message', 'Break it');
  const { folder, env } = runner(clone);
  const checked = await runJob(jobOf('github', 'plan.yml', 'check'), folder, env, {});
  expect(checked.code).toBe(1);
  expect(checked.output).toContain(`::error file=${runbook},line=`);
  const { script } = gitlabJobs();
  const report = join(folder, 'gl-code-quality-report.json');
  const gitlab = await shell(script('check'), folder, env);
  expect(gitlab.code).toBe(1);
  expect(JSON.parse(readFileSync(report, 'utf8'))[0]).toMatchObject({ location: { path: runbook } });
  expect(gitlab.output).toContain('There is no role "nobody"');
});

test('the check of a good plan leaves a preview: the site, and the whole of it as one file', async () => {
  const beside = join(repository, '.firebreak');
  mkdirSync(beside, { recursive: true });
  // A build with the sources needs a folder below the repository, where their packages are found.
  const folder = mkdtempSync(join(beside, 'ci-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const place = await setting('github', files());
  cpSync(place.clone, folder, { recursive: true });
  const { env, temporary } = runner(folder);
  const { NODE_ENV: _, ...rest } = process.env;
  const ran = await runJob(jobOf('github', 'plan.yml', 'check'), folder, { ...rest, ...env, VITEST: undefined }, {});
  expect({ code: ran.code, output: ran.code === 0 ? '' : ran.output }).toEqual({ code: 0, output: '' });
  expect(readFileSync(join(temporary, 'preview/site/index.html'), 'utf8')).toContain('<h1');
  expect(existsSync(join(temporary, 'preview/plan.html.sha256'))).toBe(true);
});

test('GitLab: the site of the audience "public" is in the folder that Pages takes', async () => {
  const beside = join(repository, '.firebreak');
  mkdirSync(beside, { recursive: true });
  const folder = mkdtempSync(join(beside, 'ci-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const place = await setting('github', files());
  cpSync(place.clone, folder, { recursive: true });
  const { env } = runner(folder);
  const { NODE_ENV: _, ...rest } = process.env;
  const given = { ...rest, ...env, VITEST: undefined, SITE_READERS: 'everyone' };
  const { script } = gitlabJobs();
  const ran = await shell(script('pages'), folder, { ...given, CI_PAGES_URL: 'https://acme.gitlab.example.org/plan' });
  expect({ code: ran.code, output: ran.code === 0 ? '' : ran.output }).toEqual({ code: 0, output: '' });
  expect(readFileSync(join(folder, 'public/index.html'), 'utf8')).toContain('"/plan/');
  expect(JSON.parse(readFileSync(join(folder, 'public/manifest.json'), 'utf8'))).toMatchObject({ audience: 'public' });
  // Astro copies files out of it.
  const into = await shell('npx --no firebreak build --out public', folder, given);
  expect(into).toMatchObject({ code: 2, output: expect.stringContaining('cannot be built into public: ') });
  expect(into.output).not.toContain('node_modules');
});

test('what everyone can read is built for the audience "public" or not at all', async () => {
  const { folder, env } = runner(temporaryFolder());
  const build = jobOf('github', 'deploy.yml', 'build').steps.at(-2)?.run ?? '';
  const refused = await shell(build, folder, { ...env, SITE_READERS: 'everyone', SITE_AUDIENCE: 'internal' });
  expect(refused.code).toBe(1);
  expect(refused.output).toContain('only the audience "public"');
  expect(refused.output).not.toContain('npm');
});

test('Gitea: the site goes to a branch of its own, without a history, and the clone stays as it is', async () => {
  const place = await setting('gitea', files());
  const { folder, env, temporary } = runner(place.clone, place.forge);
  write(temporary, { 'site/index.html': '<h1>Plan</h1>', 'site/_firebreak/a.css': 'a{}' });
  const put = jobOf('gitea', 'deploy.yml', 'deploy').steps.at(-1)?.run ?? '';
  for (const text of ['one', 'two']) {
    write(temporary, { 'site/index.html': `<h1>${text}</h1>` });
    const { code, output } = await shell(put, folder, { ...env, GITHUB_TOKEN: apiToken });
    expect({ code, output }).toEqual({ code: 0, output: expect.not.stringContaining(apiToken) });
  }
  const at = (...words: string[]) => git(place.forge.bare, place.alice, ...words);
  expect(at('ls-tree', '-r', '--name-only', 'pages').split('\n')).toEqual(['_firebreak/a.css', 'index.html']);
  expect(at('show', 'pages:index.html')).toBe('<h1>two</h1>');
  expect(at('rev-list', '--count', 'pages')).toBe('1');
  expect(git(folder, place.alice, 'status', '--porcelain')).toBe('');
});
