/**
 * A forge on loopback: pushes go to git's own http-backend with a password, and the interface for programs answers as
 * GitHub, Gitea/Forgejo or GitLab document it, and refuses what they do not describe.
 */

import { execFileSync, spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ApiRequest, DescribedApi, readDescription } from './described-api.ts';

export const password = 'correct-horse-battery';
export const apiToken = 'ghp_A1b2C3d4E5f6G7h8I9j0';

interface Pull {
  number: number;
  title: string;
  body: string;
  head: string;
  base: string;
  state: 'open' | 'closed';
  /** Closed by being merged. */
  merged?: boolean;
}

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export type ForgeKind = 'github' | 'gitea' | 'gitlab';

/** How one kind of forge answers a request; undefined for one that it does not know. */
type Api = (request: ApiRequest, forge: LoopbackForge) => Answer | undefined;

const prefixes: Record<ForgeKind, string> = { github: '/api/v3', gitea: '/api/v1', gitlab: '/api/v4' };
const authorizations: Record<ForgeKind, string> = {
  github: `Bearer ${apiToken}`,
  gitea: `token ${apiToken}`,
  gitlab: `Bearer ${apiToken}`,
};

export interface LoopbackForge {
  kind: ForgeKind;
  origin: string;
  /** Address of the one repository, acme/plan. */
  address: string;
  /** The bare repository. */
  bare: string;
  pulls: Pull[];
  /** Requests to the interface, in order. */
  asked: (ApiRequest & { headers: Record<string, string | string[] | undefined> })[];
  /** Where a request or an answer is not as described. A test fails if there are any. */
  faults: string[];
  /** Answers in place of the interface, or undefined to let it answer. */
  instead?: (request: ApiRequest) => Answer | undefined;
  /** Runs before a request of git is answered. */
  beforeGit?: (address: string, method: string) => Promise<void> | void;
  close: () => Promise<void>;
}

const owner = 'acme';

/**
 * Starts a forge; it ends with the test.
 *
 * @param folder an empty one, for its repository
 * @param model a bare repository that is copied there
 */
