/** Lines of shell that the workflows of all forges share. Each is run for real by test/cli/ci.test.ts. */

import type { CiOptions } from './options.ts';

/** The engine as the repository's lockfile names it; npx gives it the Node that is locked with it. */
export const engine = 'npx --no firebreak';

/** No script of a package is run while it is installed. */
export const install = 'npm ci --ignore-scripts';

/** Version of Node that installs the packages; the engine itself runs on the one in the lockfile. */
export const node = '24';

/** ` --content plan`, where the plan is not where it is looked for first. */
export function contentOption({ contentFolder }: CiOptions): string {
  return ['content', '.'].includes(contentFolder) ? '' : ` --content ${contentFolder}`;
}

/** Path of something in the plan, from the root of the repository. */
export function inPlan({ contentFolder }: CiOptions, path: string): string {
  return contentFolder === '.' ? path : `${contentFolder}/${path}`;
}

/** Lines with some room before each, to stand in a block of YAML. */
export function indented(lines: string, room: number): string {
  return lines.trim().replace(/\n(?=.)/g, `\n${' '.repeat(room)}`);
}

/**
 * git signs in with a token that stands in no file and no address: the helper prints it out of the environment of the
 * one step that has it.
 */
export const signIn = (user: string, variable: string) =>
  `git config --local credential.helper '!f() { test "$1" = get && echo "username=${user}" && echo "password=$${variable}"; }; f'`;

/** Who commits the changes of a lesson: a program, and it says so. */
export const identity = `git config --local user.name 'Firebreak'
git config --local user.email 'firebreak@noreply.invalid'`;

/** The site for those who can read the host, and for nobody else. */
export const guardReaders = `if [ "$SITE_READERS" = everyone ] && [ "$SITE_AUDIENCE" != public ]; then
  echo 'Everyone can read the host, so only the audience "public" may be built for it.' >&2
  exit 1
fi`;

/** How a script of a job asks its forge. @param body what is sent, as an expression of what `ask` was given */
const asking = (body: string) => `async function ask(address, method = 'GET', body = undefined) {
  const answer = await fetch(address, {
    method,
    redirect: 'error',
    headers: { accept: 'application/json', authorization: 'Bearer ' + TOKEN, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(${body}) } : {}),
  });
  if (!answer.ok) throw new Error(method + ' ' + new URL(address).pathname + ': ' + answer.status);
  return answer.json();
}`;

/**
 * Posts a file as the one comment of a pull request, or brings that comment up to date. It stands in the workflow and
 * not in the engine, so that the job with the right to write installs and runs no package at all.
 *
 * The file comes from a job that anybody may change: it is text. Headings and list items stay, all else that Markdown
 * or the forge would read is taken apart: mentions, links, pictures, HTML, references to other pull requests.
 *
 * Environment: FILE; TOKEN; COMMENTS, the address that lists comments and takes new ones; COMMENT, the address that a
 * comment's id is put behind; METHOD that changes one; AUTHORS, whose comments are ours. On GitHub PULLS, HEAD and SHA
 * find the number of the pull request, since a run does not say to which pull request of a fork it belongs; it
 * stands in the addresses as :number.
 */
export const postComment = String.raw`
import { readFile } from 'node:fs/promises';

const { FILE, TOKEN, COMMENTS, COMMENT, METHOD, AUTHORS, PULLS, HEAD, SHA } = process.env;
const mark = '<!-- firebreak difference -->';

${asking('{ body }')}

function inert(text) {
  const plain = text.slice(0, 50_000).replace(/[^\P{C}\n]/gu, '').replace(/\\([!-/:-@[-${'`'}{-~])/g, '$1');
  return plain.replace(/^(### |- |)(.*)$/gm, (line, lead, rest) =>
    lead + rest
      .replace(/[\\${'`'}*_[\]<>|~!&$]/g, '\\$&')
      .replace(/[@#]|:(?=\/\/)|www(?=\.)|GH(?=-\d)/gi, '$&\u200B')
      .replace(/^(\s*)([-+=]|\d+(?=[.)]))/, '$1\\$2'));
}

async function pullRequest() {
  if (!PULLS) return '';
  const listed = await ask(PULLS + '?state=open&head=' + encodeURIComponent(HEAD));
  return listed.find((each) => each.head.sha === SHA)?.number;
}

async function ours(address) {
  for (let page = 1; page <= 10; page++) {
    const listed = await ask(address + '?per_page=100&limit=100&page=' + page);
    const found = listed.find(({ body, user, author }) =>
      body?.startsWith(mark) && AUTHORS.split(' ').includes((user?.login ?? author?.username) || ''));
    if (found || listed.length < 100) return found?.id;
  }
}

const number = await pullRequest();
if (number === undefined) {
  console.log('The pull request is closed or has newer commits; nothing is said.');
} else {
  const address = COMMENTS.replace(':number', number);
  const body = mark + '\n## What changes in the plan\n\n' + inert(await readFile(FILE, 'utf8'));
  const known = await ours(address);
  if (known) await ask(COMMENT.replace(':number', number) + '/' + known, METHOD, body);
  else await ask(address, 'POST', body);
}
`;

/**
 * Keeps one issue with the text of a file: opens it, brings it up to date where the text has changed, and closes it when
 * the file is empty. It stands in the workflow for the reason that `postComment` does.
 *
 * The file comes from the default branch and from the engine, which takes apart whatever titles could mean to a forge.
 *
 * Environment: FILE; TOKEN; ISSUES, the address that lists issues and takes new ones; OPEN, the query that lists those
 * that are open, page by page; METHOD that changes one; TEXT, what a forge calls the text of an issue; CLOSE, the
 * property and the value that close one; AUTHORS, whose issues are ours; TITLE.
 */
export const keepIssue = String.raw`
import { readFile } from 'node:fs/promises';

const { FILE, TOKEN, ISSUES, OPEN, METHOD, TEXT, CLOSE, AUTHORS, TITLE } = process.env;
const mark = '<!-- firebreak upkeep -->';

${asking('body')}

async function ours() {
  for (let page = 1; page <= 40; page++) {
    const listed = await ask(ISSUES + '?' + OPEN + '&page=' + page);
    const found = listed.find((each) =>
      !each.pull_request && each[TEXT]?.startsWith(mark)
        && AUTHORS.split(' ').includes((each.user?.login ?? each.author?.username) || ''));
    if (found || listed.length === 0) return found;
  }
}

const text = (await readFile(FILE, 'utf8')).trim();
const body = mark + '\n' + text;
const known = await ours();
const address = known && ISSUES + '/' + (known.iid ?? known.number);
if (!text && !known) console.log('Nothing is due, and no issue is open.');
else if (!text) await ask(address, METHOD, Object.fromEntries([CLOSE.split('=')]));
else if (!known) await ask(ISSUES, 'POST', { title: TITLE, [TEXT]: body });
else if (known[TEXT].replaceAll('\r', '') === body) console.log('Nothing has changed.');
else await ask(address, METHOD, { [TEXT]: body });
`;
