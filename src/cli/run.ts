import { parseArgs } from 'node:util';
import { nearestName } from '../model/nearest-name.ts';
import { CannotRun, type Command, type ExitCode, type Outside } from './command.ts';
import { commands } from './commands/index.ts';

/**
 * Runs the command line.
 *
 * @param argv what follows the program's name
 * @param outside the world that commands see
 * @returns the exit code
 */
export async function run(argv: readonly string[], outside: Outside): Promise<ExitCode> {
  const [name] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const asked = await commandIn(argv.slice(1));
    outside.stdout.write(asked ? commandHelp(asked.command) : await overview());
    return name === undefined ? 2 : 0;
  }
  const found = await commandIn(argv);
  if (!found) {
    outside.stderr.write(`${notACommand(argv)}\n\n${await overview()}`);
    return 2;
  }
  const { command, rest } = found;
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values['help']) {
      outside.stdout.write(commandHelp(command));
      return 0;
    }
    return await command.run(outside, values as Record<string, string | boolean | undefined>, positionals);
  } catch (reason) {
    const usage = (reason as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
    if (!(reason instanceof CannotRun) && !usage) throw reason;
    outside.stderr.write(`firebreak ${command.name}: ${(reason as Error).message}\n`);
    if (usage) outside.stderr.write(`\n${commandHelp(command)}`);
    return 2;
  }
}

/** The command that a command line begins with, whose name is one word or two, and what follows it. */
async function commandIn(argv: readonly string[]): Promise<{ command: Command; rest: string[] } | undefined> {
  for (const words of [2, 1]) {
    const command = argv.length >= words ? await commandNamed(argv.slice(0, words).join(' ')) : undefined;
    if (command) return { command, rest: argv.slice(words) };
  }
  return undefined;
}

function notACommand([name = '', second]: readonly string[]): string {
  const inGroup = Object.keys(commands).filter((known) => known.startsWith(`${name} `));
  if (inGroup.length > 0 && (second === undefined || second.startsWith('-')))
    return `What shall be done with a ${name}? Write: ${inGroup.map((known) => `firebreak ${known}`).join(', ')}.`;
  const typed = inGroup.length > 0 ? `${name} ${second}` : name;
  const meant = nearestName(typed, Object.keys(commands));
  return `There is no command "${typed}".${meant ? ` Did you mean "${meant}"?` : ''}`;
}

async function commandNamed(name: string | undefined): Promise<Command | undefined> {
  return name !== undefined && Object.hasOwn(commands, name) ? commands[name]?.() : undefined;
}

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map((command) => command.name.length));
  const lines = all.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `firebreak: an incident response plan kept as code\n\nUsage: firebreak <command> [options]\n\n${lines.join('\n')}\n\n\`firebreak help <command>\` shows its options and examples.\n`;
}

function commandHelp(command: Command): string {
  const names = Object.entries(command.options).map(
    ([name, { type }]) => [`--${name}${type === 'string' ? ' <value>' : ''}`, command.help[name] ?? ''] as const,
  );
  const width = Math.max(0, ...names.map(([name]) => name.length));
  const options =
    names.length > 0
      ? `\nOptions:\n${names.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n')}\n`
      : '';
  return `${command.summary}.\n\nUsage: firebreak ${command.name} ${command.usage}\n${options}\nExamples:\n${command.examples.map((example) => `  ${example}`).join('\n')}\n`;
}
