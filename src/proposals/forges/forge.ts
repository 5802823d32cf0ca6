/** What a forge can do for a proposal, and nothing else. A new forge is a file beside this one and a line in index.ts. */

import type { ForgeRepository } from '../../model/forge-address.ts';

/** A pull request (GitLab: merge request) as the forge has it. */
export interface PullRequest {
  number: number;
  /** Where it is read in a browser. */
  address: string;
  title: string;
  body: string;
}

export interface PullRequestText {
  title: string;
  body: string;
}

/** Two branches of one repository. */
export interface Branches {
  /** That is to be changed. */
  base: string;
  /** That holds the change. */
  head: string;
}

export interface Forge {
  /** As people call it. */
  name: string;
  /** What it calls a pull request. */
  noun: 'pull request' | 'merge request';
  repository: ForgeRepository;
  /** The longest title and body that it takes, in UTF-16 code units. */
  limits: { title: number; body: number };
  /** The open pull request of a branch; undefined if there is none. @throws ProposalFailed */
  findPullRequest(branches: Branches): Promise<PullRequest | undefined>;
  /** The pull requests of a branch that were closed without being merged, the latest first. @throws ProposalFailed */
  findDeclined(branches: Branches): Promise<PullRequest[]>;
  /** @throws ProposalFailed, with reason `conflict` or `refused` where there is one already */
  createPullRequest(branches: Branches, text: PullRequestText): Promise<PullRequest>;
  /** Replaces title and body. @throws ProposalFailed */
  updatePullRequest(pullRequest: PullRequest, text: PullRequestText): Promise<PullRequest>;
}

/** A title as forges store it: one line, within a length; a longer one ends in an ellipsis. */
export function fittingTitle(title: string, limit: number): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length <= limit ? line : `${cut(line, limit - 1)}…`;
}

/** A body within a length; a longer one says at its end that it was cut. */
export function fittingBody(body: string, limit: number): string {
  const note = '\n\n_This text was too long for the forge and is cut here. The commit has all of it._\n';
  return body.length <= limit ? body : `${cut(body, limit - note.length)}${note}`;
}

/** The beginning of a text, without half a character at its end. */
const cut = (text: string, length: number) => text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