export async function startForge(kind: ForgeKind, folder: string, model: string): Promise<LoopbackForge> {
  const bare = join(folder, owner, 'plan.git');
  cpSync(model, bare, { recursive: true });
  const server = createServer((request, response) => {
    answer(request, response, forge, folder).catch((reason) => response.writeHead(500).end(String(reason)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const forge: LoopbackForge = {
    kind,
    origin,
    address: `${origin}/${owner}/plan`,
    bare,
    pulls: [],
    asked: [],
    faults: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  onTestFinished(forge.close);
  return forge;
}

async function answer(request: IncomingMessage, response: ServerResponse, forge: LoopbackForge, folder: string) {
  const url = new URL(request.url ?? '/', forge.origin);
  const prefix = prefixes[forge.kind];
  if (!url.pathname.startsWith('/api/')) return await answerGit(request, response, url, forge, folder);
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  const asked: ApiRequest = {
    method: request.method ?? '',
    path: url.pathname.slice(prefix.length),
    query: url.searchParams,
    body: text === '' ? undefined : JSON.parse(text),
  };
  forge.asked.push({ ...asked, headers: request.headers });
  const { status, body, headers } = respond(asked, request, forge, url);
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function respond(asked: ApiRequest, request: IncomingMessage, forge: LoopbackForge, url: URL): Answer {
  const instead = forge.instead?.(asked);
  if (instead) return instead;
  if (!url.pathname.startsWith(prefixes[forge.kind])) return { status: 404, body: { message: 'Not Found' } };
  if (request.headers.authorization !== authorizations[forge.kind])
    return { status: 401, body: { message: 'Bad credentials' } };
  if (!request.headers['user-agent']) forge.faults.push('no User-Agent, which GitHub asks for');
  const described = forge.kind === 'gitlab' ? undefined : descriptions[forge.kind];
  const faults = described?.requestFaults(asked) ?? [];
  const answered = apis[forge.kind](asked, forge);
  if (!answered) faults.push(`${asked.method} ${asked.path} is no request that a proposal makes`);
  else faults.push(...(described?.answerFaults(asked, answered.status, withoutNull(answered.body)) ?? []));
  forge.faults.push(...faults);
  return faults.length > 0 || !answered ? { status: 500, body: { message: faults.join('; ') } } : answered;
}

// Gitea's description says in prose, not in its schema, that what is not found is null in a list.
const withoutNull = (body: unknown) => (Array.isArray(body) ? body.filter((each) => each !== null) : body);

const descriptions = { github: new DescribedApi('github'), gitea: new DescribedApi('forgejo') };
const documentedPull = readDescription('github-pull-request');

const hasBranch = (forge: LoopbackForge, name: string) => {
  try {
    execFileSync('git', ['-C', forge.bare, 'rev-parse', '--verify', '--quiet', `refs/heads/${name}`], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
};

function open(forge: LoopbackForge, { title, body = '', head, base }: Partial<Pull>): Pull {
  const pull = { number: forge.pulls.length + 1, title, body, head, base, state: 'open' } as Pull;
  forge.pulls.push(pull);
  return pull;
}

const isOpen = (forge: LoopbackForge, head: string, base: string) =>
  forge.pulls.some((pull) => pull.state === 'open' && pull.head === head && pull.base === base);

const github: Api = ({ method, path, query, body }, forge) => {
  const drawn = ({ number, title, body: text, head, base, state, merged }: Pull) => ({
    ...documentedPull,
    merged_at: merged ? documentedPull['merged_at'] : null,
    // The documented example has a team that lacks what the description demands.
    requested_teams: [],
    number,
    title,
    body: text,
    state,
    html_url: `${forge.address}/pull/${number}`,
    head: { ...(documentedPull['head'] as object), ref: head },
    base: { ...(documentedPull['base'] as object), ref: base },
  });
  const refused = (message: string) => ({
    status: 422,
    body: {
      message: 'Validation Failed',
      errors: [{ resource: 'PullRequest', code: 'custom', message }],
      documentation_url: 'https://docs.github.com/rest/pulls/pulls#create-a-pull-request',
    },
  });
  if (method === 'GET')
    return {
      status: 200,
      body: forge.pulls
        .filter(
          ({ head, base, state }) =>
            state === query.get('state') && `${owner}:${head}` === query.get('head') && base === query.get('base'),
        )
        .map(drawn),
    };
  if (method === 'POST' && path === `/repos/${owner}/plan/pulls`) {
    const wanted = body as Partial<Pull>;
    const { head = '', base = '' } = wanted;
    if (isOpen(forge, head, base)) return refused(`A pull request already exists for ${owner}:${head}.`);
    if (!hasBranch(forge, head)) return refused(`head ${head} is no branch`);
    return { status: 201, body: drawn(open(forge, wanted)) };
  }
  const pull = forge.pulls.find(({ number }) => path.endsWith(`/pulls/${number}`));
  return pull && { status: 200, body: drawn(Object.assign(pull, body)) };
};

const gitea: Api = ({ method, path, query, body }, forge) => {
  const drawn = ({ number, title, body: text, head, base, state, merged = false }: Pull) => ({
    number,
    title,
    body: text,
    state,
    merged,
    html_url: `${forge.address}/pulls/${number}`,
    head: { ref: head, repo_id: 1 },
    base: { ref: base, repo_id: 1 },
  });
  if (method === 'GET') {
    // As a server that knows no filter by branch does, a fork's branch of the same name, and one that is not found.
    const fork = { ...drawn({ number: 99, title: '', body: '', head: 'lesson/one', base: 'main', state: 'open' }) };
    const all = [
      { ...fork, head: { ref: 'lesson/one', repo_id: 2 } },
      null,
      ...forge.pulls.filter(({ state }) => state === query.get('state')).map(drawn),
    ];
    const page = Number(query.get('page'));
    return { status: 200, body: all.slice((page - 1) * 2, page * 2) };
  }
  if (method === 'POST') {
    const wanted = body as Partial<Pull>;
    if (isOpen(forge, wanted.head ?? '', wanted.base ?? ''))
      return { status: 409, body: { message: 'pull request already exists for these targets', url: '' } };
    return hasBranch(forge, wanted.head ?? '')
      ? { status: 201, body: drawn(open(forge, wanted)) }
      : { status: 404, body: { message: 'head does not exist', url: '' } };
  }
  const pull = forge.pulls.find(({ number }) => path.endsWith(`/pulls/${number}`));
  return pull && { status: 201, body: drawn(Object.assign(pull, body)) };
};

// GitLab publishes no description that can be had here: the attributes are those of docs.gitlab.com/api/merge_requests.
const gitlab: Api = ({ method, path, query, body }, forge) => {
  const requests = `/projects/${encodeURIComponent(`${owner}/plan`)}/merge_requests`;
  if (!path.startsWith(requests)) return undefined;
  const drawn = ({ number, title, body: description, head, base }: Pull) => ({
    iid: number,
    id: 1000 + number,
    title,
    description,
    source_branch: head,
    target_branch: base,
    source_project_id: 7,
    target_project_id: 7,
    web_url: `${forge.address}/-/merge_requests/${number}`,
  });
  const given = body as Record<string, string> | undefined;
  const unknown = Object.keys(given ?? {}).filter(
    (name) => !['source_branch', 'target_branch', 'title', 'description'].includes(name),
  );
  if (unknown.length > 0) return undefined;
  const text = { title: given?.['title'] ?? '', body: given?.['description'] ?? '' };
  if (method === 'GET')
    return {
      status: 200,
      body: forge.pulls
        .filter(
          ({ head, base, state, merged }) =>
            (query.get('state') === 'opened' ? state === 'open' : state === 'closed' && !merged) &&
            head === query.get('source_branch') &&
            base === query.get('target_branch'),
        )
        .map(drawn),
    };
  if (method === 'POST') {
    const [head = '', base = ''] = [given?.['source_branch'], given?.['target_branch']];
    if (isOpen(forge, head, base))
      return {
        status: 409,
        body: { message: ['Another open merge request already exists for this source branch: !1'] },
      };
    return { status: 201, body: drawn(open(forge, { ...text, head, base })) };
  }
  const pull = forge.pulls.find(({ number }) => path.endsWith(`/merge_requests/${number}`));
  return pull && method === 'PUT' ? { status: 200, body: drawn(Object.assign(pull, text)) } : undefined;
};

const apis: Record<ForgeKind, Api> = { github, gitea, gitlab };

/** git http-backend, as a web server runs it: its input is the request's body, its output has headers of its own. */
async function answerGit(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  forge: LoopbackForge,
  folder: string,
) {
  // A person with a password, or a job with its token, as whichever user its forge asks for.
  const known = [`alice:${password}`, `x-access-token:${apiToken}`, `oauth2:${apiToken}`];
  const right = known.map((each) => `Basic ${Buffer.from(each).toString('base64')}`);
  if (!right.includes(request.headers.authorization ?? ''))
    return void response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="plans"' }).end();
  await forge.beforeGit?.(request.url ?? '', request.method ?? '');
  const path = url.pathname.replace(/^(\/[^/]+\/[^/]+?)(?:\.git)?(?=\/)/, '$1.git');
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: decodeURIComponent(path),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      ...(request.headers['content-encoding'] ? { HTTP_CONTENT_ENCODING: request.headers['content-encoding'] } : {}),
      ...(request.headers['git-protocol'] ? { GIT_PROTOCOL: String(request.headers['git-protocol']) } : {}),
      REMOTE_USER: 'alice',
    },
  });
  request.pipe(backend.stdin);
  backend.stdin.on('error', () => {});
  const parts: Buffer[] = [];
  for await (const part of backend.stdout) parts.push(part as Buffer);
  const whole = Buffer.concat(parts);
  const end = whole.indexOf('\r\n\r\n');
  const headers = whole.subarray(0, end).toString('latin1').split('\r\n');
  let status = 200;
  for (const line of headers) {
    const [name = '', value = ''] = line.split(/:\s*/, 2);
    if (name === 'Status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status).end(whole.subarray(end + 4));
}
