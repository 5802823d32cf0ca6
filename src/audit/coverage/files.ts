/** Coverage as data: rows for programs, and CSV files for spreadsheets. Names are references, so that they can be looked up. */

import type { CoverageText } from '../../model/coverage-text.ts';
import { csvFile } from '../../model/csv.ts';
import type { InterfaceText } from '../../model/interface-text.ts';
import { formatReference } from '../../model/reference.ts';
import type { Coverage } from '../coverage.ts';
import type { ItemCoverage, RequirementCoverage } from './requirements.ts';
import { type CoveredPhase, isGap, type RunbookCoverage } from './runbooks.ts';

/** Coverage as plain values, for JSON and for what is compared from version to version. */
export function coverageRows({ frameworks, tactics, phases, runbooks }: Coverage) {
  return {
    requirements: frameworks.flatMap(({ framework, requirements }) =>
      requirements.map((requirement) => ({
        framework,
        requirement: requirement.control.data.identifier,
        title: requirement.control.data.title,
        document: formatReference(requirement.control),
        ...answerOf(requirement),
        items: requirement.items.map((item) => ({ item: item.item, asks: item.asks, ...answerOf(item) })),
      })),
    ),
    techniques: tactics.flatMap(({ tactic, techniques }) =>
      techniques.map(({ technique, state, runbooks: naming }) => ({
        technique: technique.id,
        title: technique.data.title,
        tactic,
        state,
        runbooks: naming.map(({ runbook, steps }) => ({
          runbook: runbook.id,
          code: runbook.data.code,
          steps: steps.map(({ id, number }) => ({ id, number })),
        })),
      })),
    ),
    runbooks: runbooks.map((covered) => ({
      runbook: covered.runbook.id,
      code: covered.runbook.data.code,
      title: covered.runbook.data.title,
      owner: covered.runbook.data.owner,
      approval: covered.approval,
      parts: [
        { part: 'first-minutes', ...countOf(covered.firstMinutes) },
        ...covered.phases.map((phase, index) => ({ part: phases[index]?.id ?? '', ...countOf(phase) })),
      ],
      exercises: covered.exercises.map(({ id }) => id),
      ...lastExercise(covered),
    })),
  };
}

const answerOf = ({ state, answers, gap }: RequirementCoverage | ItemCoverage) => ({
  state,
  answeredBy: answers.map(({ document, step }) =>
    formatReference(step ? { kind: document.kind, id: document.id, step: step.id } : document),
  ),
  ...(gap ? { gap } : {}),
});

const countOf = (covered: CoveredPhase) => ({ steps: covered.steps, reason: covered.reason, gap: isGap(covered) });

function lastExercise({ held: [last], due }: RunbookCoverage) {
  if (!last) return {};
  const { document, on, roles = [], proof, lesson } = last;
  return {
    lastExercised: {
      on,
      exercise: document.id,
      by: roles,
      proof: proof.state,
      ...(proof.evidence ? { evidence: proof.evidence } : {}),
      ...(proof.version ? { commit: proof.version.commit } : {}),
      ...(lesson ? { lesson } : {}),
      ...(due ? { until: due } : {}),
    },
  };
}

/** A file for each part of coverage, by its name: what was found stands in a row, gaps first. */
export function coverageCsv(coverage: Coverage, words: CoverageText, text: InterfaceText): Map<string, string> {
  const rows = coverageRows(coverage);
  return new Map([
    ['frameworks.csv', csvFile([Object.values(words.frameworks.columns), ...requirementCells(rows, words)])],
    ['techniques.csv', csvFile(techniqueCells(coverage, rows, words, text))],
    ['runbooks.csv', csvFile([runbookHead(coverage, words, text), ...runbookCells(rows, words)])],
  ]);
}

type Rows = ReturnType<typeof coverageRows>;
const listed = (names: readonly string[]) => names.join('; ');

/** A requirement, and below it what it asks for item by item. */
function requirementCells({ requirements }: Rows, { frameworks: { states } }: CoverageText): string[][] {
  const answer = ({ state, answeredBy, gap }: Pick<Rows['requirements'][number], 'state' | 'answeredBy' | 'gap'>) => [
    states[state],
    listed(answeredBy),
    gap ?? '',
  ];
  return requirements.flatMap(({ framework, requirement, title, items, ...whole }) => [
    [framework, requirement, title, ...answer(whole)],
    ...items.map(({ item, asks, ...rest }) => [framework, `${requirement} ${item}`, asks, ...answer(rest)]),
  ]);
}

/** The matrix as it is: a column a runbook, and in the cells the numbers of the steps that answer. */
function techniqueCells(coverage: Coverage, rows: Rows, words: CoverageText, text: InterfaceText): string[][] {
  const { techniques: own } = words;
  const codes = coverage.runbooks.map(({ runbook }) => runbook.data.code).sort();
  const head = [own.tactic, own.technique, words.frameworks.columns.title, words.state, ...codes];
  return [
    head,
    ...rows.techniques.map(({ technique, title, tactic, state, runbooks }) => {
      const cells = new Map(
        runbooks.map(({ code, steps }) => [code, listed(steps.map(({ number }) => number)) || own.gap]),
      );
      return [
        text.view.tacticNames[tactic],
        technique,
        title,
        own.states[state],
        ...codes.map((code) => cells.get(code) ?? ''),
      ];
    }),
  ];
}

function runbookHead({ phases }: Coverage, { runbooks: words }: CoverageText, text: InterfaceText): string[] {
  const { code, owner, approval, ...rest } = words.columns;
  const parts = [text.phaseShort.firstMinutes, ...phases.map(({ data }) => data.shortTitle ?? data.title)];
  return [code, words.runbook, owner, approval, ...parts, ...Object.values(rest)];
}

function runbookCells({ runbooks }: Rows, { runbooks: words }: CoverageText): string[][] {
  return runbooks.map(({ code, title, owner, approval, parts, exercises, lastExercised: last }) => [
    code,
    title,
    owner,
    words.approvals[approval],
    ...parts.map(({ steps, reason, gap }) => (gap ? words.gap : reason && steps === 0 ? words.reason : String(steps))),
    listed(exercises),
    last?.on ?? '',
    last?.exercise ?? '',
    listed(last?.by ?? []),
    last?.proof ?? '',
    last?.until ?? '',
  ]);
}
