/**
 * From a set of changed files to a branch, a commit and a pull request.
 *
 * The order makes it safe to run again: what is asked comes first, then the commit, then the local branch, then the
 * push, then the pull request. Whatever fails, what was reached stays, and the next run goes on from there.
 */

import type { Author } from '../history/commit-files.ts';
import { Git } from '../history/git.ts';
import { type ForgeKind, type ForgeRepository, newPullRequestPage } from '../model/forge-address.ts';
import type { PlanSettings } from '../model/schema-types.ts';
import { type Base, findBase, fitToBase, textsAt } from './base.ts';
import { prepareBranch } from './branch.ts';
import { ProposalFailed } from './failure.ts';
import type { PullRequest } from './forges/forge.ts';
import { pushOptions } from './forges/gitlab.ts';
import { forgeOf } from './forges/index.ts';
import { localFailure } from './git-failures.ts';
import { declined, offer } from './pull-request.ts';
import { push } from './push.ts';
import { findRemote, type Remote } from './remote.ts';
import { findToken } from './tokens.ts';

interface ProposedFile {
  /** From the folder of the plan, with forward slashes. */
  path: string;
  /** Its whole text as it is to be; undefined deletes the file. */
  text: string | undefined;
}

/** Where a plan is kept and which way leads to its forge. */
export interface Place {
  /** Folder of the plan: the root of a working tree, or any folder below it. */
  repository: string;
  /** Branch that is to be changed. Default: the remote's default branch; without a remote, the present commit. */
  base?: string | undefined;
  /** Branch of the proposal, such as `lesson/<id>`. */
  branch: string;
  /** Name of the git remote. Default: origin, or the only one, or that of the present branch. */
  remote?: string | undefined;
  /** Default: what the plan's settings say, else told by the host's name. */
  forge?: ForgeKind | undefined;
  /** Where the repository is seen in a browser, if that is another host than the remote's. */
  address?: string | undefined;
  /** `repository` of the plan's settings. */
  settings?: PlanSettings['repository'];
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** A person is there to answer when git asks for a password. Default: no. */
  interactive?: boolean | undefined;
}

export interface Proposal extends Place {
  files: ProposedFile[];
  /** What each file held that the change was computed against; undefined or missing: there was no such file. */
  expected: ReadonlyMap<string, string | undefined>;
  /** Of the commit. */
  message: string;
  /** Of the pull request: one line. */
  title: string;
  /** Of the pull request: Markdown. */
  body: string;
  /** Default: from git's settings, as the committer always is. */
  author?: Author | undefined;
  /** Default: that of the platform. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds for one request to the forge. Default: 30,000. */
  timeout?: number | undefined;
  /** Whether to open a pull request again that people closed without merging it. Default: yes. */
  reopen?: boolean | undefined;
}

export interface Published {
  /**
   * - `opened`, `updated`, `unchanged`: there is a pull request, and what this run did with its text;
   * - `kept`: there is one, whose text somebody has edited: it was left;
   * - `declined`: people closed a pull request that asked for the same, and `reopen` is false;
   * - `pushed`: the branch is on the remote, and a person opens the pull request at `address`;
   * - `asked`: the remote was asked by the push itself (GitLab) and `address` is what it answered, if it did;
   * - `patch`: there is no remote; `patch` is to be sent to whoever takes it in;
   * - `already-there`: the base holds all of it, so there is nothing to propose.
   */
  state: 'opened' | 'updated' | 'unchanged' | 'kept' | 'declined' | 'pushed' | 'asked' | 'patch' | 'already-there';
  branch: string;
  /** Branch that is to be changed. */
  base: string;
  /** Commit of the base that all was checked against. */
  baseCommit: string;
  /** Tip of the proposal's branch. */
  commit: string;
  /** Whether this run made a commit; else an earlier one had the same content. */
  isNewCommit: boolean;
  /** Whether this run pushed; else the remote had it. */
  isPushed: boolean;
  pullRequest?: { number: number; address: string };
  /** What to open in a browser next. */
  address?: string;
  /** For `git am --keep-cr`, mailbox format. */
  patch?: Uint8Array;
  /** What people should know, a sentence each. */
  notes: string[];
}

interface Opened {
  git: Git;
  remote: Remote | undefined;
  /** Folder of the plan in its repository, with a slash at its end, or empty. */
  prefix: string;
  base: Base;
}

/**
 * Proposes changed files. The working tree, the index, HEAD and the stash are never touched.
 *
 * @throws ProposalFailed with a stable `reason`, and with `branch` once there is one; the abort reason of `signal`
 */
