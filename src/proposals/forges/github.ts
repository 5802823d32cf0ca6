/**
 * GitHub and GitHub Enterprise, over REST.
 * Source: docs.github.com/rest/pulls/pulls; the tests check each request against GitHub's OpenAPI description.
 */

import type { ForgeRepository } from '../../model/forge-address.ts';
import { type ApiSettings, apiOf } from './api.ts';
import type { Forge, PullRequest } from './forge.ts';

type Connection = Pick<ApiSettings, 'fetch' | 'signal' | 'timeout'>;

/** github.com, a tenant of ghe.com, or a server of one's own, each with its address for programs. */
function apiAddress(repository: URL): string {
  if (repository.hostname === 'github.com') return 'https://api.github.com';
  if (repository.hostname.endsWith('.ghe.com')) return `https://api.${repository.host}`;
  return `${repository.origin}/api/v3`;
}

export function github(repository: ForgeRepository, token: string, connection: Connection): Forge {
  const address = new URL(repository.address);
  const [owner = '', name = ''] = address.pathname.split('/').filter(Boolean).slice(-2);
  const ask = apiOf({
    ...connection,
    name: 'GitHub',
    address: apiAddress(address),
    headers: {
      Accept: 'application/vnd.github+json',
      'X-GitHub-Api-Version': '2022-11-28',
      Authorization: `Bearer ${token}`,
    },
    secrets: [token],
  });
  const pulls = `/repos/${owner}/${name}/pulls`;
  return {
    name: 'GitHub',
    noun: 'pull request',
    repository,
    limits: { title: 256, body: 65_536 },
    async findPullRequest({ base, head }) {
      const query = new URLSearchParams({ state: 'open', head: `${decodeURIComponent(owner)}:${head}`, base });
      const [first] = (await ask({ method: 'GET', path: `${pulls}?${query}` })) as Answer[];
      return first && pullRequestOf(first);
    },
    async findDeclined({ base, head }) {
      const query = new URLSearchParams({ state: 'closed', head: `${decodeURIComponent(owner)}:${head}`, base });
      const listed = (await ask({ method: 'GET', path: `${pulls}?${query}` })) as Answer[];
      return listed.filter(({ merged_at }) => !merged_at).map(pullRequestOf);
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
  body?: string | null;
  merged_at?: string | null;
}

const pullRequestOf = ({ number, html_url, title, body }: Answer): PullRequest => ({
  number,
  address: html_url,
  title,
  body: body ?? '',
});
