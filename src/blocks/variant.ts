import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Nodes } from 'mdast';
import { type Block, isBlock } from '../model/content.ts';
import type { Document } from '../model/document.ts';
import { nearestName } from '../model/nearest-name.ts';
import { type Draw, defineBlock } from './block.ts';

/** How a step is done on one platform or with one tool. */
export const variant = defineBlock<'variant'>({
  name: 'Variant',
  schema: 'variant',
  standsIn: ['<Step>', '<Use>', '<Part>', '<Verify>', '<Undo>', '<Evidence>'],
  draw: (block, draw) => drawVariants([block], draw),
  drawRun: drawVariants,
  check(block, { plan, report }) {
    const known = (plan.settings.stack ?? []).map((tool) => tool.id);
    for (const name of block.attributes.for)
      if (!known.includes(name))
        report('unknown-tool', { name, nearest: nearestName(name, known), known }, block.position);
  },
});

/**
 * Variants that follow each other are tabs, those of the plan's own stack first. Tabs are radio buttons: they work
 * without a script and by keyboard, and paper shows all of them. What the stack does not use stays behind a fold.
 */
function drawVariants(blocks: readonly Block<'variant'>[], draw: Draw): ElementContent[] {
  const stack = new Map((draw.plan.settings.stack ?? []).map((tool) => [tool.id, tool]));
  const named = blocks.map((block) => ({
    block,
    name: block.attributes.for.map((id) => stack.get(id)?.name ?? id).join(', '),
    used: block.attributes.for.some((id) => stack.get(id)?.used ?? true),
  }));
  const used = named.filter((entry) => entry.used);
  const others = named.filter((entry) => !entry.used);
  const group = `${draw.idPrefix}variants-${ordinalOf(draw.document, blocks[0])}`;
  // Inside a runbook an action shows what this organisation uses; its own page holds the rest.
  const embedded = draw.numberPrefix !== '' && used.length > 0;
  const panel = ({ block, name }: (typeof named)[number]) =>
    h('section.variant', [h('p.variant-name', name), ...draw.children(block.children)]);
  const tabs =
    used.length > 1
      ? [
          h(
            '.variant-tabs',
            { role: 'radiogroup', ariaLabel: draw.text.variants },
            used.map(({ name }, index) =>
              h('label.variant-tab', [
                h('input', { type: 'radio', name: group, checked: index === 0 }),
                h('span', name),
              ]),
            ),
          ),
        ]
      : [];
  return [
    ...(used.length > 0
      ? [h('.variants', { className: used.length > 1 ? ['variants-tabbed'] : [] }, [...tabs, ...used.map(panel)])]
      : []),
    ...(others.length > 0 && !embedded
      ? [
          h('details.variants-other', [
            h('summary', `${draw.text.otherVariants}: ${others.map(({ name }) => name).join(', ')}`),
            ...others.map(panel),
          ]),
        ]
      : []),
  ];
}

const ordinals = new WeakMap<Document, ReadonlyMap<unknown, number>>();

/** The place of a block among those of its document: a name for its tabs that is the same in every build. */
function ordinalOf(document: Document, block: Block | undefined): number {
  const known = ordinals.get(document) ?? new Map(blocksOf(document).map((found, index) => [found, index]));
  ordinals.set(document, known);
  return known.get(block) ?? 0;
}

function blocksOf({ body }: Document): Block[] {
  const found: Block[] = [];
  const collect = (node: Nodes) => {
    if (isBlock(node)) found.push(node);
    if ('children' in node) for (const child of node.children) collect(child);
  };
  if (body) collect(body.tree);
  return found;
}
