import { allDiagnostics, levelOf, type Range, shownPath } from '../report.ts';
import type { Reporter } from './reporter.ts';

const commands = { error: 'error', warning: 'warning', hint: 'notice' } as const;

/** For GitHub Actions: a workflow command a line, shown beside the changed lines. */
export const github: Reporter = (files, { prefix }) =>
  allDiagnostics(files)
    .map((diagnostic) => {
      const range = diagnostic.place && 'start' in diagnostic.place ? (diagnostic.place as Range) : undefined;
      const place = range
        ? `,line=${range.start.line},col=${range.start.column},endLine=${range.end.line},endColumn=${range.end.column}`
        : '';
      return `::${commands[levelOf(diagnostic)]} file=${property(shownPath(prefix, diagnostic.file))}${place},title=${property(diagnostic.ruleId)}::${data(`${diagnostic.reason} ${diagnostic.note}`)}\n`;
    })
    .join('');

// The escapes of GitHub's workflow commands: a line break would end the command, a colon or comma a property.
const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