export async function publishProposal(proposal: Proposal): Promise<Published> {
  return await asProposalFailure(proposal, () => publish(proposal));
}

/**
 * What files of a plan hold at the base, so that a change is computed against what it will be applied to.
 *
 * @param paths from the folder of the plan
 * @returns texts of those that are there
 * @throws ProposalFailed
 */
export async function readBase(
  place: Place,
  paths: string[],
): Promise<{ base: string; commit: string; texts: Map<string, string> }> {
  return await asProposalFailure(place, async () => {
    const { git, base, prefix } = await open(place);
    const texts = await textsAt(
      git,
      base.commit,
      paths.map((path) => prefix + path),
    );
    const inPlan = [...texts].map(([path, text]) => [path.slice(prefix.length), text] as const);
    return { base: base.branch, commit: base.commit, texts: new Map(inPlan) };
  });
}

/**
 * What a file of a plan holds at the present commit, whatever somebody made of it since.
 *
 * @param path from the folder of the plan
 * @returns undefined where it was never committed, or nothing was
 */
export async function committedText(place: Place, path: string): Promise<string | undefined> {
  const { repository, env, signal, interactive = false } = place;
  const git = new Git({ folder: repository, env, signal, interactive });
  const [prefix, head] = await Promise.all([
    git.answer(['rev-parse', '--show-prefix']),
    git.answer(['rev-parse', '--verify', '--quiet', 'HEAD']),
  ]);
  return head ? (await textsAt(git, head, [`${prefix ?? ''}${path}`])).get(`${prefix ?? ''}${path}`) : undefined;
}

async function asProposalFailure<Result>({ signal }: Place, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (reason) {
    signal.throwIfAborted();
    throw localFailure(reason, []);
  }
}

async function open(place: Place): Promise<Opened> {
  const { repository, env, signal, interactive = false, branch } = place;
  const git = new Git({ folder: repository, env, signal, interactive });
  const prefix = await git.answer(['rev-parse', '--show-prefix']);
  if (prefix === undefined)
    throw new ProposalFailed({
      reason: 'no-repository',
      message: `${repository} is not in a git repository.`,
      next: ['Propose from a clone of the plan, or make one: git init && git add --all && git commit'],
    });
  for (const name of [branch, ...(place.base === undefined ? [] : [place.base])]) await requireBranchName(git, name);
  const remote = await findRemote(git, place);
  const base = await findBase(git, { remote, base: place.base, branch });
  return { git, remote, prefix, base };
}

async function requireBranchName(git: Git, name: string): Promise<void> {
  const isName = !/^-|\0/.test(name) && (await git.run(['check-ref-format', `refs/heads/${name}`])).code === 0;
  if (isName) return;
  throw new ProposalFailed({
    reason: 'bad-branch-name',
    message: `git does not allow a branch called ${JSON.stringify(name)}.`,
    next: ['Use letters, digits, hyphens and slashes.'],
  });
}

async function publish(proposal: Proposal): Promise<Published> {
  const { git, remote, prefix, base } = await open(proposal);
  const edits = proposal.files.map(({ path, text }) => ({
    path: prefix + path,
    before: proposal.expected.get(path),
    after: text,
  }));
  const others = [...proposal.expected]
    .filter(([path]) => !proposal.files.some((file) => file.path === path))
    .map(([path, text]) => ({ path: prefix + path, before: text, after: text }));
  const all = [...edits, ...others];
  const present = await textsAt(
    git,
    base.commit,
    all.map(({ path }) => path),
  );
  const fitted = fitToBase(all, present, base.branch).slice(0, edits.length);
  const files = fitted.map(({ path, after }) => ({
    path,
    content: after === undefined ? undefined : Buffer.from(after, 'utf8'),
  }));
  const outcome = { branch: proposal.branch, base: base.branch, baseCommit: base.commit };
  if (fitted.every(({ path, after }) => present.get(path) === after))
    return {
      ...outcome,
      state: 'already-there',
      commit: base.commit,
      isNewCommit: false,
      isPushed: false,
      notes: [`${base.branch} holds all of these changes already.`],
    };
  const { message, branch, author } = proposal;
  const tip = await prepareBranch(git, { author, branch, base, files, message, remote: remote?.name });
  const made = { ...outcome, commit: tip.commit, isNewCommit: tip.isNew, isPushed: false };
  if (!remote) return { ...made, ...(await asPatch(git, base, tip.commit)) };
  try {
    return { ...made, ...(await send({ git, remote, base }, proposal, tip.commit)) };
  } catch (reason) {
    const failure = localFailure(reason, remote.secrets);
    if (failure instanceof ProposalFailed) failure.branch = branch;
    throw failure;
  }
}

