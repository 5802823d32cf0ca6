import { allDiagnostics, type Diagnostic, levelOf, type Range, shownPath } from '../report.ts';
import type { Reporter } from './reporter.ts';

const levels = { error: 'error', warning: 'warning', hint: 'note' } as const;

/** For code scanning: SARIF 2.1.0 (OASIS), which forges show on the lines of a pull request. */
export const sarif: Reporter = (files, { prefix }) => {
  const diagnostics = allDiagnostics(files);
  const rules = [...new Set(diagnostics.map((diagnostic) => diagnostic.ruleId))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'firebreak', rules: rules.map((id) => ({ id, name: id })) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => ({
          ruleId: diagnostic.ruleId,
          ruleIndex: rules.indexOf(diagnostic.ruleId),
          level: levels[levelOf(diagnostic)],
          message: { text: `${diagnostic.reason} ${diagnostic.note}` },
          locations: [location(shownPath(prefix, diagnostic.file), rangeOf(diagnostic))],
          ...(diagnostic.related
            ? {
                relatedLocations: diagnostic.related.map((place, id) => ({
                  id,
                  ...location(shownPath(prefix, place.path), place.range),
                })),
              }
            : {}),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function rangeOf(diagnostic: Diagnostic): Range | undefined {
  return diagnostic.place && 'start' in diagnostic.place ? (diagnostic.place as Range) : undefined;
}

function location(path: string, range: Range | undefined) {
  return {
    physicalLocation: {
      artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/') },
      ...(range
        ? {
            region: {
              startLine: range.start.line,
              startColumn: range.start.column,
              endLine: range.end.line,
              endColumn: range.end.column,
            },
          }
        : {}),
    },
  };
}
