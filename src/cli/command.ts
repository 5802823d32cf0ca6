/** What a command is, and the outside world that it is given. */

import type { ParseArgsConfig } from 'node:util';

export interface Outside {
  cwd: string;
  /** Where results go. */
  stdout: { write: (text: string) => unknown; isTTY?: boolean | undefined };
  /** Where everything else goes. */
  stderr: { write: (text: string) => unknown; isTTY?: boolean | undefined };
  env: Readonly<Record<string, string | undefined>>;
  /** Today. */
  now: Date;
  /** Aborted when the user ends the command. */
  signal: AbortSignal;
  /** Asks whoever sits at the terminal, and gives back the line that was typed; absent where nobody does. */
  ask?: (question: string) => Promise<string>;
}

/** 0: fine. 1: errors were found. 2: the command could not run. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  /** One word, or two where a thing has several commands: `lesson propose`. */
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** What follows the name: `[path …]`. */
  usage: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** One line for each option, in the order of `options`. */
  help: Record<string, string>;
  examples: readonly string[];
  /** What is said on a terminal while it takes longer than a second: `Checking the plan`. */
  progress?: string;
  run: (
    outside: Outside,
    values: Record<string, string | boolean | undefined>,
    positionals: readonly string[],
  ) => Promise<ExitCode>;
}

/** A fault of how the command was called or of the machine, told in one line without a trace. */
export class CannotRun extends Error {}
