/**
 * What the forge does with a plan by itself, and what somebody has to set there first: for the README of a plan's
 * repository. The workflows say the same beside each job.
 *
 * Sources beside those of the workflows: docs.gitlab.com/user/project/settings/project_access_tokens (where they are made;
 * on GitLab.com they need Premium or Ultimate), docs.gitlab.com/ci/pipelines/schedules (who can own a schedule),
 * docs.gitlab.com/ci/variables (masked, protected).
 */

import type { CiOptions } from './options.ts';

type Where = Pick<CiOptions, 'forge' | 'branch' | 'deploy'>;

interface Work {
  /** Where it is written. */
  file: string;
  check: string;
  /** Each with what has to be set before it is done. */
  lessons: string;
  upkeep: string;
  site: string;
  more?: string;
}

/** A section of the README; empty where the forge does nothing by itself. */
export function doneByItself({ forge, branch, deploy }: Where): string {
  if (forge === 'git') return '';
  const { file, check, lessons, upkeep, site, more } = works[forge];
  const rows = [
    [
      `checks every push and ${request[forge]}, keeps a preview of the site, tells what a ${request[forge]} changes`,
      check,
    ],
    [`makes a ${request[forge]} of every lesson whose changes are not in the plan`, lessons],
    ['on Mondays: keeps one issue that lists what is overdue or falls due, for its owners', upkeep],
    [
      'puts the site where its readers find it',
      deploy ? `${site} Who can read it was told to \`init\`.` : `${site} ${readers[forge]}`,
    ],
  ];
  return `
## What happens by itself

${file} holds what the forge does with the plan:

| what | what has to be set first |
| --- | --- |
${rows.map(([what, first]) => `| ${what} | ${first} |`).join('\n')}
${more ? `\n${more.replaceAll('BRANCH', branch)}\n` : ''}`;
}

const request = { github: 'pull request', gitea: 'pull request', gitlab: 'merge request' } as const;

const anyone = '`everyone`, or the words for who else it is; until then it is put nowhere.';
const readers = {
  github: `Settings, Secrets and variables, Actions, Variables: \`SITE_READERS\` = ${anyone}`,
  gitea: `Settings, Actions, Variables: \`SITE_READERS\` = ${anyone}`,
  gitlab: `Settings, CI/CD, Variables: \`SITE_READERS\` = ${anyone}`,
} as const;

const works: Record<keyof typeof request, Work> = {
  github: {
    file: '`.github/workflows/`',
    check: 'nothing',
    lessons: 'Settings, Actions, General: “Allow GitHub Actions to create and approve pull requests”.',
    upkeep: 'nothing',
    site: 'Settings, Pages, Source: “GitHub Actions”.',
  },
  gitea: {
    file: '`.gitea/workflows/`, which Forgejo reads too,',
    check: 'Actions are on for the repository (Settings), and a runner with the label `ubuntu-latest` takes its jobs.',
    lessons: 'nothing more',
    upkeep: 'nothing more; schedules are run by Gitea 1.21 or newer, and by Forgejo.',
    site: 'A server that shows the branch `pages`.',
  },
  gitlab: {
    file: '`.gitlab-ci.yml`',
    check: 'nothing. For the difference as a comment too: token 1 below.',
    lessons: 'token 2 below',
    upkeep: 'token 3 below, and a schedule',
    site: 'GitLab Pages.',
    more: `GitLab gives a job no token that may comment, push or write issues, so each of these gets one of its own that can do no more:

| token | role | scopes | stored as the variable |
| --- | --- | --- | --- |
| 1 | Reporter | \`api\` | \`FIREBREAK_COMMENT_TOKEN\`, masked |
| 2 | Developer | \`api\`, \`write_repository\` | \`GITLAB_TOKEN\`, masked and protected |
| 3 | Reporter | \`api\` | \`FIREBREAK_UPKEEP_TOKEN\`, masked and protected |

- **A token**: Settings, Access tokens, Add new token, with the role and the scopes above and the last day that it may hold. Put that day into a calendar: without the token its job is left out, or fails. On GitLab.com this needs Premium or Ultimate; without, use a personal access token of an account that is a member of this project alone, with that role.
- **A variable**: Settings, CI/CD, Variables, Add variable, with the name and the marks above.
- **The schedule**: Build, Pipeline schedules, New schedule; interval pattern \`17 5 * * 1\`, target branch \`BRANCH\`. It runs as whoever makes it, who has to be allowed to merge into the branch. “Run” beside it tries it at once: the jobs \`upkeep\` and \`upkeep-issue\` are there only when token 3 is.`,
  },
};
