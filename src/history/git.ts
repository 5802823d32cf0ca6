/** Runs git. What is read or written is always bytes as they are: no filter, no pager, no translation. */

import { spawn } from 'node:child_process';

export interface GitSettings {
  /** Any folder of the working tree, or a bare repository. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** Ends git when it is aborted. */
  signal?: AbortSignal;
  /** A person is there to answer when git asks for a password. Default: git must not ask. */
  interactive?: boolean;
}

export interface GitInput {
  /** What git reads from its standard input. */
  input?: string | Uint8Array;
  /** Added to the environment. */
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which it is ended. */
  timeout?: number;
}

export interface GitResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** git ended with a fault. The message holds the command's first word, never its arguments or input. */
export class GitFailed extends Error {
  readonly command: string;
  readonly result: GitResult;
  constructor(command: string, result: GitResult) {
    const words = result.stderr.trim();
    super(`git ${command} failed${words ? `: ${words}` : ` with exit code ${result.code}`}`);
    this.command = command;
    this.result = result;
  }
}

/** The program git cannot be started: not installed, or not found. */
export class GitMissing extends Error {
  constructor() {
    super('The program git was not found.');
  }
}

/** git ran longer than it was given. */
export class GitTimedOut extends Error {
  constructor(command: string, milliseconds: number) {
    super(`git ${command} did not end within ${milliseconds / 1000} s.`);
  }
}

// Set by git while it runs a hook, for instance: they would lead away from the folder that is asked about.
const namesOfPlaces = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
];

/** git in one folder. */
export class Git {
  readonly settings: GitSettings;
  constructor(settings: GitSettings) {
    this.settings = settings;
  }

  /** Runs a command and tells how it ended. @throws GitMissing, GitTimedOut */
  run(words: string[], { input, env, timeout }: GitInput = {}): Promise<GitResult> {
    const { folder, signal } = this.settings;
    return new Promise((resolve, reject) => {
      const limit = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
      const signals = [signal, limit].filter((each) => each !== undefined);
      const child = spawn('git', ['-C', folder, ...words], {
        env: { ...this.#environment(), ...env },
        stdio: 'pipe',
        windowsHide: true,
        ...(signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}),
      });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on('data', (part: Buffer) => stdout.push(part));
      child.stderr.on('data', (part: Buffer) => stderr.push(part));
      child.on('error', (reason: NodeJS.ErrnoException) => {
        if (limit?.aborted && !signal?.aborted) reject(new GitTimedOut(firstWord(words), timeout ?? 0));
        else if (reason.code === 'ENOENT') reject(new GitMissing());
        else reject(reason);
      });
      child.on('close', (code) =>
        resolve({
          code: code ?? 1,
          stdout: Buffer.concat(stdout),
          stderr: Buffer.concat(stderr).toString('utf8'),
        }),
      );
      // git may end before it has read everything; how it ended says why.
      child.stdin.on('error', () => {});
      child.stdin.end(input ?? '');
    });
  }

  /** What a command prints. @throws GitFailed unless it ends well */
  async bytes(words: string[], input?: GitInput): Promise<Buffer> {
    const result = await this.run(words, input);
    if (result.code !== 0) throw new GitFailed(firstWord(words), result);
    return result.stdout;
  }

  /** What a command prints, as text without white space at its end. @throws GitFailed unless it ends well */
  async text(words: string[], input?: GitInput): Promise<string> {
    return (await this.bytes(words, input)).toString('utf8').trimEnd();
  }

  /** The same, or undefined where the command ends with a fault: for questions that may have no answer. */
  async answer(words: string[], input?: GitInput): Promise<string | undefined> {
    const result = await this.run(words, input);
    return result.code === 0 ? result.stdout.toString('utf8').trimEnd() : undefined;
  }

  /** Whether a setting that is yes or no is on. */
  async isOn(setting: string): Promise<boolean> {
    return (await this.answer(['config', '--type=bool', '--get', setting])) === 'true';
  }

  #environment(): NodeJS.ProcessEnv {
    const { env, interactive } = this.settings;
    const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !namesOfPlaces.includes(name)));
    return {
      ...kept,
      // Messages are told apart by their words, and reading must not write to the index.
      LC_ALL: 'C',
      LANGUAGE: '',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_LITERAL_PATHSPECS: '1',
      ...(interactive ? {} : { GIT_TERMINAL_PROMPT: '0', GCM_INTERACTIVE: 'never' }),
    };
  }
}

/** The command among the words: settings (`-c name=value`) come before it. */
function firstWord(words: string[]): string {
  let index = 0;
  while (words[index] === '-c') index += 2;
  return words[index] ?? '';
}
