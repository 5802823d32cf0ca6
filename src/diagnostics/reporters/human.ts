import { styleText } from 'node:util';
import { codeFrameColumns } from '@babel/code-frame';
import type { VFile } from 'vfile';
import { allDiagnostics, type Diagnostic, levelOf, type Range, shownPath } from '../report.ts';
import type { Reporter } from './reporter.ts';

// A line of more is data, not text; a frame of it would fill the screen and show nothing.
const longestLine = 2000;

const colours = { error: 'red', warning: 'yellow', hint: 'cyan' } as const;

/** For people at a terminal: what, where with a frame of the text, and what to do. */
export const human: Reporter = (files, { color, prefix, documents }) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  // Several documents of an overlay can lie in one file.
  const byMessage = new Map(files.flatMap((file) => file.messages.map((message) => [message, file])));
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(format, text, { validateStream: false }) : text;
  const diagnostics = allDiagnostics(files);
  const blocks = diagnostics.map((diagnostic) => {
    const level = levelOf(diagnostic);
    const range = diagnostic.place && 'start' in diagnostic.place ? (diagnostic.place as Range) : undefined;
    const where = `${visible(shownPath(prefix, diagnostic.file), '')}${range ? `:${range.start.line}:${range.start.column}` : ''}`;
    return [
      `${style(['bold', colours[level]], level)} ${style('bold', visible(diagnostic.reason, ''))} ${style('dim', diagnostic.ruleId)}`,
      `  ${style('underline', where)}`,
      ...(range ? frame(byMessage.get(diagnostic), range, color) : []),
      ...(diagnostic.related ?? []).flatMap((related) => [
        `  see also ${style('underline', `${shownPath(prefix, related.path)}:${related.range.start.line}:${related.range.start.column}`)}`,
        ...frame(byPath.get(related.path), related.range, color),
      ]),
      `  ${style('bold', 'help')}: ${visible(diagnostic.note, '')}`,
      '',
    ].join('\n');
  });
  return `${[...blocks, summary(diagnostics, documents)].join('\n')}\n`;
};

/** The lines around a place, with a mark under it; nothing where there is no text to show. */
function frame(file: VFile | undefined, { start, end }: Range, color: boolean): string[] {
  if (!file || String(file) === '') return [];
  const text = visible(String(file), '\n\r\t');
  const lines = text.split('\n');
  // What ends with a line break ends on that line.
  const last = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  // A fault that spans a whole block is pointed at by its first line.
  const marked = last > start.line + 2 ? start.line : last;
  if (lines.slice(Math.max(0, start.line - 2), marked + 1).some((line) => line.length > longestLine)) return [];
  const column = last === end.line ? end.column : (lines[last - 1] as string).length + 1;
  const location = {
    start: { line: start.line, column: start.column },
    ...(marked === last
      ? { end: { line: last, column: last === start.line ? Math.max(column, start.column + 1) : column } }
      : {}),
  };
  const options = { linesAbove: 1, linesBelow: 1, highlightCode: false, forceColor: color };
  return [indented(codeFrameColumns(text, location, options))];
}

/**
 * Text of a plan as a terminal may show it. A plan can come from a stranger: control characters would move the cursor
 * or colour the screen, and marks of direction would show the text in another order than it has.
 *
 * @param kept control characters that stay
 */
function visible(text: string, kept: string): string {
  return text.replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0);
    if (kept.includes(character)) return character;
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD';
  });
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line ? `  ${line}`.trimEnd() : line))
    .join('\n');
}

function summary(diagnostics: readonly Diagnostic[], documents: number): string {
  const count = (level: 'error' | 'warning' | 'hint') =>
    diagnostics.filter((diagnostic) => levelOf(diagnostic) === level).length;
  const part = (number: number, word: string) => (number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`]);
  const found = [
    ...part(count('error'), 'error'),
    ...part(count('warning'), 'warning'),
    ...part(count('hint'), 'hint'),
  ];
  const checked = `${documents} ${documents === 1 ? 'document' : 'documents'} checked`;
  return found.length === 0
    ? `${checked}, nothing to report.`
    : `${checked}: ${found.join(', ')}. \`firebreak explain <id>\` says more about each.`;
}
