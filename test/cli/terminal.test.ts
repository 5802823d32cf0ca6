import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { run } from '../../src/cli/run.ts';
import { wantsColor, withProgress } from '../../src/cli/terminal.ts';
import { now, runIn, temporaryPlan } from './whole-command.ts';

const escaped = '\u001B[';

test.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: false }, {}, false],
  [{ isTTY: true }, { NO_COLOR: '1' }, false],
  [{ isTTY: true }, { NO_COLOR: '' }, true],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{ isTTY: false }, { FORCE_COLOR: '1' }, true],
  [{ isTTY: true }, { FORCE_COLOR: '0' }, false],
  [{ isTTY: true }, { NO_COLOR: '1', FORCE_COLOR: '1' }, true],
])('%j with %j: colours %s', (stream, env, expected) => {
  expect(wantsColor({ ...stream, write: () => true }, env)).toBe(expected);
});

describe.each(Object.keys(commands))('%s', (name) => {
  test('has help with every option described and an example that can be read', async () => {
    const command = await commands[name]?.();
    expect(Object.keys(command?.help ?? {}).sort()).toEqual(Object.keys(command?.options ?? {}).sort());
    expect(command?.examples.length).toBeGreaterThan(0);
    for (const example of command?.examples ?? []) expect(example).toContain('firebreak ');
    expect(command?.examples.some((example) => example.includes(`firebreak ${name}`))).toBe(true);
    const { code, stdout, stderr } = await runIn(tmpdir(), ...name.split(' '), '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: firebreak ${name}`);
    expect(stdout).not.toContain(escaped);
    // Aligned: each description begins in the same column.
    const columns = stdout
      .split('\n')
      .flatMap((line) => /^ {2}(?: {4}|-\w, )--[\w-]+(?: <value>)?( +)(?=\S)/.exec(line)?.[0].length ?? []);
    expect(new Set(columns).size).toBe(1);
  });
});

test('tells its version, which is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  for (const asked of ['--version', '-v'])
    expect(await runIn(tmpdir(), asked)).toMatchObject({ code: 0, stdout: `firebreak ${version}\n`, stderr: '' });
});

test('the list of commands is aligned, bold only where colours are wanted, and goes to stderr where none was named', async () => {
  const folder = temporaryPlan();
  const { code, stdout } = await runIn(folder, '--help');
  expect({ code, colored: stdout.includes(escaped) }).toEqual({ code: 0, colored: false });
  const written = { out: '', err: '' };
  const world = (env: Record<string, string>) => ({
    cwd: folder,
    stdout: { isTTY: true, write: (text: string) => (written.out += text) },
    stderr: { isTTY: true, write: (text: string) => (written.err += text) },
    env,
    now,
    signal: new AbortController().signal,
  });
  await run(['--help'], world({}));
  expect(written.out).toContain(`${escaped}1mcheck`);
  expect(await run([], world({}))).toBe(2);
  expect(written.err).toContain('Usage:');
});

test('a misspelt command or option names the nearest', async () => {
  const folder = temporaryPlan();
  const command = await runIn(folder, 'chekc');
  expect(command).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Did you mean "check"?') });
  const option = await runIn(folder, 'check', '--strct');
  expect(option).toMatchObject({ code: 2, stdout: '' });
  expect(option.stderr).toContain('There is no option "--strct". Did you mean "--strict"?');
});

test('machines read JSON', async () => {
  const folder = temporaryPlan();
  for (const argv of [
    ['check', '--json'],
    ['fix', '--json', '--dry-run'],
    ['explain', '--json'],
  ])
    JSON.parse((await runIn(folder, ...argv)).stdout);
});

