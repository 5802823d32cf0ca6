/** Runs commands and measures them from outside: wall time, processor time, and peak memory of all their processes. */

import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Command {
  file: string;
  args: readonly string[];
  cwd: string;
  env?: Record<string, string>;
}

export interface Measured {
  /** Seconds on the clock. */
  wall: number;
  /** Seconds of processor time, user and system; undefined where there is no /proc. */
  cpu: number | undefined;
  /** Peak of the resident memory of all processes together, in MiB; undefined where there is no /proc. */
  memory: number | undefined;
}

// Often enough for builds of seconds, and one sample costs about a millisecond.
const sampleEvery = 50;
const ticksPerSecond = 100;

/** Runs commands one after the other and measures them as one. Throws when one fails, with what it printed. */
export async function measure(commands: readonly Command[]): Promise<Measured> {
  const total: Measured = { wall: 0, cpu: hasProc ? 0 : undefined, memory: hasProc ? 0 : undefined };
  for (const command of commands) {
    const part = await measureOne(command);
    total.wall += part.wall;
    if (part.cpu !== undefined) total.cpu = (total.cpu ?? 0) + part.cpu;
    if (part.memory !== undefined) total.memory = Math.max(total.memory ?? 0, part.memory);
  }
  return total;
}

const hasProc = process.platform === 'linux';

async function measureOne({ file, args, cwd, env }: Command): Promise<Measured> {
  const printed: Buffer[] = [];
  const started = performance.now();
  // A session of its own: what the command starts is in it, whoever becomes its parent.
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
  let memory = 0;
  const ticks = new Map<number, number>();
  const sample = () => {
    if (child.pid === undefined) return;
    const processes = processesOf(child.pid);
    memory = Math.max(
      memory,
      processes.reduce((sum, { resident }) => sum + resident, 0),
    );
    for (const { id, used } of processes) ticks.set(id, used);
  };
  const timer = hasProc ? setInterval(sample, sampleEvery) : undefined;
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  const wall = (performance.now() - started) / 1000;
  clearInterval(timer);
  if (code !== 0)
    throw new Error(`${file} ${args.join(' ')} ended with ${code}:\n${Buffer.concat(printed).toString().slice(-4000)}`);
  if (!hasProc) return { wall, cpu: undefined, memory: undefined };
  const used = [...ticks.values()].reduce((sum, each) => sum + each, 0);
  return { wall, cpu: used / ticksPerSecond, memory: memory / 1024 };
}

/** The processes of a session: resident memory in KiB, and processor time in ticks. */
function processesOf(session: number): { id: number; resident: number; used: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name of the program stands in brackets and may hold anything; fields are counted behind it.
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (Number(fields[3]) !== session) return [];
        const status = readFileSync(`/proc/${name}/status`, 'latin1');
        const resident = Number(/^VmRSS:\s*(\d+) kB/m.exec(status)?.[1] ?? 0);
        return [{ id: Number(name), resident, used: Number(fields[11]) + Number(fields[12]) }];
      } catch {
        // It ended while it was looked at.
        return [];
      }
    });
}

/** The one in the middle; of an even number, the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}
