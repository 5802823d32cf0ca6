import { styleText } from 'node:util';
import type { VFile } from 'vfile';
import { frameOf, visible } from '../frame.ts';
import { allDiagnostics, type Diagnostic, levelOf, type Range, shownPath } from '../report.ts';
import type { Reporter } from './reporter.ts';

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

/** The lines around a place, set in as the report is. */
function frame(file: VFile | undefined, range: Range, color: boolean): string[] {
  const text = file && frameOf(String(file), range, color);
  return text === undefined ? [] : [indented(text)];
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
