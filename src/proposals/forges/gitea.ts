/**
 * Gitea and Forgejo, over REST.
 * Source: the servers' own description (/swagger.v1.json), against which the tests check each request.
 */

import type { ForgeRepository } from '../../model/forge-address.ts';
import { type ApiSettings, apiOf } from './api.ts';
import type { Branches, Forge, PullRequest } from './forge.ts';

type Connection = Pick<ApiSettings, 'fetch' | 'signal' | 'timeout'>;

const pageSize = 50;
const mostPages = 40;

/**
 * @param token of a person, or with a user the password that git's credential helper keeps
 */
export function gitea(
  repository: ForgeRepository,
  { token, user }: { token: string; user?: string },
  connection: Connection,
): Forge {
  // A repository is always owner/name; what comes before is where the server is mounted.
  const address = new URL(repository.address);
  const parts = address.pathname.split('/').filter(Boolean);
  const [owner = '', name = ''] = parts.slice(-2);
  const mount = parts
    .slice(0, -2)
    .map((part) => `/${part}`)
    .join('');
  const basic = Buffer.from(`${user}:${token}`).toString('base64');
  const ask = apiOf({
    ...connection,
    name: 'The forge',
    address: `${address.origin}${mount}/api/v1`,
    headers: { Authorization: user === undefined ? `token ${token}` : `Basic ${basic}` },
    secrets: [token, basic],
  });
  const pulls = `/repos/${owner}/${name}/pulls`;
  async function* listed(state: 'open' | 'closed', branches: Branches): AsyncGenerator<Answer> {
    // Older servers know no filter by branch and list all: each is looked at here, too.
    for (let page = 1; page <= mostPages; page++) {
      const query = new URLSearchParams({ state, ...branches, page: `${page}`, limit: `${pageSize}` });
      const answers = (await ask({ method: 'GET', path: `${pulls}?${query}` })) as (Answer | null)[];
      for (const each of answers) if (each && isOf(each, branches)) yield each;
      if (answers.length === 0) return;
    }
  }
  return {
    name: 'Gitea',
    noun: 'pull request',
    repository,
    limits: { title: 255, body: 65_536 },
    async findPullRequest(branches) {
      for await (const each of listed('open', branches)) return pullRequestOf(each);
      return undefined;
    },
    async findDeclined(branches) {
      const found: PullRequest[] = [];
      for await (const each of listed('closed', branches)) if (!each.merged) found.push(pullRequestOf(each));
      return found;
    },
    async createPullRequest(branches, text) {
      return pullRequestOf((await ask({ method: 'POST', path: pulls, body: { ...branches, ...text } })) as Answer);
    },
    async updatePullRequest({ number }, text) {
      return pullRequestOf((await ask({ method: 'PATCH', path: `${pulls}/${number}`, body: text })) as Answer);
    },
  };
}

interface Answer {
  number: number;
  html_url: string;
  title: string;
  body?: string;
  merged?: boolean;
  base: { ref: string; repo_id: number };
  head: { ref: string; repo_id: number };
}

/** Of these branches, and not of a fork's branch of the same name. */
const isOf = ({ base, head }: Answer, branches: Branches) =>
  base.ref === branches.base && head.ref === branches.head && base.repo_id === head.repo_id;

const pullRequestOf = ({ number, html_url, title, body }: Answer): PullRequest => ({
  number,
  address: html_url,
  title,
  body: body ?? '',
});
