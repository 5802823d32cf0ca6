/** The pull request of a branch: found and brought up to date, or opened, never a second one. */

import { createHash } from 'node:crypto';
import { ProposalFailed } from './failure.ts';
import {
  type Branches,
  type Forge,
  fittingBody,
  fittingTitle,
  type PullRequest,
  type PullRequestText,
} from './forges/forge.ts';

export interface PullRequestOutcome {
  pullRequest: PullRequest;
  /** `kept`: somebody has edited its text, which is left to them. */
  state: 'opened' | 'updated' | 'unchanged' | 'kept';
}

/** @throws ProposalFailed */
export async function offer(forge: Forge, branches: Branches, text: PullRequestText): Promise<PullRequestOutcome> {
  const wanted = signed({
    title: fittingTitle(text.title, forge.limits.title),
    body: fittingBody(text.body, forge.limits.body - signatureLength),
  });
  const found = await forge.findPullRequest(branches);
  if (found) return await bringUpToDate(forge, found, wanted);
  try {
    return { pullRequest: await forge.createPullRequest(branches, wanted), state: 'opened' };
  } catch (reason) {
    // Another run may have opened it a moment ago.
    if (!(reason instanceof ProposalFailed) || !['conflict', 'refused'].includes(reason.reason)) throw reason;
    const meanwhile = await forge.findPullRequest(branches);
    if (!meanwhile) throw reason;
    return await bringUpToDate(forge, meanwhile, wanted);
  }
}

/**
 * The pull request that asked for the same changes, if people closed it without merging it and none is open. Its text
 * may be another, since the plan around the changes has gone on.
 *
 * @throws ProposalFailed
 */
export async function declined(
  forge: Forge,
  branches: Branches,
  text: Pick<PullRequestText, 'body'>,
): Promise<PullRequest | undefined> {
  const asked = matterOf(text);
  if (!asked || (await forge.findPullRequest(branches))) return undefined;
  return (await forge.findDeclined(branches)).find((found) => matterOf(found) === asked);
}

/** A line, not shown by forges, by which a later run knows what a pull request asked for. */
export function matterMark(matter: unknown): string {
  return `<!-- firebreak asks ${createHash('sha256').update(JSON.stringify(matter)).digest('hex').slice(0, 16)} -->`;
}

const matterOf = ({ body }: Pick<PullRequestText, 'body'>) => /<!-- firebreak asks ([0-9a-f]{16}) -->/.exec(body)?.[1];

async function bringUpToDate(forge: Forge, found: PullRequest, wanted: PullRequestText): Promise<PullRequestOutcome> {
  const text = mergedText(found, wanted);
  if (!text) return { pullRequest: found, state: 'kept' };
  if (text.title === found.title && isSame(text.body, found.body)) return { pullRequest: found, state: 'unchanged' };
  return { pullRequest: await forge.updatePullRequest(found, text), state: 'updated' };
}

// What was written by a program may be replaced by one; what a person has edited may not. A digest in a comment, which
// forges do not show, tells them apart. Ticking a box is no edit: ticks are carried over.
const signature = /\n*<!-- firebreak ([0-9a-f]{16}) -->\s*$/;
const signatureLength = '\n\n<!-- firebreak 0123456789abcdef -->\n'.length;

const digestOf = ({ title, body }: PullRequestText) =>
  createHash('sha256')
    .update(`${title}\n${normal(body).replace(/^(\s*[-*] )\[[xX]\]/gm, '$1[ ]')}`)
    .digest('hex')
    .slice(0, 16);

const normal = (text: string) => text.replaceAll('\r\n', '\n').trim();
const isSame = (one: string, other: string) => normal(one) === normal(other);

/** A text with its digest. */
export function signed({ title, body }: PullRequestText): PullRequestText {
  const plain = body.replace(signature, '').trimEnd();
  return { title, body: `${plain}\n\n<!-- firebreak ${digestOf({ title, body: plain })} -->\n` };
}

/**
 * The text to replace another one by, with what people ticked there.
 *
 * @param present as the forge has it
 * @param wanted signed
 * @returns undefined if a person has edited the present one
 */
export function mergedText(present: PullRequestText, wanted: PullRequestText): PullRequestText | undefined {
  const body = normal(present.body);
  const digest = signature.exec(body)?.[1];
  const text = body.replace(signature, '');
  if (!digest || digestOf({ title: present.title, body: text }) !== digest) return undefined;
  const ticked = new Set([...text.matchAll(/^\s*[-*] \[[xX]\] (.*)$/gm)].map(([, item]) => item));
  const carried = wanted.body.replace(/^(\s*[-*] )\[ \] (.*)$/gm, (line, start: string, item: string) =>
    ticked.has(item) ? `${start}[x] ${item}` : line,
  );
  return { title: wanted.title, body: carried };
}
