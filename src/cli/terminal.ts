/** What a terminal can do that a file or a pipe cannot: colours, and a line that says what takes so long. */

import type { Outside } from './command.ts';

type Stream = Outside['stdout'];

/**
 * Whether colours are written. FORCE_COLOR and NO_COLOR decide (no-color.org; Node's own rules), else that somebody
 * looks.
 */
export function wantsColor({ isTTY }: Stream, env: Outside['env']): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return Boolean(isTTY) && env['TERM'] !== 'dumb';
}

/** Makes words bold where colours are written. */
export function strong(text: string, color: boolean): string {
  return color ? `\u001B[1m${text}\u001B[22m` : text;
}

// Work that is done in a second needs no word about it.
const patience = 1000;
const lineStart = '\r\u001B[2K';

/**
 * Does a job and says on the terminal how long it has taken, from the first second on. Nothing is written where nobody
 * looks, and the line is gone before anything else is written.
 *
 * @param what is done, as `Building the site`
 */
export async function withProgress<T>(
  outside: Outside,
  what: string,
  job: (outside: Outside) => Promise<T>,
): Promise<T> {
  const { stdout, stderr, env } = outside;
  if (!stderr.isTTY || env['CI'] || env['TERM'] === 'dumb') return job(outside);
  let shown = false;
  let seconds = 0;
  const clear = () => {
    if (shown) stderr.write(lineStart);
    shown = false;
  };
  const timer = setInterval(() => {
    seconds += 1;
    stderr.write(`${lineStart}${what} … ${seconds} s`);
    shown = true;
  }, patience);
  timer.unref();
  const clearing = (stream: Stream): Stream => ({
    ...(stream.isTTY === undefined ? {} : { isTTY: stream.isTTY }),
    write: (text) => {
      clear();
      return stream.write(text);
    },
  });
  try {
    return await job({ ...outside, stdout: clearing(stdout), stderr: clearing(stderr) });
  } finally {
    clearInterval(timer);
    clear();
  }
}
