#!/usr/bin/env node
import { tooOld } from './node-version.ts';

// Before anything that an older Node could not read: nothing else is imported above.
const fault = tooOld(process.versions.node);
if (fault) {
  process.stderr.write(`${fault}\n`);
  process.exit(2);
}
const { enableCompileCache } = await import('node:module');
const { setFlagsFromString } = await import('node:v8');

// A plan is millions of small objects that live on: with room for them, half of the time of collecting garbage goes.
const roomy = ['--semi-space-growth-factor=4', '--max-semi-space-size=32', '--min-semi-space-size=16'];
// Who builds has little to do in this process, while two others need much memory.
const small = ['--heap-growing-percent=20', '--max-semi-space-size=2'];
for (const flag of ['check', 'init', 'lesson'].includes(process.argv[2] ?? '') ? roomy : small)
  setFlagsFromString(flag);
// Programs start faster the second time.
enableCompileCache();
const { run } = await import('./run.ts');

/** A line from whoever sits at the terminal. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal: ending.signal });
  } finally {
    terminal.close();
  }
}

// Whoever reads may have seen enough: `firebreak lesson propose … | head` is no fault.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault;
  process.exit();
});

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  now: new Date(),
  signal: ending.signal,
  ...(process.stdin.isTTY ? { ask } : {}),
});
