import { h } from 'hastscript';
import { effectiveAttributes } from '../model/action.ts';
import { type Block, isBlock } from '../model/content.ts';
import { nearestName } from '../model/nearest-name.ts';
import { documentOf } from '../model/plan.ts';
import { type BlockCheck, defineBlock } from './block.ts';
import { drawPartLetter } from './part.ts';
import { checkEvidenceMarks } from './step-checks.ts';
import { commonMarks, drawFrame } from './step-frame.ts';

/** An action of the library, shown whole at this place: one numbered step with lettered parts. */
export const use = defineBlock<'use'>({
  name: 'Use',
  schema: 'use',
  standsIn: ['a phase'],
  draw(block, draw) {
    const action = documentOf(draw.plan, 'action', block.attributes.action);
    if (!action) return [];
    const inside = draw.inside(
      action,
      `${draw.idPrefix}${block.attributes.id}--`,
      draw.step(block.attributes.id)?.number ?? '',
    );
    const children = action.body?.tree.children ?? [];
    const firstPart = children.findIndex((child) => isBlock(child, 'part'));
    const lead = children.slice(0, Math.max(firstPart, 0));
    const leftOut = new Set(block.attributes.leavesOut);
    const parts = children
      .slice(Math.max(firstPart, 0))
      .filter((child) => !isBlock(child, 'verify', 'undo'))
      // The other parts keep their letters, so that everybody speaks of the same ones.
      .flatMap((child) =>
        isBlock(child, 'part') && leftOut.has(child.attributes.id)
          ? [h('p.part-left-out', [drawPartLetter(child, inside), ' ', draw.text.leftOutHere])]
          : inside.children([child]),
      );
    const after = children.filter((child) => isBlock(child, 'verify', 'undo'));
    // What the whole action endangers is read before its instruction, also while its detail is folded.
    const cautions = lead.filter((child) => isBlock(child, 'caution'));
    const introduction = lead.filter((child) => !isBlock(child, 'caution'));
    return [
      ...inside.children(cautions),
      drawFrame(block, draw, {
        className: 'step-action',
        headline: draw.inline(action.data.title),
        marks: commonMarks(effectiveAttributes(block, action), draw),
        detail: [
          ...(block.children.length > 0 ? [h('.step-here', draw.children(block.children))] : []),
          ...inside.children(introduction),
          h('.parts', parts),
          ...inside.children(after),
          h('p.step-source', [h('a', { href: draw.address(`action:${action.id}`) }, draw.text.whole)]),
        ],
      }),
    ];
  },
  check(block, check) {
    checkEvidenceMarks(block, check);
    checkLeftOut(block, check);
  },
});

function checkLeftOut(block: Block<'use'>, { plan, report }: BlockCheck): void {
  const { action: id, leavesOut = [] } = block.attributes;
  const action = documentOf(plan, 'action', id);
  if (!action || leavesOut.length === 0) return;
  const known = (action.body?.steps ?? []).map((part) => part.id);
  for (const name of leavesOut)
    if (!known.includes(name))
      report('unknown-part', { name, action: id, nearest: nearestName(name, known), known }, block.position);
  if (block.children.length === 0) report('part-left-out-without-reason', {}, block.position);
}
