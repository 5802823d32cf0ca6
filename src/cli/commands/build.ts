import { fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Drawn, type Finisher, finishHere } from '../../site/finishing.ts';
import { giveMemoryBack } from '../../site/memory.ts';
import { siteHelp, siteOptions } from '../astro.ts';
import type { DrawMessage, DrawTask } from '../build-worker.ts';
import { CannotRun, type Command, type ExitCode, type Outside } from '../command.ts';

/** Builds the site. */
export const build: Command = {
  name: 'build',
  summary: 'Check the plan and build the site',
  usage: '',
  progress: 'Building the site',
  options: { ...siteOptions, json: { type: 'boolean' } },
  help: { ...siteHelp, json: 'tell the result as JSON' },
  examples: [
    'firebreak build',
    'firebreak build --base /plan/ --out site',
    'firebreak build --audience public --out public-site --overlay ../secure/contacts',
  ],
  run: async (outside, values) => (await buildSite(outside, values)).code,
};

/** Builds the site and says where it is. */
export async function buildSite(
  outside: Outside,
  values: Record<string, string | boolean | undefined>,
): Promise<{ code: ExitCode }> {
  const started = performance.now();
  // Records pass through this process faster than it collects what is left of them.
  const finisher = finishHere(giveMemoryBack);
  const { drawn, last } = await drawElsewhere(outside, values, finisher);
  if (!drawn || !last) return { code: 1 };
  if (!(await searched(outside, () => finisher.finish(last)))) return { code: 1 };
  const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
  outside.stdout.write(
    values['json']
      ? `${JSON.stringify({ ...drawn, seconds }, null, 2)}\n`
      : `${drawn.pages} pages built into ${drawn.folder} in ${seconds.toFixed(1)} s.\n`,
  );
  return { code: 0 };
}

/** Does what looks for what must not be in a site, and tells what was found; false when something was. */
export async function searched(outside: Outside, search: () => unknown): Promise<boolean> {
  try {
    await search();
    return true;
  } catch (reason) {
    if ((reason as Error).name !== 'SiteLeaks') throw reason;
    outside.stderr.write(`${(reason as Error).message}\n`);
    return false;
  }
}

// Sources end in .ts, the package in .js.
const worker = fileURLToPath(new URL(`../build-worker${import.meta.url.slice(-3)}`, import.meta.url));

// V8 lets its memory grow to several times what is in use; collecting earlier costs no time that can be measured. With
// more room for what is young, half of the objects of a page are gone before they are looked at.
const smallMemory = ['--heap-growing-percent=20', '--max-semi-space-size=16', '--min-semi-space-size=16'];

// Vite's bundler and glibc keep what they were given, for later; here nothing comes later that needs as much, and a
// sixth of the memory of drawing is only kept. Whoever sets these otherwise has the last word.
// https://microsoft.github.io/mimalloc/environment.html, https://man7.org/linux/man-pages/man3/mallopt.3.html
const givesBack = { MIMALLOC_PURGE_DELAY: '0', MALLOC_ARENA_MAX: '1' };

/** Where Node keeps compiled programs; a process that is started does not look there by itself. */
function programCache(): Record<string, string> {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

/** Has the pages drawn by a process of its own; nothing is drawn where the plan has errors. */
export async function drawElsewhere(
  outside: Outside,
  values: Record<string, string | boolean | undefined>,
  finisher: Finisher,
): Promise<{ drawn?: { pages: number; folder: string } | undefined; last?: Drawn }> {
  const child = fork(worker, {
    cwd: outside.cwd,
    serialization: 'advanced',
    env: { ...givesBack, ...process.env, ...programCache() },
    signal: outside.signal,
    // Astro warns on its standard output; what a command says there is its result, which a program may read.
    stdio: ['inherit', 2, 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...smallMemory],
  });
  const result: Awaited<ReturnType<typeof drawElsewhere>> = {};
  let cannotRun: string | undefined;
  child.on('message', (message: DrawMessage) => {
    if ('begin' in message) finisher.begin(message.begin);
    else if ('add' in message) finisher.add(message.add);
    else if ('finish' in message) result.last = message.finish;
    else if ('stdout' in message) outside.stdout.write(message.stdout);
    else if ('stderr' in message) outside.stderr.write(message.stderr);
    else if ('cannotRun' in message) cannotRun = message.cannotRun;
    else result.drawn = message.drawn;
  });
  const task: DrawTask = {
    cwd: outside.cwd,
    values,
    now: outside.now,
    colors: { stdout: Boolean(outside.stdout.isTTY), stderr: Boolean(outside.stderr.isTTY) },
  };
  // Ctrl-C ends the other process too, which is no fault.
  child.on('error', (fault) => {
    if (!outside.signal.aborted) throw fault;
  });
  child.send(task);
  await new Promise((resolve) => child.once('exit', resolve));
  if (cannotRun !== undefined) throw new CannotRun(cannotRun);
  return result;
}
