import { nearestName } from '../../model/nearest-name.ts';
import { CannotRun, type Command } from '../command.ts';

/** What a shell completes: the words of a command, and its options. */
interface Completed {
  name: string;
  summary: string;
  options: { name: string; help: string; takesValue: boolean }[];
}

const shells: Record<string, (completed: readonly Completed[]) => string> = { bash, zsh, fish };

/**
 * Prints a script that completes commands and options.
 *
 * @param commands all of them, this one too
 */
export const completionOf = (commands: Readonly<Record<string, () => Promise<Command>>>): Command => ({
  name: 'completion',
  summary: 'Print a script that completes commands and options in bash, zsh or fish',
  usage: 'bash|zsh|fish',
  options: {},
  help: {},
  examples: [
    'source <(firebreak completion bash)',
    'firebreak completion zsh > ~/.zfunc/_firebreak',
    'firebreak completion fish > ~/.config/fish/completions/firebreak.fish',
  ],
  async run(outside, _values, [shell = '']) {
    const script = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
    if (!script) {
      const meant = nearestName(shell, Object.keys(shells));
      throw new CannotRun(
        shell === ''
          ? `Say for which shell: ${Object.keys(shells).join(', ')}.`
          : `There is no completion for "${shell}".${meant ? ` Did you mean "${meant}"?` : ` There is one for ${Object.keys(shells).join(', ')}.`}`,
      );
    }
    const all = await Promise.all(Object.values(commands).map((load) => load()));
    outside.stdout.write(script(all.map(completed)));
    return 0;
  },
});

function completed({ name, summary, options, help }: Command): Completed {
  return {
    name,
    summary,
    options: [
      ...Object.entries(options).map(([option, { type }]) => ({
        name: option,
        help: help[option] ?? '',
        takesValue: type === 'string',
      })),
      { name: 'help', help: 'show options and examples', takesValue: false },
    ],
  };
}

/** The words that may follow others: the first word of a command, then the second where it has one. */
function following(all: readonly Completed[]): Map<string, string[]> {
  const words = new Map<string, Set<string>>([['', new Set(['help'])]]);
  for (const { name } of all) {
    const [first = '', second] = name.split(' ');
    words.get('')?.add(first);
    if (second) words.set(first, (words.get(first) ?? new Set()).add(second));
  }
  return new Map([...words].map(([before, set]) => [before, [...set].sort()]));
}

const flags = ({ options }: Completed) => options.map(({ name }) => `--${name}`).join(' ');

function bash(all: readonly Completed[]): string {
  const next = following(all);
  const inner = [...next].filter(([before]) => before !== '');
  return `# Completion of firebreak for bash. Load it with: source <(firebreak completion bash)
_firebreak() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${next.get('')?.join(' ')}" -- "$word"))
    return
  fi
  case $command in
${inner.map(([before, words]) => `    ${before})\n      if [[ $COMP_CWORD -eq 2 ]]; then\n        COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word"))\n        [[ \${#COMPREPLY[@]} -gt 0 ]] && return\n      fi\n      case "$command \${COMP_WORDS[2]}" in ${words.map((word) => `"${before} ${word}"`).join(' | ')}) command="$command \${COMP_WORDS[2]}" ;; esac ;;`).join('\n')}
    help) COMPREPLY=($(compgen -W "${next.get('')?.join(' ')}" -- "$word")); return ;;
  esac
  # What follows an option that takes a value is that value: a file, as far as anybody can tell.
  case "$command $before" in
${all
  .map(({ name, options }) => {
    const valued = options.filter(({ takesValue }) => takesValue).map((option) => `"${name} --${option.name}"`);
    return valued.length > 0 ? `    ${valued.join(' | ')}) COMPREPLY=($(compgen -f -- "$word")); return ;;\n` : '';
  })
  .join('')}  esac
  if [[ $word == -* ]]; then
    case $command in
${all.map((one) => `      "${one.name}") COMPREPLY=($(compgen -W "${flags(one)}" -- "$word")) ;;`).join('\n')}
    esac
    return
  fi
  COMPREPLY=($(compgen -f -- "$word"))
}
complete -o filenames -F _firebreak firebreak
`;
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const zshText = (text: string) => text.replace(/[[\]:\\]/g, '\\$&');

function zsh(all: readonly Completed[]): string {
  const next = following(all);
  const inner = [...next].filter(([before]) => before !== '');
  const summaryOf = (word: string) => all.find(({ name }) => name === word)?.summary ?? `${word} …`;
  const described = (before: string, words: readonly string[]) =>
    words.map((word) => quoted(`${word}:${zshText(summaryOf(`${before}${word}`))}`)).join(' ');
  return `#compdef firebreak
# Completion of firebreak for zsh. Put it into a folder of $fpath as _firebreak.
_firebreak() {
  local -a words_here
  local command=$words[2]
  if (( CURRENT == 2 )); then
    words_here=(${described('', next.get('') ?? [])})
    _describe command words_here
    return
  fi
${inner.map(([before, words]) => `  if [[ $command == ${before} ]] && (( CURRENT == 3 )); then\n    words_here=(${described(`${before} `, words)})\n    _describe command words_here\n    [[ $words[3] == -* ]] || return\n  fi\n  [[ $command == ${before} && " ${words.join(' ')} " == *" $words[3] "* ]] && command="$command $words[3]"`).join('\n')}
  case $command in
${all
  .map(
    ({ name, options }) =>
      `    ${quoted(name)}) _arguments ${options.map((option) => quoted(`--${option.name}[${zshText(option.help)}]${option.takesValue ? ':value:_files' : ''}`)).join(' ')} '*:file:_files' ;;`,
  )
  .join('\n')}
    *) _files ;;
  esac
}
_firebreak "$@"
`;
}

function fish(all: readonly Completed[]): string {
  const next = following(all);
  const lines = (next.get('') ?? []).map(
    (word) =>
      `complete -c firebreak -n __fish_use_subcommand -f -a ${word} -d ${quoted(all.find(({ name }) => name === word)?.summary ?? word)}`,
  );
  for (const { name, summary, options } of all) {
    const [first = '', second] = name.split(' ');
    const seen = second
      ? `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`
      : `__fish_seen_subcommand_from ${first}`;
    if (second)
      lines.push(
        `complete -c firebreak -n '__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${next.get(first)?.join(' ')}' -f -a ${second} -d ${quoted(summary)}`,
      );
    for (const option of options)
      lines.push(
        `complete -c firebreak -n '${seen}' -l ${option.name}${option.takesValue ? ' -r' : ''} -d ${quoted(option.help)}`,
      );
  }
  return `# Completion of firebreak for fish.\n${lines.join('\n')}\n`;
}
