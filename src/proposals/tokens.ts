/**
 * Where the token for a forge comes from: the environment, the forge's own command line, git's credential helper.
 * It is held in memory for the requests of one proposal and goes nowhere else.
 */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Git, GitTimedOut } from '../history/git.ts';
import type { ForgeKind, ForgeRepository } from '../model/forge-address.ts';

export interface Secret {
  token: string;
  /** With a password of git's credential helper, whose it is. */
  user?: string;
}

interface Search {
  repository: ForgeRepository;
  /** Host of the git remote that is pushed to. */
  remoteHost: string;
  git: Git;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/** A token for a forge; undefined if none is found. */
export async function findToken(search: Search): Promise<Secret | undefined> {
  const { kind, address } = search.repository;
  if (kind === 'git') return undefined;
  const host = new URL(address).host;
  const named = fromEnvironment(kind, new URL(address), search);
  if (named) return { token: named };
  const kept = await fromCommandLine(kind, host, search);
  return kept ? { token: kept } : await fromCredentialHelper(search);
}

/**
 * A variable says which program a token is for, not which server. So it is used only for a server that its maker would
 * use it for: otherwise a changed address in a plan could make somebody send a token away.
 *
 * Sources: cli.github.com/manual/gh_help_environment; docs.gitlab.com/cli (GITLAB_HOST, GITLAB_TOKEN, CI_SERVER_URL);
 * GitHub, Gitea and Forgejo actions name their own server in GITHUB_SERVER_URL and give GITHUB_TOKEN for it.
 */
function fromEnvironment(kind: ForgeKind, { host, hostname }: URL, { env, remoteHost }: Search): string | undefined {
  const first = (...names: string[]) => names.map((name) => env[name]?.trim()).find(Boolean);
  const names = (...variables: string[]) =>
    variables.some((variable) => {
      const value = env[variable];
      return value !== undefined && (URL.parse(value)?.host ?? value) === host;
    });
  const isRemote = hostname === remoteHost;
  switch (kind) {
    case 'github':
      if (hostname === 'github.com' || hostname.endsWith('.ghe.com')) return first('GH_TOKEN', 'GITHUB_TOKEN');
      return (
        (isRemote || names('GH_HOST') ? first('GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN') : undefined) ??
        (names('GITHUB_SERVER_URL') ? first('GITHUB_TOKEN') : undefined)
      );
    case 'gitlab':
      return isRemote || names('GITLAB_HOST', 'CI_SERVER_URL')
        ? first('GITLAB_TOKEN', 'GITLAB_ACCESS_TOKEN')
        : undefined;
    case 'gitea':
      return (
        (isRemote || names('GITEA_SERVER_URL', 'FORGEJO_URL') ? first('FORGEJO_TOKEN', 'GITEA_TOKEN') : undefined) ??
        (names('GITHUB_SERVER_URL') ? first('GITHUB_TOKEN') : undefined)
      );
    default:
      return undefined;
  }
}

/**
 * `gh auth token` prints the token for a host (cli.github.com/manual/gh_auth_token), `glab config get token` that of
 * glab's configuration (docs.gitlab.com/cli/config/get). Neither Gitea's nor Forgejo's command line prints one.
 */
async function fromCommandLine(kind: ForgeKind, host: string, { env, signal }: Search): Promise<string | undefined> {
  const commands: Partial<Record<ForgeKind, [string, string[]]>> = {
    github: ['gh', ['auth', 'token', '--hostname', host]],
    gitlab: ['glab', ['config', 'get', 'token', '--host', host]],
  };
  const command = commands[kind];
  if (!command) return undefined;
  // Without these, gh and glab answer with the variables that were judged above, whatever the host.
  const without = ['GH_TOKEN', 'GITHUB_TOKEN', 'GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN', 'GITLAB_TOKEN'];
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !without.includes(name)));
  try {
    const { stdout } = await promisify(execFile)(...command, {
      env: rest,
      timeout: 10_000,
      windowsHide: true,
      ...(signal ? { signal } : {}),
    });
    const line = stdout.trim();
    return /^\S+$/.test(line) ? line : undefined;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/** What git would sign in with over https: at forges the password is a token. */
async function fromCredentialHelper({ repository, git }: Search): Promise<Secret | undefined> {
  const { protocol, host, pathname } = new URL(repository.address);
  const answered = await git
    .answer(['credential', 'fill'], {
      input: `protocol=${protocol.slice(0, -1)}\nhost=${host}\npath=${pathname.slice(1)}\n\n`,
      // A password typed for this would be no token, so nobody is asked.
      env: { GIT_TERMINAL_PROMPT: '0', GCM_INTERACTIVE: 'never' },
      timeout: 10_000,
    })
    .catch((reason) => {
      if (reason instanceof GitTimedOut) return undefined;
      throw reason;
    });
  const values = new Map(
    answered?.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const token = values.get('password');
  const user = values.get('username');
  return token ? { token, ...(user ? { user } : {}) } : undefined;
}
