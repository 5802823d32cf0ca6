/**
 * Gitea and Forgejo Actions; Forgejo reads `.gitea/workflows` where there is no `.forgejo/workflows`.
 *
 * Sources: docs.gitea.com/usage/actions/comparison and .../token-permissions (`permissions` counts from Gitea 1.26 on and
 * is passed over before), go-gitea/gitea#25229 (`pull_request_target` runs the workflow of the base branch),
 * forgejo.org/docs/latest/user/actions (the same, and that a fork's pull request has neither secrets nor a token that
 * writes), go-gitea/gitea#26655 (`schedule`, from Gitea 1.21 on). Neither has GitHub's annotations, so the check is told in the log.
 */

import { actions } from './actions.ts';
import type { CiOptions } from './options.ts';
import { contentOption, engine, identity, indented, postComment, signIn } from './shell.ts';
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

export function giteaFiles(options: CiOptions): Map<string, string> {
  return new Map([
    ['.gitea/workflows/plan.yml', plan(options)],
    ['.gitea/workflows/comment.yml', comment(options)],
    ['.gitea/workflows/lessons.yml', lessons(options)],
    ['.gitea/workflows/upkeep.yml', upkeep(options)],
    ['.gitea/workflows/deploy.yml', deploy(options)],
  ]);
}

// A whole address, since servers differ in where they look for an action that has none.
const begin = beginning('https://github.com/');

const plan = (
  options: CiOptions,
) => `# Checks the plan and builds the site. Pull requests from forks run this with a token that can only read, and without
# secrets. A plan is data: nothing in it is executed.
name: Plan

on:
  push:
    branches: [${JSON.stringify(options.branch)}]
  pull_request:

permissions: {}

jobs:
  check:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      ${begin}
      - name: Check the plan
        run: ${engine} check${contentOption(options)}
      ${keepPreview(options, `https://github.com/${actions.uploadArtifactOfOthers}`)}
`;

const comment = (
  options: CiOptions,
) => `# Tells on each pull request, also from a fork, what it changes. It runs from the branch that is to be changed, with the
# engine of that branch: of the pull request only git objects are fetched, no file of it is checked out, and a plan is
# data. The right to write is in the last step alone, which installs nothing.
name: Comment

on:
  pull_request_target:
    types: [opened, reopened, synchronize]

permissions: {}

jobs:
  difference:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      pull-requests: write
    steps:
      ${begin}
      - name: Tell what changes
        env:
          GITHUB_TOKEN: \${{ github.token }}
          NUMBER: \${{ github.event.pull_request.number }}
          HEAD: \${{ github.event.pull_request.head.sha }}
          BASE: \${{ github.event.pull_request.base.sha }}
        run: |
          set -eu
          ${indented(signIn('x-access-token', 'GITHUB_TOKEN'), 10)}
          git fetch --quiet --no-tags origin "refs/pull/$NUMBER/head"
          unset GITHUB_TOKEN
          ${engine} diff "$(git merge-base "$BASE" "$HEAD")" "$HEAD" --format markdown${contentOption(options)} > "$RUNNER_TEMP/difference.md"
      - name: Post it
        env:
          FILE: \${{ runner.temp }}/difference.md
          TOKEN: \${{ github.token }}
          COMMENTS: \${{ github.api_url }}/repos/\${{ github.repository }}/issues/\${{ github.event.pull_request.number }}/comments
          COMMENT: \${{ github.api_url }}/repos/\${{ github.repository }}/issues/comments
          METHOD: PATCH
          AUTHORS: gitea-actions forgejo-actions
        run: |
          node --input-type=module - <<'END'
          ${indented(postComment, 10)}
          END
`;

const lessons = (
  options: CiOptions,
) => `# Makes a pull request of each lesson whose changes are not in the plan yet, so that a lesson that was written on a phone
# becomes changed runbooks. A pull request that is opened with this token starts no workflow: the text of the pull
# request carries the result of the check and the difference.
name: Lessons

${onLessons(options)}

permissions: {}

jobs:
  propose:
    if: github.ref_name == github.event.repository.default_branch
    runs-on: ubuntu-latest
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
# is mentioned for a role stands under upkeep.mention in plan.yaml. The right to write is in the last step alone, which
# installs nothing.
name: Upkeep

${onMondays}

permissions: {}

jobs:
  issue:
    if: ${onDefaultBranch}
    runs-on: ubuntu-latest
    permissions:
      contents: read
      issues: write
    steps:
      ${begin}
      ${listUpkeep(options, '$RUNNER_TEMP/upkeep.md')}
      ${keepUpkeepIssue(`\${{ runner.temp }}/upkeep.md`, 'state=open&type=issues&limit=50', 'gitea-actions forgejo-actions')}
`;

const deploy = (
  options: CiOptions,
) => `# Puts the site on the branch "pages", for the server that shows it. Nothing is put there until somebody has said who can
# read that server${
  options.deploy
    ? ', as stands below.'
    : `: set the variable SITE_READERS (Settings, Actions, Variables) to "everyone", or to the words for who else
# it is. Only the audience "public" is built, unless the variable SITE_AUDIENCE names another one. SITE_BASE is the path
# under which the site is served, such as /plan/.`
}
name: Deploy

on:
  push:
    branches: [${JSON.stringify(options.branch)}]
  workflow_dispatch:

permissions: {}

jobs:
  deploy:
    if: ${whenReadersAreKnown(options)}
    runs-on: ubuntu-latest
    permissions:
      contents: write
    steps:
      ${begin}
      ${buildForReaders(options, `\${{ vars.SITE_BASE || '/' }}`)}
      - name: Put it on the branch "pages"
        env:
          GITHUB_TOKEN: \${{ github.token }}
        run: |
          set -eu
          ${indented(`${identity}\n${signIn('x-access-token', 'GITHUB_TOKEN')}`, 10)}
          # A commit without a parent: the branch holds the site as it is now, and none that was.
          export GIT_INDEX_FILE="$RUNNER_TEMP/site.index"
          rm -f "$GIT_INDEX_FILE"
          git -C "$RUNNER_TEMP/site" --git-dir "$PWD/.git" --work-tree . add --all --force .
          commit="$(git commit-tree -m "Site of $(git rev-parse --short HEAD)" "$(git write-tree)")"
          git push --quiet --force origin "$commit:refs/heads/pages"
`;
