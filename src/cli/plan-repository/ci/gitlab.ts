/**
 * GitLab CI.
 *
 * Sources: docs.gitlab.com/ci/yaml (keywords), docs.gitlab.com/ci/yaml/artifacts_reports (code quality),
 * docs.gitlab.com/ci/pipelines/merge_request_pipelines (a fork's pipeline runs in the fork, with the fork's variables),
 * docs.gitlab.com/user/project/pages (a job that publishes), docs.gitlab.com/ci/pipelines/schedules,
 * docs.gitlab.com/api/issues (`scope`, `state_event`, `description`).
 */

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
  postComment,
  signIn,
} from './shell.ts';

export function gitlabFiles(options: CiOptions): Map<string, string> {
  return new Map([['.gitlab-ci.yml', pipeline(options)]]);
}

/** Whose comments and issues are ours: those of the token. */
const ourName = `export AUTHORS="$(node --input-type=module -e '
  const answer = await fetch(process.env.CI_API_V4_URL + "/user", {
    redirect: "error",
    headers: { authorization: "Bearer " + process.env.TOKEN },
  });
  console.log((await answer.json()).username);
')"`;

const pipeline = (
  options: CiOptions,
) => `# Checks the plan, builds the site, tells on each merge request what it changes, makes merge requests of lessons, and puts
# the site on GitLab Pages. A plan is data: nothing in it is executed. The pipeline of a merge request from a fork runs
# in the fork, which has none of the variables of this project.

workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

stages: [check, lessons, upkeep, deploy]

variables:
  # The whole history: dates and differences come from it.
  GIT_DEPTH: "0"

.engine:
  # An image can be pinned by its digest, which your registry shows: node:${node}@sha256:…
  image: node:${node}
  before_script:
    - ${install}

check:
  extends: .engine
  stage: check
  interruptible: true
  script:
    # Once for the merge request, which shows each diagnostic at its line, and once more to be read here.
    - ${engine} check --format gitlab${contentOption(options)} > gl-code-quality-report.json || { ${engine} check${contentOption(options)}; exit 1; }
    - ${engine} build --out preview/site${contentOption(options)}
    - ${engine} pack --site preview/site --out preview/plan.html
  artifacts:
    when: always
    # Read by those who can read the repository, and by nobody else.
    expose_as: Preview of the site
    paths: [preview/]
    expire_in: 14 days
    reports:
      codequality: gl-code-quality-report.json

difference:
  extends: .engine
  stage: check
  interruptible: true
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - ${engine} diff "$CI_MERGE_REQUEST_DIFF_BASE_SHA" "\${CI_MERGE_REQUEST_SOURCE_BRANCH_SHA:-$CI_COMMIT_SHA}" --format markdown${contentOption(options)} > difference.md
    - cat difference.md
  artifacts:
    expose_as: What changes in the plan
    paths: [difference.md]
    expire_in: 14 days

# The merge request links to the difference. To have it posted as a comment too, set the variable FIREBREAK_COMMENT_TOKEN
# (masked) to an access token of this project with the role Reporter and the scope api: it can comment and change nothing.
# Whoever may push a branch to this project could read it; a fork cannot. It checks nothing out and installs nothing.
comment:
  stage: check
  image: node:${node}
  needs: [difference]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" && $FIREBREAK_COMMENT_TOKEN
  variables:
    GIT_STRATEGY: none
    FILE: difference.md
    METHOD: PUT
    COMMENTS: $CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes
    COMMENT: $CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes
  script:
    - |
      export TOKEN="$FIREBREAK_COMMENT_TOKEN"
      ${indented(ourName, 6)}
      node --input-type=module - <<'END'
      ${indented(postComment, 6)}
      END

# Makes a merge request of each lesson whose changes are not in the plan yet, so that a lesson that was written on a phone
# becomes changed runbooks. It needs an access token of this project with the role Developer and the scopes api and
# write_repository, as the variable GITLAB_TOKEN, masked and protected: then only protected branches have it.
lessons:
  extends: .engine
  stage: lessons
  resource_group: lessons
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $GITLAB_TOKEN
      changes: [${JSON.stringify(inPlan(options, 'lessons/**/*'))}]
  script:
    - |
      ${indented(`${identity}\n${signIn('oauth2', 'GITLAB_TOKEN')}`, 6)}
      git remote set-url origin "$CI_PROJECT_URL.git"
      ${engine} lesson propose --pending --forge gitlab${contentOption(options)}

# Keeps one issue that lists what is overdue or falls due, for those who see to it, and closes it when nothing is left. Who
# is mentioned for a role stands under upkeep.mention in plan.yaml. It needs a schedule (Build, Pipeline schedules, such as
# 17 5 * * 1 on the default branch) and an access token of this project with the role Reporter and the scope api, as the
# variable FIREBREAK_UPKEEP_TOKEN, masked and protected: it can write issues and change nothing. The job that has it
# checks nothing out and installs nothing.
upkeep:
  extends: .engine
  stage: upkeep
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $FIREBREAK_UPKEEP_TOKEN
  script:
    - ${engine} upkeep --markdown${contentOption(options)} > upkeep.md
  artifacts:
    paths: [upkeep.md]
    expire_in: 14 days

upkeep-issue:
  stage: upkeep
  image: node:${node}
  needs: [upkeep]
  resource_group: upkeep
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $FIREBREAK_UPKEEP_TOKEN
  variables:
    GIT_STRATEGY: none
    FILE: upkeep.md
    TITLE: Upkeep of the plan
    ISSUES: $CI_API_V4_URL/projects/$CI_PROJECT_ID/issues
    OPEN: state=opened&scope=created_by_me&per_page=100
    METHOD: PUT
    TEXT: description
    CLOSE: state_event=close
  script:
    - |
      export TOKEN="$FIREBREAK_UPKEEP_TOKEN"
      ${indented(ourName, 6)}
      node --input-type=module - <<'END'
      ${indented(keepIssue, 6)}
      END

# Puts the site on GitLab Pages. Nothing is put there until somebody has said who can read it${
  options.deploy
    ? ', as stands below.'
    : `: set the variable SITE_READERS to
# "everyone", or to the words for who else it is (Settings, General, Visibility, Pages). Only the audience "public" is built, unless
# the variable SITE_AUDIENCE names another one.`
}
pages:
  extends: .engine
  stage: deploy
  pages: true
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH${options.deploy ? '' : ' && $SITE_READERS'}${
      options.deploy
        ? `
  variables:
    SITE_READERS: ${JSON.stringify(options.deploy.readers)}
    SITE_AUDIENCE: ${JSON.stringify(options.deploy.audience ?? 'public')}`
        : ''
    }
  script:
    - |
      SITE_AUDIENCE="\${SITE_AUDIENCE:-public}"
      ${indented(guardReaders, 6)}
      ${engine} build --audience "$SITE_AUDIENCE" --base "$(node -p 'new URL(process.env.CI_PAGES_URL).pathname.replace(/\\/*$/, "/")')" --out site-dist${contentOption(options)}
      # Pages takes the folder public; Astro takes files out of it, and would not build into it.
      rm -rf public
      mv site-dist public
  artifacts:
    paths: [public]
`;
