/**
 * The rules of the page box: size, running titles, tabs on the edge, and the foot. Margin boxes read no custom
 * properties and know no title of the text, so each part has pages of its own name, with its words in them.
 */

import { interfaceText } from '../../model/interface-text.ts';
import { type Plan, phasesOf } from '../../model/plan.ts';
import { quoted, tabFor } from '../stamp.ts';

/** A size of paper, as CSS names it, with its height in millimetres. */
export const papers = {
  a4: { size: 'A4', width: 210, height: 297 },
  letter: { size: 'letter', width: 216, height: 279 },
};
export type Paper = keyof typeof papers;

/** Pages with a running title. */
export interface RunningPages {
  /** Name of the part: `runbook-ransomware`. */
  name: string;
  /** At the top, on the left and on the right. */
  title: string;
  code?: string | undefined;
  /** Whether its chapters are phases, each under its tab. */
  phases?: boolean;
}

/** What stands at the foot of every page, on the left: mark for sharing, plan and version. */
export interface Foot {
  mark: string;
  line: string;
}

/** Where pages stand among those of the whole paper. */
export interface PagesAmong {
  /** Number of the first of them. */
  first: number;
  /** How many the paper has; undefined as long as nobody knows. */
  all: number | undefined;
}

/** The style sheet of a binder's pages. */
export function binderRules(
  plan: Plan,
  paper: Paper,
  foot: Foot,
  parts: readonly RunningPages[],
  { first, all }: PagesAmong,
): string {
  const text = interfaceText(plan.settings.language);
  const phases = phasesOf(plan);
  const rules = parts.flatMap((part) => {
    const running = runningTitle(part);
    const page = (name: string, more = '') => `@page ${name} { ${running}${more} }`;
    const own = [`.paper-${part.name} { page: ${part.name}; }`, page(part.name)];
    if (!part.phases) return own;
    return [
      ...own,
      `.paper-${part.name} .behind { page: ${part.name}-behind; }`,
      page(`${part.name}-behind`),
      ...phases.flatMap(({ data }, index) => {
        const name = `${part.name}-phase-${data.order}`;
        return [
          `.paper-${part.name} .phase-${data.order} { page: ${name}; }`,
          page(name, ` ${tabFor(data.title, index)}`),
        ];
      }),
    ];
  });
  return `${sizeRule(paper)}
:root { --cover-block: ${papers[paper].height - edges}mm; }
@page {
  @bottom-left { content: ${quoted(`${foot.mark}  ${foot.line}`)}; }
  @bottom-right { content: ${text.pageOf.map((piece) => quoted(piece)).join(' counter(page) ')} ${quoted(String(all ?? ''))}; }
}
@page :first { counter-set: page ${first}; }
@page cover { @bottom-right { content: none; } }
${rules.join('\n')}
`;
}

/** The style sheet of cards: one side of a sheet each, the foot inside the card. */
export function cardRules(paper: Paper): string {
  const { width, height } = papers[paper];
  return `${sizeRule(paper)}
@page { margin: 0; }
:root { --card-inline: ${width}mm; --card-block: ${height - 0.5}mm; }
`;
}

// The margins of binder.css at the top and at the bottom, and a little room.
const edges = 20 + 18 + 1;

const sizeRule = (paper: Paper) => `@page { size: ${papers[paper].size}; }`;

function runningTitle({ title, code }: RunningPages): string {
  return `@top-left { content: ${quoted(title)}; } @top-right { content: ${quoted(code ?? '')}; }`;
}
