/**
 * The process that draws a site for the build command. It ends with its pages, so that its memory is given back before
 * the search index is written, which needs as much: the process that started it does that.
 */
import { type FinishMessage, finishElsewhere, handFinisher } from '../site/finishing.ts';
import { CannotRun } from './command.ts';
import { drawSite } from './draw-site.ts';

/** What is to be drawn: the outside world of the command as plain data. */
export interface DrawTask {
  cwd: string;
  values: Record<string, string | boolean | undefined>;
  now: Date;
  colors: { stdout: boolean; stderr: boolean };
}

/** What this process says. */
export type DrawMessage =
  | FinishMessage
  | { stdout: string }
  | { stderr: string }
  | { drawn: Awaited<ReturnType<typeof drawSite>> }
  | { cannotRun: string };

// What was said last has gone out when this is done: a channel that closes earlier swallows it.
let said: Promise<unknown> = Promise.resolve();
const send = (message: DrawMessage) => {
  said = new Promise((done) => process.send?.(message, undefined, undefined, done));
};

async function work({ cwd, values, now, colors }: DrawTask): Promise<void> {
  handFinisher(finishElsewhere(send));
  const outside = {
    cwd,
    now,
    env: process.env,
    signal: new AbortController().signal,
    stdout: { isTTY: colors.stdout, write: (text: string) => send({ stdout: text }) },
    stderr: { isTTY: colors.stderr, write: (text: string) => send({ stderr: text }) },
  };
  try {
    send({ drawn: await drawSite(outside, values) });
  } catch (reason) {
    if (!(reason instanceof CannotRun)) throw reason;
    send({ cannotRun: reason.message });
  } finally {
    await said;
    process.disconnect?.();
  }
}

process.once('message', (task: DrawTask) => void work(task));
