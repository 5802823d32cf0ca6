import { createHash } from 'node:crypto';
import { allDiagnostics, levelOf } from '../report.ts';
import type { Reporter } from './reporter.ts';

const severities = { error: 'critical', warning: 'minor', hint: 'info' } as const;

/**
 * For GitLab: its code quality report, shown at the lines of a merge request
 * (docs.gitlab.com/ci/testing/code_quality, "Code Quality report format").
 *
 * GitLab tells by the fingerprint whether a merge request brings a diagnostic or had it before: it holds no line, so
 * that a line above does not make it a new one.
 */
export const gitlab: Reporter = (files, { prefix }) => {
  const seen = new Map<string, number>();
  const entries = allDiagnostics(files).map((diagnostic) => {
    const path = `${prefix}${diagnostic.file}`;
    const name = JSON.stringify([diagnostic.ruleId, path, diagnostic.reason]);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return {
      description: `${diagnostic.reason} ${diagnostic.note}`,
      check_name: diagnostic.ruleId,
      fingerprint: createHash('sha256').update(`${name}${count}`).digest('hex'),
      severity: severities[levelOf(diagnostic)],
      location: { path, lines: { begin: diagnostic.line ?? 1 } },
    };
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
};
