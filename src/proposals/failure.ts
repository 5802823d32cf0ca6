/** What can go wrong between a set of changed files and a pull request, in the words of the person who must go on. */

import { redact } from './redact.ts';

/** Never changes its meaning, so that programs and tests can tell failures apart. */
export type FailureReason =
  // Before anything was written
  | 'git-missing'
  | 'no-repository'
  | 'bad-branch-name'
  | 'not-a-file'
  | 'remote-unclear'
  | 'base-unknown'
  | 'base-changed'
  | 'branch-moved'
  | 'branch-in-use'
  | 'no-identity'
  | 'git-failed'
  // The push
  | 'push-behind'
  | 'push-protected'
  | 'push-declined'
  | 'push-not-allowed'
  // The forge and the way to it
  | 'no-network'
  | 'timeout'
  | 'insecure-address'
  | 'redirected'
  | 'not-authenticated'
  | 'forbidden'
  | 'rate-limited'
  | 'not-found'
  | 'conflict'
  | 'refused'
  | 'forge-failed'
  | 'unexpected-answer';

/** A file that is not at the base what a change was computed against. */
export interface ChangedFile {
  path: string;
  /** What the change was computed against; undefined: there was no such file. */
  expected: string | undefined;
  /** What is there; undefined: no such file. */
  actual: string | undefined;
}

export interface FailureDetails {
  reason: FailureReason;
  /** What is wrong, in sentences. */
  message: string;
  /** What to do next, a sentence each, the likeliest first. */
  next: string[];
  /** Files that differ at the base; only with `base-changed`. */
  changed?: ChangedFile[];
  /** Secrets that must not be in any word of it. */
  secrets?: string[];
}

/** The one error of this folder. Neither it nor its cause holds a secret. */
export class ProposalFailed extends Error {
  readonly reason: FailureReason;
  readonly next: string[];
  readonly changed: ChangedFile[];
  /** The local branch that holds the work, once there is one: proposing again goes on from it. */
  branch?: string;

  constructor({ reason, message, next, changed = [], secrets = [] }: FailureDetails) {
    super(redact(message, secrets));
    this.name = 'ProposalFailed';
    this.reason = reason;
    this.next = next.map((sentence) => redact(sentence, secrets));
    this.changed = changed;
  }
}
