import { posix } from 'node:path';
import type { VFile } from 'vfile';
import { VFileMessage } from 'vfile-message';
import { catalogue, type DiagnosticArgs, type DiagnosticId, type Level } from './catalogue.ts';

/** One point of a text. Lines and columns count from 1, offsets from 0, in UTF-16 code units. */
export interface Point {
  line: number;
  column: number;
  offset: number;
}

export interface Range {
  start: Point;
  end: Point;
}

/** Another place that a reader must see to understand the fault: the first use of a duplicate id, say. */
export interface RelatedPlace {
  path: string;
  range: Range;
}

/** A fault of a plan, as a value. `ruleId` is a DiagnosticId, `note` the help, `fatal` encodes the level as VFile does. */
export interface Diagnostic extends VFileMessage {
  ruleId: DiagnosticId;
  note: string;
  related?: RelatedPlace[];
}

/**
 * Adds a diagnostic to a file.
 *
 * @param file the file that is wrong; its messages grow
 * @param id which fault, from the catalogue
 * @param args what the wording needs
 * @param range where it is; without it the whole file is meant
 * @param related other places to look at
 */
export function report<Id extends DiagnosticId>(
  file: VFile,
  id: Id,
  args: DiagnosticArgs<Id>,
  range?: Range,
  related?: RelatedPlace[],
): Diagnostic {
  const entry = catalogue[id] as { level: Level; message: (args: unknown) => string; help: (args: unknown) => string };
  const message = new VFileMessage(clipped(entry.message(args)), {
    place: range,
    ruleId: id,
    source: 'firebreak',
  }) as Diagnostic;
  message.file = file.path;
  message.fatal = entry.level === 'error' ? true : entry.level === 'warning' ? false : undefined;
  message.note = clipped(entry.help(args));
  if (related) message.related = related;
  message.name = `${file.path}:${range ? `${range.start.line}:${range.start.column}` : '1:1'}`;
  file.messages.push(message);
  return message;
}

// A value of a megabyte can stand where a word belongs.
const longestMessage = 600;

function clipped(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)} …` : text;
}

/** A path of the plan as somebody opens it. What lies outside the plan leads out of its folder: `../secure/a.yaml`. */
export function shownPath(prefix: string, path = ''): string {
  return path.startsWith('..') ? posix.normalize(`${prefix}${path}`) : `${prefix}${path}`;
}

/** The level of a diagnostic, read back from VFile's `fatal` (true: error, false: warning, undefined: hint). */
export function levelOf(diagnostic: VFileMessage): Level {
  return diagnostic.fatal ? 'error' : diagnostic.fatal === false ? 'warning' : 'hint';
}

/** All diagnostics of several files, in the order of path, line and column, so that output never depends on timing. */
export function allDiagnostics(files: readonly VFile[]): Diagnostic[] {
  return files
    .flatMap((file) => file.messages as Diagnostic[])
    .sort(
      (a, b) =>
        compare(a.file ?? '', b.file ?? '') ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0) ||
        compare(a.ruleId, b.ruleId),
    );
}

// Code-unit order: localeCompare would depend on the machine's locale.
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Moves what was found in a part of a file (a property that holds Markdown) to its place in the file. */
export function moveDiagnostics(from: VFile, to: VFile, range: Range): void {
  for (const diagnostic of from.messages) {
    diagnostic.file = to.path;
    diagnostic.place = range;
    diagnostic.line = range.start.line;
    diagnostic.column = range.start.column;
    diagnostic.name = `${to.path}:${range.start.line}:${range.start.column}`;
    to.messages.push(diagnostic);
  }
}
