import { parseArgs } from 'node:util';
import { nearestName } from '../model/nearest-name.ts';
import { CannotRun, type Command, type ExitCode, type Outside } from './command.ts';
import { commands } from './commands/index.ts';
import { strong, wantsColor, withProgress } from './terminal.ts';

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
    const color = wantsColor(outside.stdout, outside.env);
    (name === undefined ? outside.stderr : outside.stdout).write(
      asked ? commandHelp(asked.command, color) : await overview(color),
    );
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    const { engine } = await import('../site/manifest.ts');
    outside.stdout.write(`firebreak ${engine}\n`);
    return 0;
  }
  const found = await commandIn(argv);
  if (!found) {
    outside.stderr.write(`${notACommand(argv)}\n\n${await overview(wantsColor(outside.stderr, outside.env))}`);
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
      outside.stdout.write(commandHelp(command, wantsColor(outside.stdout, outside.env)));
      return 0;
    }
    const given = values as Record<string, string | boolean | undefined>;
    const job = (world: Outside) => command.run(world, given, positionals);
    // Whoever watches waits for changes, and not for the end.
    return await (command.progress && !given['watch'] ? withProgress(outside, command.progress, job) : job(outside));
  } catch (reason) {
    const usage = (reason as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
    if (!(reason instanceof CannotRun) && !usage) throw reason;
    const words = usage ? optionFault(reason as Error, command) : (reason as Error).message;
    outside.stderr.write(`firebreak ${command.name}: ${words}\n`);
    if (usage) outside.stderr.write(`\n${commandHelp(command, wantsColor(outside.stderr, outside.env))}`);
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

/** What is wrong with an option, and which was meant. */
function optionFault({ message }: Error, { options }: Command): string {
  const unknown = /^Unknown option '-{1,2}([^']+)'/.exec(message)?.[1];
  if (unknown === undefined) return message.replace(/(?<!\.)$/, '.');
  const meant = nearestName(unknown.split('=')[0] as string, [...Object.keys(options), 'help']);
  return `There is no option "--${unknown}".${meant ? ` Did you mean "--${meant}"?` : ''}`;
}

async function overview(color: boolean): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map((command) => command.name.length));
  const lines = all.map((command) => `  ${strong(command.name.padEnd(width), color)}  ${command.summary}`);
  const examples = [
    'firebreak check',
    'firebreak new runbook "Lost device"',
    'firebreak dev',
    'firebreak build --base /plan/',
  ];
  return `firebreak: an incident response plan kept as code

${strong('Usage:', color)} firebreak <command> [options]

${lines.join('\n')}

${strong('Examples:', color)}
${examples.map((example) => `  ${example}`).join('\n')}

\`firebreak help <command>\` shows its options and examples, \`firebreak --version\` which version this is.
`;
}

function commandHelp(command: Command, color: boolean): string {
  const options: Command['options'] = { ...command.options, help: { type: 'boolean', short: 'h' } };
  const help: Record<string, string> = { ...command.help, help: 'show this' };
  const names = Object.entries(options).map(([name, { type, short }]) => {
    const written = `${short ? `-${short}, ` : '    '}--${name}${type === 'string' ? ' <value>' : ''}`;
    return [written, help[name] ?? ''] as const;
  });
  const width = Math.max(...names.map(([name]) => name.length));
  return `${command.summary}.

${strong('Usage:', color)} firebreak ${`${command.name} ${command.usage}`.trim()}

${strong('Options:', color)}
${names.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n')}

${strong('Examples:', color)}
${command.examples.map((example) => `  ${example}`).join('\n')}
`;
}
