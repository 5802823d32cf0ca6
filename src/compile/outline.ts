/** From a tree to sections and numbered steps. */

import GithubSlugger from 'github-slugger';
import type { PhrasingContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { splitHeadline } from '../blocks/step-frame.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import { type ContentRoot, isStepBlock, type StepBlock } from '../model/content.ts';
import type { Body, NumberedStep, Section } from '../model/document.ts';

/** What the outline needs of the phases: how a heading tells which phase it is, in any language. */
export interface PhaseHeading {
  id: string;
  title: string;
  order: number;
}

/**
 * Cuts a body into sections and numbers its steps.
 *
 * In a runbook numbers run through from the first minutes to Lessons Learned; Preparation has P1, P2 … of its own,
 * since it is done before an incident. In an action the parts have letters. Numbers are set here, before any filter by
 * audience or platform, so that a number means one thing on every screen and paper.
 */
export function outline(
  tree: ContentRoot,
  kind: KindDefinition,
  phases: readonly PhaseHeading[],
  firstMinutes: string,
): Body {
  const sections = sectionsOf(tree, kind, phases, firstMinutes);
  const steps: NumberedStep[] = [];
  let response = 0;
  let preparation = 0;
  let part = 0;
  for (const section of sections)
    for (const node of section.children) {
      if (!isStepBlock(node)) continue;
      const isPreparation = section.part === 'phase' && phases.find((phase) => phase.id === section.phase)?.order === 1;
      const number = node.schema === 'part' ? letter(part++) : isPreparation ? `P${++preparation}` : String(++response);
      steps.push({ id: node.attributes.id, block: node, number, section, instruction: instructionOf(node) });
    }
  return { tree, sections, steps };
}

function sectionsOf(
  tree: ContentRoot,
  kind: KindDefinition,
  phases: readonly PhaseHeading[],
  firstMinutes: string,
): Section[] {
  const slugger = new GithubSlugger();
  const sections: Section[] = [{ id: '', title: '', part: 'other', children: [] }];
  for (const node of tree.children) {
    if (node.type === 'heading' && node.depth === 2) {
      const title = plainText(node);
      const phase =
        kind.body === 'phases'
          ? phases.find((candidate) => candidate.title.toLowerCase() === title.toLowerCase())
          : undefined;
      const isFirst = kind.body === 'phases' && title.toLowerCase() === firstMinutes.toLowerCase();
      sections.push({
        id: slugger.slug(isFirst ? 'first-minutes' : (phase?.id ?? title)),
        title,
        part: isFirst ? 'first-minutes' : phase ? 'phase' : 'other',
        ...(phase ? { phase: phase.id } : {}),
        children: [],
        heading: node,
      });
    } else (sections.at(-1) as Section).children.push(node);
  }
  return sections.filter((section) => section.title !== '' || section.children.length > 0);
}

/** The instruction of a step as plain text; link fills in variables, and the action's title for a Use. */
function instructionOf(block: StepBlock): string {
  return block.schema === 'use' ? '' : splitHeadline(block).headline.map(textOf).join('').trim();
}

function textOf(node: PhrasingContent): string {
  if (node.type === 'variable') return `{${node.value}}`;
  return 'children' in node ? node.children.map((child) => textOf(child as PhrasingContent)).join('') : plainText(node);
}

function letter(index: number): string {
  return index < 26 ? String.fromCharCode(97 + index) : letter(Math.floor(index / 26) - 1) + letter(index % 26);
}

/** The instruction of a step in a plan: a Use reads as its action, a variable as its value. */
export function namedInstruction(
  step: NumberedStep,
  titleOf: (action: string) => string | undefined,
  variables: ReadonlyMap<string, string>,
): string {
  const written =
    step.block.schema === 'use'
      ? (titleOf((step.block.attributes as { action: string }).action) ?? '')
      : step.instruction;
  return written.replace(/\{([\w.-]+)\}/g, (all, name: string) => variables.get(name) ?? all);
}
