/** A server of the smallest plan in two versions, that can go away, break off, answer with a login page, or want a cookie. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** Which version is served, and what is wrong with the server. */
export interface Serving {
  version: 'one' | 'two';
  fault?: 'gone' | 'login' | 'breaks-off' | 'wants-cookie';
  /** Files that are still served before it breaks off. */
  left: number;
}

export interface PlanServer {
  /** Folder with the built sites `one` and `two`. */
  folder: string;
  /** Address of the site, under /plan/. */
  address: string;
  serving: Serving;
  /** Builds the plan of the folder as it is now. */
  build: (version: Serving['version']) => void;
  close: () => void;
}

/** Builds both versions and serves them; the second says "Ring" where the first says "Call". */
export async function servePlan(): Promise<PlanServer> {
  const plan = await serveFolder(planFolder());
  plan.build('one');
  const runbook = join(plan.folder, 'content/runbooks/ransomware.mdx');
  writeFileSync(runbook, readFileSync(runbook, 'utf8').replace('Call {warRoom.bridge}.', 'Ring {warRoom.bridge}.'));
  plan.build('two');
  return plan;
}

/** A folder with the smallest plan in content/, below the repository, where its packages are found. */
export function planFolder(): string {
  mkdirSync(join(repository, '.firebreak'), { recursive: true });
  const folder = mkdtempSync(join(repository, '.firebreak', 'offline-'));
  cpSync(join(repository, 'test/fixtures/plans/minimal'), join(folder, 'content'), { recursive: true });
  return folder;
}

/** Runs a command of Firebreak in a folder. @returns what it printed */
export function firebreakIn(folder: string, words: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  return execFileSync(process.execPath, [join(repository, 'src/cli/main.ts'), ...words], {
    cwd: folder,
    env: { ...env, ASTRO_TELEMETRY_DISABLED: '1' },
    encoding: 'utf8',
  });
}

/** Serves what is built in a folder, and takes the folder away when it is closed. */
export async function serveFolder(folder: string): Promise<PlanServer> {
  const server = createServer((request, response) => {
    const { version, fault } = plan.serving;
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname).replace(/^\/plan\//, '');
    const breaksOff = fault === 'breaks-off' && path !== 'manifest.json' && plan.serving.left <= 0;
    plan.serving.left -= 1;
    if (fault === 'gone' || breaksOff) {
      request.socket.destroy();
      return;
    }
    if (fault === 'wants-cookie' && !request.headers.cookie?.includes('signed-in')) {
      response.writeHead(401).end();
      return;
    }
    if (fault === 'login' && path !== 'manifest.json') {
      response.setHeader('content-type', 'text/html').end('<h1>Sign in</h1>');
      return;
    }
    const file = join(folder, version, path === '' || path.endsWith('/') ? `${path}index.html` : path);
    try {
      response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const plan: PlanServer = {
    folder,
    address: `http://localhost:${(server.address() as AddressInfo).port}/plan/`,
    serving: { version: 'one', left: 0 },
    build: (out) => void firebreakIn(folder, ['build', '--base', '/plan/', '--out', join(folder, out)]),
    close: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return plan;
}
