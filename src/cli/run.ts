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
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const asked = await commandNamed(rest[0]);
    outside.stdout.write(asked ? commandHelp(asked) : await overview());
    return name === undefined ? 2 : 0;
  }
  const command = await commandNamed(name);
  if (!command) {
    const meant = nearestName(name, Object.keys(commands));
    outside.stderr.write(
      `There is no command "${name}".${meant ? ` Did you mean "${meant}"?` : ''}\n\n${await overview()}`,
    );
    return 2;
  }
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
