/**
 * GitHub Actions.
 *
 * Sources: docs.github.com/actions/reference/workflows-and-actions/workflow-syntax (keys, permissions),
 * docs.github.com/actions/reference/security/secure-use (pinning, untrusted input through the environment),
 * docs.github.com/actions/concepts/security/github_token (what the job's own token does not trigger; forks),
 * docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule.
 */

import { actions } from './actions.ts';
import type { CiOptions } from './options.ts';
import { contentOption, engine, indented, postComment } from './shell.ts';
import {
  beginning,
  buildForReaders,
  keepPreview,
  keepUpkeepIssue,
  listUpkeep,
  onDefaultBranch,
  onLessons,
  onMondays,
  proposeLessons,
  whenReadersAreKnown,
} from './steps.ts';

export function githubFiles(options: CiOptions): Map<string, string> {
  return new Map([
    ['.github/workflows/plan.yml', plan(options)],
    ['.github/workflows/comment.yml', comment()],
    ['.github/workflows/lessons.yml', lessons(options)],
    ['.github/workflows/upkeep.yml', upkeep(options)],
    ['.github/workflows/deploy.yml', deploy(options)],
  ]);
}

const begin = beginning();

const plan = (
  options: CiOptions,
) => `# Checks the plan, builds the site, and tells on each pull request what it changes.
# Pull requests from forks run this with a token that can only read, and without secrets. A plan is data: nothing in it
# is executed.
name: Plan

on:
  push:
    branches: [${JSON.stringify(options.branch)}]
  pull_request:

permissions: {}

concurrency:
  group: plan-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    permissions:
      contents: read
    steps:
      ${begin}
      # Each diagnostic stands beside its line in the pull request.
      - name: Check the plan
        run: ${engine} check --format github${contentOption(options)}
      ${keepPreview(options, actions.uploadArtifact)}

  difference:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 20
    permissions:
      contents: read
    steps:
      ${begin}
      - name: Tell what changes
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
          HEAD: \${{ github.event.pull_request.head.sha }}
        run: |
          set -eu
          mkdir -p "$RUNNER_TEMP/difference"
          ${engine} diff "$(git merge-base "$BASE" "$HEAD")" "$HEAD" --format markdown${contentOption(options)} > "$RUNNER_TEMP/difference/difference.md"
          cat "$RUNNER_TEMP/difference/difference.md" >> "$GITHUB_STEP_SUMMARY"
      # comment.yml posts it.
      - uses: ${actions.uploadArtifact}
        with:
          name: difference
          path: \${{ runner.temp }}/difference
          retention-days: 14
`;

const comment =
  () => `# Posts what a pull request changes as a comment, also for pull requests from forks. It runs from the default branch with
# the right to comment, so it checks nothing out, installs nothing, and treats what the other run left as text.
name: Comment

on:
  workflow_run:
    workflows: [Plan]
    types: [completed]

permissions: {}

concurrency:
  group: comment-\${{ github.event.workflow_run.head_repository.full_name }}-\${{ github.event.workflow_run.head_branch }}

jobs:
  comment:
    if: github.event.workflow_run.event == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      actions: read
      pull-requests: write
    steps:
      - uses: ${actions.downloadArtifact}
        id: difference
        continue-on-error: true
        with:
          name: difference
          path: \${{ runner.temp }}/difference
          run-id: \${{ github.event.workflow_run.id }}
          github-token: \${{ github.token }}
      - name: Post it
        if: steps.difference.outcome == 'success'
        env:
          FILE: \${{ runner.temp }}/difference/difference.md
          TOKEN: \${{ github.token }}
          COMMENTS: \${{ github.api_url }}/repos/\${{ github.repository }}/issues/:number/comments
          COMMENT: \${{ github.api_url }}/repos/\${{ github.repository }}/issues/comments
          METHOD: PATCH
          AUTHORS: github-actions[bot]
          PULLS: \${{ github.api_url }}/repos/\${{ github.repository }}/pulls
          # From GitHub itself, not from what the other run left.
          HEAD: \${{ github.event.workflow_run.head_repository.owner.login }}:\${{ github.event.workflow_run.head_branch }}
          SHA: \${{ github.event.workflow_run.head_sha }}
        run: |
          node --input-type=module - <<'END'
          ${indented(postComment, 10)}
          END
`;

const lessons = (
  options: CiOptions,
) => `# Makes a pull request of each lesson whose changes are not in the plan yet, so that a lesson that was written on a phone
# becomes changed runbooks. A pull request that is opened with this token starts no workflow: the text of the pull
# request carries the result of the check and the difference. To let the checks run too, close and open it again.
# Settings, Actions, General: "Allow GitHub Actions to create and approve pull requests" has to be on.
name: Lessons

${onLessons(options)}

permissions: {}

concurrency:
  group: lessons

jobs:
  propose:
    if: github.ref_name == github.event.repository.default_branch
    runs-on: ubuntu-latest
    timeout-minutes: 20
    permissions:
      contents: write
      pull-requests: write
    steps:
      ${begin}
      ${proposeLessons(options)}
`;

const upkeep = (
  options: CiOptions,
) => `# Keeps one issue that lists what is overdue or falls due, for those who see to it, and closes it when nothing is left. Who
# is mentioned for a role stands under upkeep.mention in plan.yaml. The job that may write installs nothing.
# GitHub stops the schedule of a public repository in which nothing has happened for 60 days: start it again under Actions.
name: Upkeep

${onMondays}

permissions: {}

concurrency:
  group: upkeep

jobs:
  list:
    if: ${onDefaultBranch}
    runs-on: ubuntu-latest
    timeout-minutes: 20
    permissions:
      contents: read
    steps:
      ${begin}
      ${listUpkeep(options, '$RUNNER_TEMP/upkeep.md')}
      - uses: ${actions.uploadArtifact}
        with:
          name: upkeep
          path: \${{ runner.temp }}/upkeep.md
          retention-days: 14

  issue:
    needs: list
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      issues: write
    steps:
      - uses: ${actions.downloadArtifact}
        with:
          name: upkeep
          path: \${{ runner.temp }}/upkeep
      ${keepUpkeepIssue(`\${{ runner.temp }}/upkeep/upkeep.md`, 'state=open&creator=github-actions[bot]&per_page=100', 'github-actions[bot]')}
`;

const deploy = (
  options: CiOptions,
) => `# Puts the site on GitHub Pages. Pages can be read by everyone on most plans of GitHub, so nothing is put there until
# somebody has said who can read it${
  options.deploy
    ? ', as stands below.'
    : `: set the variable SITE_READERS (Settings, Secrets and variables, Actions,
# Variables) to "everyone", or to the words for who else it is. Only the audience "public" is built, unless the variable
# SITE_AUDIENCE names another one.`
}
name: Deploy

on:
  push:
    branches: [${JSON.stringify(options.branch)}]
  workflow_dispatch:

permissions: {}

concurrency:
  group: deploy

jobs:
  build:
    if: ${whenReadersAreKnown(options)}
    runs-on: ubuntu-latest
    timeout-minutes: 20
    permissions:
      contents: read
      pages: read
    steps:
      ${begin}
      - uses: ${actions.configurePages}
        id: pages
      ${buildForReaders(options, `\${{ steps.pages.outputs.base_path }}/`)}
      - uses: ${actions.uploadPages}
        with:
          path: \${{ runner.temp }}/site

  deploy:
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 20
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: \${{ steps.deployment.outputs.page_url }}
    steps:
      - uses: ${actions.deployPages}
        id: deployment
`;
