/** Values that a responder fills into a command: what they may look like, and whether they can be quoted safely. */

import type { BlockAttributes } from './schema-types.ts';

export type PlaceholderType = BlockAttributes['placeholder']['type'];

/**
 * The pattern of each type. Attackers choose host, file and account names, so the patterns refuse rather than repair.
 * Host: RFC 1123 names and addresses. Account: names of Windows, Unix and directory accounts. Mail address: the
 * common subset of RFC 5321. Identifier: what cloud providers use for resources.
 */
export const placeholderPatterns: Record<PlaceholderType, string> = {
  host: '^[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?$',
  account: '^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,103}$',
  'mail-address': '^[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]{1,253}$',
  'ip-address': '^[0-9A-Fa-f.:]{2,45}(/[0-9]{1,3})?$',
  domain: '^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$',
  url: '^https?://[!-~]{1,2000}$',
  hash: '^[0-9A-Fa-f]{32,128}$',
  'file-path': '^[^\\u0000-\\u001F]{1,1000}$',
  'date-time': '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?$',
  number: '^[0-9]{1,24}$',
  identifier: '^[A-Za-z0-9/_][A-Za-z0-9_.:/=@-]{0,511}$',
  text: '^[^\\u0000-\\u001F]{1,500}$',
};

const form = /<([a-z][a-z0-9-]*)>/g;

/** The placeholders of a command, in order, with their offset in the text. */
export function placeholdersIn(command: string): { name: string; offset: number }[] {
  return [...command.matchAll(form)].map((match) => ({ name: match[1] as string, offset: match.index }));
}

/** Cuts a command into literal text and placeholders that are declared; an undeclared `<x>` stays literal. */
export function splitCommand(
  command: string,
  declared: ReadonlySet<string>,
): ({ text: string } | { placeholder: string })[] {
  const pieces: ({ text: string } | { placeholder: string })[] = [];
  let from = 0;
  for (const { name, offset } of placeholdersIn(command)) {
    if (!declared.has(name)) continue;
    if (offset > from) pieces.push({ text: command.slice(from, offset) });
    pieces.push({ placeholder: name });
    from = offset + name.length + 2;
  }
  if (from < command.length) pieces.push({ text: command.slice(from) });
  return pieces;
}

// What could end a quoted text or start another command in one of the shells.
const dangerous = [
  "'",
  '"',
  '`',
  '$',
  ';',
  '&',
  '|',
  '<',
  '>',
  '(',
  ')',
  '{',
  '}',
  '\\',
  '\n',
  ' ',
  '!',
  '%',
  '^',
  '*',
  '?',
  '#',
  '~',
  // PowerShell takes these for quotation marks.
  '‘',
  '’',
  '‚',
  '‛',
  '“',
  '”',
  '„',
];

/** Whether values of a pattern hold nothing that any shell could read as more than text, wherever they stand. */
export function isHarmless(pattern: string): boolean {
  // A repeated group can take time in the power of two of its input; such a pattern is not tried, nor trusted.
  if (/\)[*+{]/.test(pattern)) return false;
  const expression = new RegExp(pattern, 'u');
  const carriers = [
    'a',
    'a.b',
    '1',
    '10',
    'a@b.c',
    '192.0.2.1',
    'https://a.b/c',
    '0123456789abcdef0123456789abcdef',
    '/a/b',
    '2026-01-01',
  ];
  return !dangerous.some((character) =>
    carriers.some((carrier) =>
      [carrier + character + carrier, carrier + character, character + carrier, character].some((value) =>
        expression.test(value),
      ),
    ),
  );
}

const longestFollowed = 10_000;

/**
 * Where a placeholder stands, as far as quoting goes: `bare` when the shell's own quoting can be put around the value,
 * otherwise the reason why it cannot. Where a command is hard to tell (a substitution in quotes, a here-document), it
 * is taken to be in quotes: a refusal costs the author a line, a wrong `bare` hands the shell to whoever chose a name.
 */
export function quotingContext(
  command: string,
  offset: number,
  shell: BlockAttributes['command']['shell'],
): 'bare' | 'inside quotes' | 'in this shell' {
  if (shell !== 'bash' && shell !== 'zsh' && shell !== 'powershell') return 'in this shell';
  // Nobody types so much; a file that was made to keep a program busy might hold it.
  if (offset > longestFollowed) return 'inside quotes';
  // PowerShell takes typographic quotation marks for its own (about_Quoting_Rules), and lets one kind end another.
  if (shell === 'powershell' && /[‘’‚‛“”„]/.test(command.slice(0, offset))) return 'inside quotes';
  const escaping = shell === 'powershell' ? '`' : '\\';
  // Which quotation is open: `$'` is the one of bash and zsh in which a backslash escapes.
  let quote: '"' | "'" | "$'" | undefined;
  for (let at = 0; at < offset; at += 1) {
    const character = command[at] as string;
    if (character === escaping && quote !== "'") {
      // The character before the placeholder would escape the quotation mark that is put around the value.
      if (at + 1 >= offset) return 'inside quotes';
      at += 1;
    } else if (quote === undefined) {
      const rest = command.slice(at, offset);
      const startsWord = at === 0 || ' \t\n;&|('.includes(command[at - 1] as string);
      const comment = character === '#' && startsWord ? /^[^\n]*/.exec(rest)?.[0] : undefined;
      if (comment !== undefined) {
        // A zsh at a terminal knows no comments: there a quotation mark in one is a quotation mark.
        if (shell === 'zsh' && /['"\\`]/.test(comment)) return 'inside quotes';
        at += comment.length - 1;
      } else if (startsHardText(rest, shell)) return 'inside quotes';
      else if (rest.startsWith('<<<')) at += 2;
      else if (rest.startsWith('$$')) at += 1;
      else if (rest.startsWith("$'") && shell !== 'powershell') {
        quote = "$'";
        at += 1;
      } else if (character === '"' || character === "'") quote = character;
    } else if (quote === '"') {
      // What stands in here begins its own quoting, except where it plainly has none.
      const inner = /^(?:\$[({]|`)/.test(command.slice(at, offset));
      const plain = /^(?:\$\([^()'"`\\\n]*\)|\$\{[A-Za-z0-9_:]+\})/.exec(command.slice(at, offset))?.[0];
      if (plain !== undefined) at += plain.length - 1;
      else if (inner) return 'inside quotes';
      else if (character === '"') quote = undefined;
    } else if (character === "'") quote = undefined;
  }
  return quote === undefined ? 'bare' : 'inside quotes';
}

/** Whether a text begins that is not followed here: a here-document or here-string, a block comment, an old substitution. */
function startsHardText(text: string, shell: 'bash' | 'zsh' | 'powershell'): boolean {
  return shell === 'powershell' ? /^(?:@['"]|<#)/.test(text) : /^(?:`|<<(?!<))/.test(text);
}

/**
 * A value in the shell's own single quotes, in which nothing but the quote itself means anything.
 *
 * PowerShell reads the curly quotes as quotes too, so each is doubled.
 *
 * @example quoted("it's", 'bash') // 'it'\''s'
 */
export function quoted(value: string, shell: string): string {
  return shell === 'powershell'
    ? `'${value.replace(/['\u2018-\u201B]/g, '$&$&')}'`
    : `'${value.replaceAll("'", "'\\''")}'`;
}
