/** Attackers choose the names of hosts, files and accounts: a value must stay text in the command that it goes into. */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isHarmless,
  placeholderPatterns,
  placeholdersIn,
  quoted,
  quotingContext,
  splitCommand,
} from '../../src/model/placeholder.ts';

const contextOf = (command: string, shell: Parameters<typeof quotingContext>[2]) =>
  quotingContext(command, command.indexOf('<x>'), shell);

test.each<[string, Parameters<typeof quotingContext>[2], ReturnType<typeof quotingContext>]>([
  ['ls <x>', 'bash', 'bare'],
  ['ls "<x>"', 'bash', 'inside quotes'],
  ["ls '<x>'", 'bash', 'inside quotes'],
  ['ls "a" <x>', 'bash', 'bare'],
  ['ls "a\\"" <x>', 'bash', 'bare'],
  ["echo $'it\\'s' <x>", 'bash', 'bare'],
  ['ls \\<x>', 'bash', 'inside quotes'],
  ["echo \\$'a\\'' <x>", 'bash', 'inside quotes'],
  ["echo $$'a\\'' <x>", 'bash', 'inside quotes'],
  ['Get-Item "a” "<x>', 'powershell', 'inside quotes'],
  ["<# don't #> Get-Item '<x>'", 'powershell', 'inside quotes'],
  ['# what the user doesn’t say\nls <x>', 'bash', 'bare'],
  ["# don't\nls '<x>'", 'bash', 'inside quotes'],
  ["# don't\nls <x>", 'bash', 'bare'],
  ["# don't\nls <x>", 'zsh', 'inside quotes'],
  ['# plain\nls <x>', 'zsh', 'bare'],
  ['a#b "c" <x>', 'bash', 'bare'],
  ['cat <<EOF\n<x>\nEOF', 'bash', 'inside quotes'],
  ['grep a <<< <x>', 'bash', 'bare'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is bash
  ['tar -cf "${HOME}/$(hostname).tar" <x>', 'bash', 'bare'],
  ['echo "$(cat "<x>")"', 'bash', 'inside quotes'],
  ['echo "$(cat <x>)"', 'bash', 'inside quotes'],
  ['echo `cat <x>`', 'bash', 'inside quotes'],
  ['echo $(cat <x>)', 'bash', 'bare'],
  ['Get-Item -Path <x>', 'powershell', 'bare'],
  ['Get-Item "a`"<x>"', 'powershell', 'inside quotes'],
  ["Get-Item 'it''s' <x>", 'powershell', 'bare'],
  ['Get-Item ‘<x>’', 'powershell', 'inside quotes'],
  ['@"\n<x>\n"@', 'powershell', 'inside quotes'],
  ['dir <x>', 'cmd', 'in this shell'],
  ['| where Name == <x>', 'kql', 'in this shell'],
])('%j in %s is %s', (command, shell, context) => {
  expect(contextOf(command, shell)).toBe(context);
});

const bash = spawnSync('bash', ['-c', 'exit 7']).status === 7;

describe.skipIf(!bash)('a real bash', () => {
  const piece = fc.constantFrom(
    'a',
    ' ',
    '"',
    "'",
    '\\',
    '$',
    '(',
    ')',
    '{',
    '}',
    '`',
    '#',
    ' # ',
    '\n',
    '"$(',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is bash
    '${HOME}',
    '"${',
    "$'",
    '<<E\n',
    '<<<',
    '|',
    ';',
    '&',
  );
  const around = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
  // Executed in any way it says PW2NED; as text it keeps its sum.
  const order = 'echo PW$((1+1))NED >&2';
  const value = `a'; ${order}; '$(${order})"\`${order}\`"\\`;

  test('never runs a value that stands where it can be quoted', () => {
    fc.assert(
      fc.property(around, around, (before, after) => {
        const command = `${before}<x>${after}`;
        if (quotingContext(command, before.length, 'bash') !== 'bare') return;
        const script = before + quoted(value, 'bash') + after;
        const { stdout, stderr } = spawnSync('bash', ['--restricted', '-c', script], {
          cwd: tmpdir(),
          env: { PATH: '' },
          encoding: 'utf8',
          timeout: 5000,
        });
        expect(stdout + stderr, script).not.toContain('PW2NED');
      }),
      { numRuns: 200 },
    );
  });

  test('reads a quoted value as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\0')),
        (text) => {
          expect(spawnSync('bash', ['-c', `printf %s ${quoted(text, 'bash')}`], { encoding: 'utf8' }).stdout).toBe(
            text,
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

test('the pieces of a command are the command', () => {
  const text = fc
    .array(fc.constantFrom('<host>', '<file>', '<', '>', 'ls ', '<Host>', '<a b>', '\n'), { maxLength: 12 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.subarray(['host', 'file']), (command, declared) => {
      const pieces = splitCommand(command, new Set(declared));
      expect(pieces.map((piece) => ('text' in piece ? piece.text : `<${piece.placeholder}>`)).join('')).toBe(command);
      for (const { name, offset } of placeholdersIn(command))
        expect(command.startsWith(`<${name}>`, offset)).toBe(true);
    }),
  );
});

test('patterns that allow nothing of a shell are harmless, others are not', () => {
  const harmless = Object.entries(placeholderPatterns)
    .filter(([, pattern]) => isHarmless(pattern))
    .map(([type]) => type);
  expect(harmless.sort()).toMatchInlineSnapshot(`
    [
      "account",
      "date-time",
      "domain",
      "hash",
      "host",
      "identifier",
      "ip-address",
      "mail-address",
      "number",
    ]
  `);
  for (const pattern of ['^.*$', '^[^"]+$', '^(a+)+$', '^[a-z ]+$', '[a-z]+'])
    expect(isHarmless(pattern), pattern).toBe(false);
});
