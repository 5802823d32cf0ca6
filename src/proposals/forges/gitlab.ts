/**
 * GitLab: over REST where there is a token, else with git alone, by push options.
 * Sources: docs.gitlab.com/api/merge_requests (list with `source_branch`, create, update; 409 where one is open),
 * docs.gitlab.com/api/rest/authentication (a personal token goes into `Authorization: Bearer` as an OAuth token does),
 * docs.gitlab.com/topics/git/commit#push-options-for-merge-requests.
 */

import type { ForgeRepository } from '../../model/forge-address.ts';
import { type ApiSettings, apiOf } from './api.ts';
import { type Branches, type Forge, fittingTitle, type PullRequest } from './forge.ts';

type Connection = Pick<ApiSettings, 'fetch' | 'signal' | 'timeout'>;

const limits = { title: 255, body: 1_048_576 };

export function gitlab(repository: ForgeRepository, token: string, connection: Connection): Forge {
  const address = new URL(repository.address);
  const project = encodeURIComponent(decodeURIComponent(address.pathname.replace(/^\/+/, '')));
  const ask = apiOf({
    ...connection,
    name: 'GitLab',
    address: `${address.origin}/api/v4`,
    headers: { Authorization: `Bearer ${token}` },
    secrets: [token],
  });
  const requests = `/projects/${project}/merge_requests`;
  return {
    name: 'GitLab',
    noun: 'merge request',
    repository,
    limits,
    async findPullRequest({ base, head }) {
      const query = new URLSearchParams({ state: 'opened', source_branch: head, target_branch: base });
      const listed = (await ask({ method: 'GET', path: `${requests}?${query}` })) as Answer[];
      // A fork may have a branch of the same name.
      const found = listed.find((each) => each.source_project_id === each.target_project_id);
      return found && pullRequestOf(found);
    },
    async findDeclined({ base, head }) {
      // What was merged is in a state of its own.
      const query = new URLSearchParams({ state: 'closed', source_branch: head, target_branch: base });
      const listed = (await ask({ method: 'GET', path: `${requests}?${query}` })) as Answer[];
      return listed.filter((each) => each.source_project_id === each.target_project_id).map(pullRequestOf);
    },
    async createPullRequest({ base, head }, { title, body: description }) {
      const body = { source_branch: head, target_branch: base, title, description };
      return pullRequestOf((await ask({ method: 'POST', path: requests, body })) as Answer);
    },
    async updatePullRequest({ number }, { title, body: description }) {
      const body = { title, description };
      return pullRequestOf((await ask({ method: 'PUT', path: `${requests}/${number}`, body })) as Answer);
    },
  };
}

interface Answer {
  iid: number;
  web_url: string;
  title: string;
  description?: string | null;
  source_project_id?: number;
  target_project_id?: number;
}

const pullRequestOf = ({ iid, web_url, title, description }: Answer): PullRequest => ({
  number: iid,
  address: web_url,
  title,
  body: description ?? '',
});

/**
 * What a push says so that GitLab opens a merge request. git allows no line break in a push option, so the body is left
 * out: GitLab then takes it from the commit's message.
 */
export function pushOptions({ base }: Branches, title: string): string[] {
  return [
    'merge_request.create',
    `merge_request.target=${base}`,
    `merge_request.title=${fittingTitle(title.replaceAll('\0', ''), limits.title)}`,
  ];
}
