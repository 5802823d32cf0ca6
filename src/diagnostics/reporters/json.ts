import { allDiagnostics, type Diagnostic, levelOf, type Range, shownPath } from '../report.ts';
import type { Reporter } from './reporter.ts';

/** For other programs: one object, diagnostics in the order of path and place. */
export const json: Reporter = (files, { prefix, documents, adoption }) =>
  `${JSON.stringify({ version: 1, documents, diagnostics: allDiagnostics(files).map((diagnostic) => asData(diagnostic, prefix)), ...(adoption ? { adoption } : {}) }, null, 2)}\n`;

function asData(diagnostic: Diagnostic, prefix: string) {
  const { ruleId, reason, note, file, related } = diagnostic;
  return {
    id: ruleId,
    level: levelOf(diagnostic),
    message: reason,
    help: note,
    path: shownPath(prefix, file),
    ...(diagnostic.place && 'start' in diagnostic.place ? { range: diagnostic.place as Range } : {}),
    ...(related ? { related: related.map((place) => ({ ...place, path: shownPath(prefix, place.path) })) } : {}),
  };
}
