/**
 * Steps of jobs in the notation of GitHub Actions, which Gitea and Forgejo read too. Each begins where it stands in its
 * workflow, and its other lines have the room of a step before them.
 */

import { actions } from './actions.ts';
import type { CiOptions } from './options.ts';
import {
  contentOption,
  engine,
  guardReaders,
  identity,
  indented,
  inPlan,
  install,
  keepIssue,
  node,
  signIn,
} from './shell.ts';

/**
 * What every job begins with. Credentials do not stay in the clone, and no cache is shared with jobs that may write.
 *
 * @param server before the name of an action
 */
export const beginning = (server = '') => `- uses: ${server}${actions.checkout}
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: ${server}${actions.setupNode}
        with:
          node-version: ${node}
          package-manager-cache: false
      - name: Install the engine
        run: ${install}`;

/** @param upload the action that keeps a folder */
export const keepPreview = (
  options: CiOptions,
  upload: string,
) => `- name: Build the site, and the whole of it as one file that opens without a server
        run: |
          set -eu
          mkdir -p "$RUNNER_TEMP/preview"
          ${engine} build --out "$RUNNER_TEMP/preview/site"${contentOption(options)}
          ${engine} pack --site "$RUNNER_TEMP/preview/site" --out "$RUNNER_TEMP/preview/plan.html"
      # An artifact is read by those who can read the repository, and by nobody else.
      - name: Keep it as a preview
        uses: ${upload}
        with:
          name: preview
          path: \${{ runner.temp }}/preview
          retention-days: 14`;

/** When lessons are looked at: a lesson on the default branch was changed, or a person asks for it. */
export const onLessons = (options: CiOptions) => `on:
  push:
    branches: [${JSON.stringify(options.branch)}]
    paths: [${JSON.stringify(inPlan(options, 'lessons/**'))}]
  workflow_dispatch:`;

export const proposeLessons = (options: CiOptions) => `- name: Propose the changes of lessons
        env:
          GITHUB_TOKEN: \${{ github.token }}
        run: |
          set -eu
          ${indented(`${identity}\n${signIn('x-access-token', 'GITHUB_TOKEN')}`, 10)}
          ${engine} lesson propose --pending --forge ${options.forge}${contentOption(options)}`;

/** Nothing is deployed until somebody has said who can read the host. */
export const whenReadersAreKnown = ({ deploy }: CiOptions) =>
  `${deploy ? '' : "vars.SITE_READERS != '' && "}github.ref_name == github.event.repository.default_branch`;

/** @param base path under which the site is served, as an expression of the workflow */
export const buildForReaders = (
  options: CiOptions,
  base: string,
) => `- name: Build the site for those who can read the host
        env:
          SITE_READERS: ${options.deploy ? JSON.stringify(options.deploy.readers) : `\${{ vars.SITE_READERS }}`}
          SITE_AUDIENCE: ${options.deploy ? JSON.stringify(options.deploy.audience ?? 'public') : `\${{ vars.SITE_AUDIENCE || 'public' }}`}
          SITE_BASE: ${base}
        run: |
          set -eu
          ${indented(guardReaders, 10)}
          ${engine} build --audience "$SITE_AUDIENCE" --base "$SITE_BASE" --out "$RUNNER_TEMP/site"${contentOption(options)}`;

/** When upkeep is looked at: on Monday mornings, so that a week begins with what is due in it, or when a person asks. */
export const onMondays = `on:
  schedule:
    - cron: '17 5 * * 1'
  workflow_dispatch:`;

/** A schedule runs on the default branch alone. */
export const onDefaultBranch =
  "github.event_name == 'schedule' || github.ref_name == github.event.repository.default_branch";

/** @param file that is written */
export const listUpkeep = (options: CiOptions, file: string) => `- name: List what is due
        run: ${engine} upkeep --markdown${contentOption(options)} > "${file}"`;

/**
 * @param file as an expression of the workflow
 * @param open the query that lists the issues that are open, as the forge knows it
 * @param authors who opens an issue with the token of a job
 */
export const keepUpkeepIssue = (file: string, open: string, authors: string) => `- name: Keep the issue
        env:
          FILE: ${file}
          TOKEN: \${{ github.token }}
          TITLE: Upkeep of the plan
          ISSUES: \${{ github.api_url }}/repos/\${{ github.repository }}/issues
          OPEN: ${open}
          METHOD: PATCH
          TEXT: body
          CLOSE: state=closed
          AUTHORS: ${authors}
        run: |
          node --input-type=module - <<'END'
          ${indented(keepIssue, 10)}
          END`;
