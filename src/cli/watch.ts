import { watch as watchFolder } from 'node:fs/promises';
import type { ExitCode, Outside } from './command.ts';

// Editors write a file in several steps; wait until they are done.
const settle = 80;

/** Runs a job now and after every change below a folder, until the user ends it. Gives the last exit code. */
export async function watch(outside: Outside, folder: string, job: () => Promise<ExitCode>): Promise<ExitCode> {
  let code = await job();
  let again: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = running.then(async () => {
      outside.stderr.write('\nA file changed.\n');
      code = await job();
    });
  };
  try {
    for await (const _ of watchFolder(folder, { recursive: true, signal: outside.signal })) {
      clearTimeout(again);
      again = setTimeout(run, settle);
    }
  } catch (reason) {
    if (!outside.signal.aborted) throw reason;
  }
  clearTimeout(again);
  await running;
  return code;
}
