/** The workflows that a plan's repository is given: whether forges understand them, and what they may do. */

import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { doneByItself } from '../../src/cli/plan-repository/ci/by-itself.ts';
import { ciFiles } from '../../src/cli/plan-repository/ci/index.ts';
import type { CiOptions } from '../../src/cli/plan-repository/ci/options.ts';

const gitlabLocal = fileURLToPath(new URL('../../node_modules/.bin/gitlab-ci-local', import.meta.url));
const aloneIn = (folder: string) => ({ PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1' });

const options: CiOptions = { forge: 'github', branch: 'main', contentFolder: 'content' };
const stated: CiOptions = { ...options, deploy: { readers: 'staff, through the sign-in', audience: 'internal' } };

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
  if?: string;
}
interface Job {
  permissions?: Record<string, string>;
  if?: string;
  steps: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: unknown;
  jobs: Record<string, Job>;
}

const workflows = (given: CiOptions) =>
  [...ciFiles(given)].map(([path, text]) => ({ path, text, workflow: parse(text) as Workflow }));
const onActions = (['github', 'gitea'] as const).flatMap((forge) => [
  ...workflows({ ...options, forge }),
  ...workflows({ ...stated, forge }),
]);
const stepsOf = ({ workflow }: { workflow: Workflow }) => Object.values(workflow.jobs).flatMap(({ steps }) => steps);

test.each(['github', 'gitlab', 'gitea'] as const)('the README says all that has to be set on %s', (forge) => {
  const told = doneByItself({ ...options, forge, branch: 'trunk' });
  const text = [...ciFiles({ ...options, forge, branch: 'trunk' }).values()].join('\n');
  // What no forge sets by itself, and no line of a job.
  const ours = text.match(/\b(FIREBREAK_\w+|GITLAB_TOKEN|SITE_READERS)\b/g) ?? [];
  expect(ours).toContain('SITE_READERS');
  for (const name of new Set(ours)) expect(told).toContain(`\`${name}\``);
  expect(told.includes('`trunk`')).toBe(forge === 'gitlab');
  expect(doneByItself({ ...stated, forge })).not.toContain('SITE_READERS');
});

test('where nothing is done by itself, nothing is told', () => {
  expect(doneByItself({ ...options, forge: 'git' })).toBe('');
});

describe('GitHub and those who read its notation', () => {
  test.each(onActions)('$path is what the parser of GitHub takes', async ({ path, text }) => {
    const parsed = parseWorkflow({ name: path, content: text }, new NoOperationTraceWriter());
    expect(parsed.context.errors.getErrors()).toEqual([]);
    const { errors } = await convertWorkflowTemplate(parsed.context, parsed.value as never);
    expect(errors ?? []).toEqual([]);
  });

  test('the parser would say what is wrong', () => {
    const content = 'on: push\njobs:\n  one:\n    runs-on: x\n    stepz: []\n    steps: []\n';
    const { context } = parseWorkflow({ name: 'x.yml', content }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().length).toBeGreaterThan(0);
  });

  test.each(onActions)('$path: every job states its rights, and has none besides', ({ workflow }) => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeDefined();
  });

  test('only who comments, proposes or deploys may write, and only that', () => {
    const writing = onActions.flatMap(({ path, workflow }) =>
      Object.entries(workflow.jobs).flatMap(([name, { permissions = {} }]) =>
        Object.entries(permissions)
          .filter(([, right]) => right === 'write')
          .map(([scope]) => `${path} ${name} ${scope}`),
      ),
    );
    expect([...new Set(writing)]).toEqual([
      '.github/workflows/comment.yml comment pull-requests',
      '.github/workflows/lessons.yml propose contents',
      '.github/workflows/lessons.yml propose pull-requests',
      '.github/workflows/upkeep.yml issue issues',
      '.github/workflows/deploy.yml deploy pages',
      '.github/workflows/deploy.yml deploy id-token',
      '.gitea/workflows/comment.yml difference pull-requests',
      '.gitea/workflows/lessons.yml propose contents',
      '.gitea/workflows/lessons.yml propose pull-requests',
      '.gitea/workflows/upkeep.yml issue issues',
      '.gitea/workflows/deploy.yml deploy contents',
    ]);
  });

  test('what a stranger can begin has neither a right to write nor a secret', () => {
    const strangers = onActions.filter(({ workflow }) => 'pull_request' in workflow.on);
    expect(strangers.map(({ path }) => path)).toContain('.github/workflows/plan.yml');
    for (const { text, workflow } of strangers) {
      expect(text).not.toMatch(/\$\{\{[^}]*(secrets|token)/);
      for (const { permissions } of Object.values(workflow.jobs)) expect(permissions).toEqual({ contents: 'read' });
    }
  });

  test('who comments on GitHub checks nothing out and installs nothing', () => {
    const [comment] = onActions.filter(({ path }) => path === '.github/workflows/comment.yml');
    expect(Object.keys(comment?.workflow.on ?? {})).toEqual(['workflow_run']);
    const used = comment ? stepsOf(comment) : [];
    expect(used.map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/download-artifact', undefined]);
    expect(comment?.text).not.toMatch(/npm|npx|git /);
  });

  test('upkeep runs by the calendar on the default branch, and who writes the issue on GitHub installs nothing', () => {
    for (const forge of ['github', 'gitea'] as const) {
      const [upkeep] = onActions.filter(({ path }) => path === `.${forge}/workflows/upkeep.yml`);
      expect(upkeep?.workflow.on).toEqual({ schedule: [{ cron: '17 5 * * 1' }], workflow_dispatch: null });
      expect(Object.values(upkeep?.workflow.jobs ?? {})[0]?.if).toContain('github.event.repository.default_branch');
      const writing = Object.values(upkeep?.workflow.jobs ?? {}).find(({ permissions }) => permissions?.['issues']);
      const steps = writing?.steps ?? [];
      if (forge === 'github') expect(JSON.stringify(steps)).not.toMatch(/npm |npx |checkout/);
      // The token is where nothing of a package runs any more.
      expect(steps.filter(({ env }) => env && 'TOKEN' in env).map(({ name }) => name)).toEqual(['Keep the issue']);
      expect(steps.at(-1)?.name).toBe('Keep the issue');
    }
  });

  test('who comments on Gitea has the branch that is to be changed, and of the pull request only objects', () => {
    const [comment] = onActions.filter(({ path }) => path === '.gitea/workflows/comment.yml');
    expect(Object.keys(comment?.workflow.on ?? {})).toEqual(['pull_request_target']);
    const steps = comment ? stepsOf(comment) : [];
    const checkout = steps.find(({ uses }) => uses?.includes('actions/checkout'));
    expect(checkout?.with).toEqual({ 'fetch-depth': 0, 'persist-credentials': false });
    for (const { run = '' } of steps) expect(run).not.toMatch(/git (checkout|switch|merge |pull|reset|worktree)/);
  });

  test('nothing that others write gets into a line of shell', () => {
    for (const workflow of onActions) for (const { run = '' } of stepsOf(workflow)) expect(run).not.toContain('${{');
  });

  test('actions are pinned to a commit, with the version beside it', () => {
    for (const { text } of onActions)
      for (const [line] of text.matchAll(/^.*uses: .*$/gm))
        expect(line).toMatch(
          /uses: (https:\/\/github\.com\/)?actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+(-node20)?$/,
        );
  });

  test('no clone keeps credentials, no package runs a script, and no job shares a cache', () => {
    for (const workflow of onActions)
      for (const { uses, with: given, run = '' } of stepsOf(workflow)) {
        if (uses?.includes('/checkout@')) expect(given).toMatchObject({ 'persist-credentials': false });
        if (uses?.includes('/setup-node@')) expect(given).toMatchObject({ 'package-manager-cache': false });
        if (/npm (ci|install)/.test(run)) expect(run).toContain('--ignore-scripts');
        expect(uses ?? '').not.toContain('actions/cache');
      }
  });

  test('a token is in the environment of single steps, never of a job', () => {
    for (const { workflow } of onActions)
      for (const job of Object.values(workflow.jobs)) expect(job).not.toHaveProperty('env');
  });

  test('nothing is deployed until somebody says who can read the host', () => {
    for (const forge of ['github', 'gitea'] as const) {
      const first = (given: CiOptions) =>
        Object.values(workflows(given).find(({ path }) => path.endsWith('deploy.yml'))?.workflow.jobs ?? {})[0];
      expect(first({ ...options, forge })?.if).toMatch(/^vars\.SITE_READERS != ''/);
      expect(JSON.stringify(first({ ...options, forge }))).toContain("vars.SITE_AUDIENCE || 'public'");
      expect(JSON.stringify(first({ ...stated, forge }))).toContain('"SITE_READERS":"staff, through the sign-in"');
      expect(JSON.stringify(first({ ...stated, forge }))).toContain('"SITE_AUDIENCE":"internal"');
    }
  });
});

describe('GitLab', () => {
  const pipeline = (given: CiOptions) => {
    const [text = ''] = ciFiles({ ...given, forge: 'gitlab' }).values();
    return { text, jobs: parse(text) as Record<string, { rules?: { if: string }[]; script?: string[] }> };
  };

  test.each([
    ['as it is written first', options],
    ['with a deployment', stated],
  ])('%s, the published schema takes it', async (_, given) => {
    const folder = mkdtempSync(join(tmpdir(), 'firebreak-ci-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, '.gitlab-ci.yml'), pipeline(given).text);
    const git = (...words: string[]) => execFileSync('git', ['-C', folder, ...words]);
    git('init', '--quiet', '--initial-branch', 'main');
    git('remote', 'add', 'origin', 'https://gitlab.example.org/security/plan.git');
    const listed = await promisify(execFile)(gitlabLocal, ['--list-json'], { cwd: folder, env: aloneIn(folder) });
    expect(listed.stderr).toContain('json schema validated');
    expect((JSON.parse(listed.stdout) as { name: string }[]).map(({ name }) => name)).toEqual([
      'check',
      'difference',
      'comment',
      'lessons',
      'upkeep',
      'upkeep-issue',
      'pages',
    ]);
    const broken = pipeline(given).text.replace('script:', 'scripts:');
    writeFileSync(join(folder, '.gitlab-ci.yml'), broken);
    const refused = promisify(execFile)(gitlabLocal, ['--list-json'], { cwd: folder, env: aloneIn(folder) });
    await expect(refused).rejects.toThrow();
  });

  test('a branch that is not the default one gets no token: who proposes and deploys runs on the default branch alone', () => {
    const { jobs } = pipeline(options);
    for (const name of ['lessons', 'pages'])
      for (const { if: condition } of jobs[name]?.rules ?? [{ if: '' }])
        expect(condition).toMatch(/^\$CI_COMMIT_BRANCH == \$CI_DEFAULT_BRANCH && \$/);
    expect(pipeline(stated).jobs['pages']).toMatchObject({ variables: { SITE_AUDIENCE: 'internal' } });
  });

  test('who keeps the issue of upkeep has a token of its own, on a schedule of the default branch alone', () => {
    const { jobs } = pipeline(options);
    expect(jobs['upkeep-issue']).toMatchObject({ variables: { GIT_STRATEGY: 'none' }, needs: ['upkeep'] });
    expect(JSON.stringify(jobs['upkeep-issue'])).not.toMatch(/npm |npx /);
    for (const name of ['upkeep', 'upkeep-issue'])
      expect(jobs[name]?.rules?.map(({ if: condition }) => condition)).toEqual([
        '$CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $FIREBREAK_UPKEEP_TOKEN',
      ]);
  });

  test('who comments has a token of its own, and neither the files nor the packages of the merge request', () => {
    const { jobs } = pipeline(options);
    expect(jobs['comment']).toMatchObject({ variables: { GIT_STRATEGY: 'none' }, needs: ['difference'] });
    expect(JSON.stringify(jobs['comment'])).not.toMatch(/npm |npx /);
  });
});

test('plain git runs nothing', () => {
  expect(ciFiles({ ...options, forge: 'git' }).size).toBe(0);
});

test('another branch and another folder stand where they belong', () => {
  for (const forge of ['github', 'gitlab', 'gitea'] as const) {
    const all = [...ciFiles({ ...options, forge, branch: 'release/plan', contentFolder: 'docs/plan' }).values()].join();
    expect(all).toContain('docs/plan/lessons/');
    expect(all).toContain('--content docs/plan');
    const here = [...ciFiles({ ...options, forge, contentFolder: '.' }).values()].join();
    expect(here).toMatch(/"lessons\/\*\*/);
    expect(here).not.toContain('--content');
  }
});

test.each([
  ['branch', '--upload-pack=x'],
  ['branch', 'a b'],
  ['branch', '"; echo'],
  ['branch', 'feature/*'],
  ['contentFolder', '../elsewhere'],
  ['contentFolder', '/etc'],
  ['contentFolder', '$(x)'],
  ['contentFolder', 'a//b'],
])('a %s called %s is refused', (name, value) => {
  expect(() => ciFiles({ ...options, [name]: value })).toThrow(RangeError);
});

test('what everyone can read is for the public audience', () => {
  const with_ = (deploy: CiOptions['deploy']) => () => ciFiles({ ...options, deploy });
  expect(with_({ readers: 'everyone' })().size).toBe(5);
  expect(with_({ readers: 'everyone', audience: 'internal' })).toThrow('public');
  expect(with_({ readers: 'staff\n  evil: true' })).toThrow(RangeError);
});