describe('progress', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });
  const world = (isTTY: boolean) => {
    const written: string[] = [];
    const stream = (name: string) => ({ isTTY, write: (text: string) => written.push(`${name} ${text}`) });
    return {
      written,
      outside: {
        cwd: '',
        stdout: stream('out'),
        stderr: stream('err'),
        env: {},
        now,
        signal: new AbortController().signal,
      },
    };
  };

  test('is said from the first second on, and gone before anything else is written', async () => {
    const { written, outside } = world(true);
    await withProgress(outside, 'Building', async ({ stdout }) => {
      await vi.advanceTimersByTimeAsync(900);
      expect(written).toEqual([]);
      await vi.advanceTimersByTimeAsync(1200);
      stdout.write('done');
    });
    expect(written).toEqual([
      'err \r\u001B[2KBuilding … 1 s',
      'err \r\u001B[2KBuilding … 2 s',
      'err \r\u001B[2K',
      'out done',
    ]);
  });

  test('is not said where nobody looks', async () => {
    const { written, outside } = world(false);
    await withProgress(outside, 'Building', () => vi.advanceTimersByTimeAsync(5000).then(() => undefined));
    expect(written).toEqual([]);
  });
});

describe('completion', () => {
  const script = async (shell: string) => (await runIn(tmpdir(), 'completion', shell)).stdout;
  const has = (program: string) => spawnSync(program, ['-c', 'exit 0']).status === 0;
  const inFile = async (shell: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'firebreak-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'script'), await script(shell));
    return join(folder, 'script');
  };

  test.skipIf(!has('bash')).each([
    ['che', ['check']],
    ['lesson ', ['confirm', 'new', 'propose']],
    ['lesson propose --dry', ['--dry-run']],
    ['check --st', ['--strict']],
    ['pack --ou', ['--out']],
    ['help bui', ['build']],
    ['nonsense --x', []],
  ])('bash completes "firebreak %s"', async (typed, expected) => {
    const words = `firebreak ${typed}`.split(' ');
    const program = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _firebreak; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const told = execFileSync('bash', ['--norc', '-c', program, 'bash', await inFile('bash'), ...words], {
      encoding: 'utf8',
    });
    expect(told.split('\n').filter(Boolean)).toEqual(expected);
  });

  test.skipIf(!has('zsh'))('zsh can read its script', async () => {
    execFileSync('zsh', ['-f', '-n', await inFile('zsh')]);
  });

  test.skipIf(!has('zsh')).each([
    ['che', 'check '],
    ['lesson prop', 'lesson propose '],
    ['check --stri', 'check --strict '],
    ['lesson propose --dry', 'lesson propose --dry-run '],
  ])('zsh completes "firebreak %s"', async (typed, expected) => {
    // A terminal in a terminal: what stands on the line is written to a file when a key is pressed after the tab.
    const folder = dirname(await inFile('zsh'));
    renameSync(join(folder, 'script'), join(folder, '_firebreak'));
    const line = join(folder, 'line');
    const setUp = [
      `fpath=(${folder} $fpath)`,
      'autoload -U compinit',
      `compinit -u -d ${folder}/dump`,
      `tell() { print -rn -- $BUFFER > ${line}; exit }`,
      'zle -N tell',
      'bindkey ^X tell',
    ].join('; ');
    const program = `zmodload zsh/zpty; zpty shell zsh -f -i; zpty -w shell "$1"; zpty -w -n shell "$2"; while [[ ! -s "$3" ]] && zpty -t shell; do zpty -r shell read || break; done`;
    execFileSync('zsh', ['-f', '-c', program, 'zsh', setUp, `firebreak ${typed}\t\x18`, line], { timeout: 60_000 });
    expect(readFileSync(line, 'utf8')).toBe(`firebreak ${expected}`);
  });

  test.skipIf(!has('fish'))('fish completes commands and options', async () => {
    const path = await inFile('fish');
    const complete = (line: string) =>
      execFileSync('fish', ['--no-config', '-c', `source ${path}; complete -C '${line}'`], { encoding: 'utf8' });
    expect(complete('firebreak che')).toContain('check\t');
    expect(complete('firebreak lesson ')).toContain('propose\t');
    expect(complete('firebreak check --str')).toContain('--strict\t');
  });

  test('a shell that it does not know is told', async () => {
    const { code, stderr } = await runIn(tmpdir(), 'completion', 'bsh');
    expect({ code, told: stderr.includes('Did you mean "bash"?') }).toEqual({ code: 2, told: true });
  });
});
