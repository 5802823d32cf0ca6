/** Requests to a forge's interface for programs. What goes wrong is a `ProposalFailed` in words; a token never leaves. */

import { type FailureReason, ProposalFailed } from '../failure.ts';
import { redact } from '../redact.ts';

export interface ApiSettings {
  /** The forge, as people call it. */
  name: string;
  /** Address that all paths begin with, without a slash at its end. */
  address: string;
  /** Sent with each request. */
  headers: Record<string, string>;
  /** What must not be in any message. */
  secrets: string[];
  fetch: typeof globalThis.fetch;
  signal?: AbortSignal | undefined;
  /** Milliseconds for one request and its answer. Default: 30,000. */
  timeout?: number | undefined;
}

export interface ApiRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  /** With its query, escaped. */
  path: string;
  body?: unknown;
}

const followed = 5;

/** Makes the one function through which a forge is asked. @throws ProposalFailed if the address would show the token */
export function apiOf(settings: ApiSettings): (request: ApiRequest) => Promise<unknown> {
  const { protocol, hostname } = new URL(settings.address);
  if (protocol !== 'https:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
    throw new ProposalFailed({
      reason: 'insecure-address',
      message: `${settings.name} at ${settings.address} is reached without encryption; the token would be readable on the way.`,
      next: ['Use an https address for the remote, or open the pull request in the browser.'],
    });
  return (request) => ask(settings, request);
}

async function ask(settings: ApiSettings, request: ApiRequest): Promise<unknown> {
  let address = `${settings.address}${request.path}`;
  for (let count = 0; count <= followed; count++) {
    const answer = await send(settings, request, address);
    const target = redirectTarget(answer, address);
    if (!target) return await read(settings, answer);
    // A renamed repository answers with its new address. A token goes to the host that it is for and to no other.
    const same = target.origin === new URL(address).origin;
    if (!same || (request.method !== 'GET' && ![307, 308].includes(answer.status)))
      throw failure(
        settings,
        'redirected',
        `${settings.name} sends requests for ${path(address)} on to ${target.origin}${target.pathname}. The token was not sent there.`,
        ['If the repository has moved, give the remote its new address: git remote set-url <remote> <address>.'],
      );
    address = target.href;
  }
  throw failure(settings, 'redirected', `${settings.name} sends requests round in circles.`, [
    'Check the address of the remote.',
  ]);
}

async function send(settings: ApiSettings, { method, body }: ApiRequest, address: string): Promise<Response> {
  const limit = AbortSignal.timeout(settings.timeout ?? 30_000);
  const signals = settings.signal ? [settings.signal, limit] : [limit];
  try {
    return await settings.fetch(address, {
      method,
      redirect: 'manual',
      headers: {
        Accept: 'application/json',
        'User-Agent': 'firebreak',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...settings.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any(signals),
    });
  } catch (reason) {
    settings.signal?.throwIfAborted();
    throw lostConnection(settings, address, reason, limit.aborted);
  }
}

function lostConnection(settings: ApiSettings, address: string, reason: unknown, late: boolean): ProposalFailed {
  const host = new URL(address).host;
  if (late)
    return failure(settings, 'timeout', `${settings.name} at ${host} did not answer in time.`, [
      'Propose again when it answers; nothing is done twice.',
    ]);
  const cause = (reason as { cause?: { code?: string; message?: string } }).cause;
  const why = cause?.code ?? cause?.message;
  return failure(settings, 'no-network', `${settings.name} at ${host} cannot be reached${why ? ` (${why})` : ''}.`, [
    'Propose again when there is a network; nothing is done twice.',
  ]);
}

function redirectTarget(answer: Response, from: string): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return undefined;
  return URL.parse(answer.headers.get('location') ?? '', from) ?? undefined;
}

async function read(settings: ApiSettings, answer: Response): Promise<unknown> {
  const text = await answer.text().catch((reason) => {
    settings.signal?.throwIfAborted();
    throw lostConnection(settings, answer.url || settings.address, reason, true);
  });
  const data = parsed(text);
  if (answer.ok && data !== undefined) return data;
  if (answer.ok)
    throw failure(settings, 'unexpected-answer', `${settings.name} answered with something that is not JSON.`, [
      'Something else may stand in between, such as a sign-in page or a proxy. Open the repository in a browser.',
    ]);
  throw statusFailure(settings, answer, wordsOf(data, settings.secrets));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a forge says is wrong, as one line: GitHub's `message` and `errors`, GitLab's `message` or `error`, Gitea's `message`. */
function wordsOf(data: unknown, secrets: string[]): string {
  const parts: string[] = [];
  const collect = (value: unknown, name?: string): void => {
    if (typeof value === 'string') parts.push(name ? `${name} ${value}` : value);
    else if (Array.isArray(value)) for (const each of value) collect(each, name);
    else if (typeof value === 'object' && value !== null) {
      const { message, field, code } = value as Record<string, unknown>;
      if (typeof message === 'string') parts.push(message);
      else if (typeof field === 'string' && typeof code === 'string') parts.push(`${field}: ${code}`);
      else for (const [key, inner] of Object.entries(value)) collect(inner, key);
    }
  };
  if (typeof data !== 'object' || data === null) return '';
  const { message, error, errors } = data as Record<string, unknown>;
  for (const each of [message, error, errors]) collect(each);
  // Before it is cut, since half a secret would not be found any more.
  const line = redact([...new Set(parts)].join('; '), secrets)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}

function statusFailure(settings: ApiSettings, answer: Response, words: string): ProposalFailed {
  const { name } = settings;
  const said = words ? ` It says: ${words}` : '';
  const limit = limitOf(answer);
  if (limit)
    return failure(settings, 'rate-limited', `${name} takes no more requests for now${limit.until}.${said}`, [
      `Propose again${limit.until || ' later'}; nothing is done twice.`,
    ]);
  switch (answer.status) {
    case 401:
      return failure(settings, 'not-authenticated', `${name} does not accept the token.${said}`, [
        'The token may have expired or belong to another server: make a new one, and propose again.',
      ]);
    case 403:
      return failure(settings, 'forbidden', `${name} does not let this token do that.${said}`, [
        'The token needs the right to write pull requests (GitHub: "Pull requests: write"; GitLab: scope "api"; Gitea: "write:repository").',
        'If your organisation signs in through a provider of its own, allow the token there.',
      ]);
    case 404:
    case 410:
      return failure(
        settings,
        'not-found',
        `${name} knows no such repository, or does not show it to this token.${said}`,
        ['Check the address of the remote, and that the token may see the repository.'],
      );
    case 409:
    case 423:
      return failure(settings, 'conflict', `${name} cannot do that in its present state.${said}`, [
        'Look at the repository in a browser: it may be archived, or the pull request may exist already.',
      ]);
    case 400:
    case 413:
    case 422:
      return failure(settings, 'refused', `${name} refuses the pull request.${said}`, [
        'Open it in the browser instead; the branch is there.',
      ]);
    default:
      return failure(settings, 'forge-failed', `${name} answered with status ${answer.status}.${said}`, [
        'Propose again later; nothing is done twice.',
      ]);
  }
}

/** Whether a limit of requests was met, and until when it holds, as words. */
function limitOf({ status, headers }: Response): { until: string } | undefined {
  const after = headers.get('retry-after');
  // GitHub: x-ratelimit-*; GitLab: ratelimit-*.
  const remaining = headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining');
  const spent = status === 403 && (remaining === '0' || after !== null);
  if (status !== 429 && !spent) return undefined;
  const reset = Number(headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset'));
  if (reset > 0)
    return { until: ` until ${new Date(reset * 1000).toISOString().replace('.000Z', ' UTC').replace('T', ' ')}` };
  if (!after) return { until: '' };
  return { until: /^\d+$/.test(after) ? ` for ${after} seconds` : ` until ${after}` };
}

const path = (address: string) => new URL(address).pathname;

const failure = (settings: ApiSettings, reason: FailureReason, message: string, next: string[]) =>
  new ProposalFailed({ reason, message, next, secrets: settings.secrets });