interface Sending {
  git: Git;
  remote: Remote;
  base: Base;
}

type Sent = Pick<Published, 'state' | 'isPushed' | 'pullRequest' | 'address' | 'patch' | 'notes'>;

async function asPatch(git: Git, base: Base, commit: string): Promise<Sent> {
  const words = ['format-patch', '--stdout', '--binary', '--full-index', `${base.commit}..${commit}`];
  return {
    state: 'patch',
    isPushed: false,
    patch: await git.bytes(words),
    notes: ['The repository has no remote, so there is nowhere to push to.'],
  };
}

async function send({ git, remote, base }: Sending, proposal: Proposal, commit: string): Promise<Sent> {
  const { branch, title, body, env, signal, fetch = globalThis.fetch, timeout, reopen = true } = proposal;
  const repository: ForgeRepository | undefined = remote.web && { ...remote.web, branch: base.branch };
  const secret = repository && (await findToken({ repository, remoteHost: remote.host ?? '', git, env, signal }));
  const branches = { base: base.branch, head: branch };
  const byPush = repository?.kind === 'gitlab' && !secret;
  const forgeHere = () => secret && repository && forgeOf(repository, secret, { fetch, signal, timeout });
  const asked = reopen ? undefined : forgeHere();
  const refused = asked && (await declined(asked, branches, { body }));
  if (refused) return asDeclined(refused, asked.noun);
  const isThere = base.proposed === commit;
  const options = byPush ? pushOptions(branches, title) : [];
  const pushed = isThere ? undefined : await push(git, { remote, branch, commit, options });
  const page = repository && newPullRequestPage(repository, branch, { title, body });
  const forge = forgeHere();
  if (!forge) return byHand(repository, page, { isPushed: !isThere, ...pushed });
  try {
    const { state, pullRequest } = await offer(forge, branches, { title, body });
    const { number, address } = pullRequest;
    const kept = `The text of ${forge.noun} ${number} was edited by somebody and is left as it is.`;
    return {
      state,
      isPushed: !isThere,
      pullRequest: { number, address },
      address,
      notes: state === 'kept' ? [kept] : [],
    };
  } catch (reason) {
    const plain = repository && newPullRequestPage(repository, branch);
    if (reason instanceof ProposalFailed && plain)
      reason.next.push(`The branch ${branch} is on "${remote.name}". To open the ${forge.noun} by hand: ${plain}`);
    throw reason;
  }
}

function asDeclined({ number, address }: PullRequest, noun: string): Sent {
  return {
    state: 'declined',
    isPushed: false,
    pullRequest: { number, address },
    address,
    notes: [`Somebody closed ${noun} ${number} without merging it, and it asked for the same.`],
  };
}

interface PushedByHand {
  isPushed: boolean;
  addresses?: string[];
  tookOptions?: boolean;
}

const asked =
  'GitLab was asked with the push to open the merge request. Its text comes from the commit, since a push cannot carry more than a line.';
const unknown = 'The remote is no forge that is known here, so a person asks for the change to be taken in.';

/** Why no program opens the pull request, and what would let one. */
function unopened({ kind, address }: ForgeRepository): string {
  const { host, hostname } = new URL(address);
  const own = hostname !== 'github.com' && !hostname.endsWith('.ghe.com');
  const ways: Record<ForgeKind, string | undefined> = {
    github: `${own ? 'GH_ENTERPRISE_TOKEN' : 'GH_TOKEN'}, or sign in with "gh auth login${own ? ` --hostname ${host}` : ''}"`,
    gitlab: `GITLAB_TOKEN, or sign in with "glab auth login --hostname ${host}"`,
    gitea: 'GITEA_TOKEN',
    git: undefined,
  };
  const way = ways[kind];
  if (!way) return unknown;
  return `No token was found for ${host}, so a person opens the pull request. To have that done here, set ${way}.`;
}

/** What is left to a person where no program may open the pull request. */
function byHand(
  repository: ForgeRepository | undefined,
  page: string | undefined,
  { isPushed, addresses = [], tookOptions = false }: PushedByHand,
): Sent {
  const printed = addresses[0];
  const address = tookOptions ? (printed ?? page) : (page ?? printed);
  return {
    state: tookOptions ? 'asked' : 'pushed',
    isPushed,
    ...(address ? { address } : {}),
    notes: [tookOptions ? asked : repository ? unopened(repository) : unknown],
  };
}
