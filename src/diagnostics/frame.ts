/** The text around a fault, with a mark under it: for the terminal, and for the page while a plan is edited. */

import { codeFrameColumns } from '@babel/code-frame';
import type { Range } from './report.ts';

// A line of more is data, not text; a frame of it would fill the screen and show nothing.
const longestLine = 2000;

/**
 * The lines around a place, with a mark under it; undefined where there is no text to show.
 *
 * @param color whether marks are coloured for a terminal
 */
export function frameOf(source: string, { start, end }: Range, color: boolean): string | undefined {
  if (source === '') return undefined;
  const text = visible(source, '\n\r\t');
  const lines = text.split('\n');
  // What ends with a line break ends on that line.
  const last = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  // A fault that spans a whole block is pointed at by its first line.
  const marked = last > start.line + 2 ? start.line : last;
  if (lines.slice(Math.max(0, start.line - 2), marked + 1).some((line) => line.length > longestLine)) return undefined;
  const column = last === end.line ? end.column : (lines[last - 1] as string).length + 1;
  const location = {
    start: { line: start.line, column: start.column },
    ...(marked === last
      ? { end: { line: last, column: last === start.line ? Math.max(column, start.column + 1) : column } }
      : {}),
  };
  const options = { linesAbove: 1, linesBelow: 1, highlightCode: false, forceColor: color };
  return codeFrameColumns(text, location, options);
}

/**
 * Text of a plan as a terminal or a page may show it. A plan can come from a stranger: control characters would move the cursor
 * or colour the screen, and marks of direction would show the text in another order than it has.
 *
 * @param kept control characters that stay
 */
export function visible(text: string, kept: string): string {
  return text.replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0);
    if (kept.includes(character)) return character;
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD';
  });
}
