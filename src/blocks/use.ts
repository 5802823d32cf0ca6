import { h } from 'hastscript';
import { effectiveAttributes } from '../model/action.ts';
import { isBlock } from '../model/content.ts';
import { documentOf } from '../model/plan.ts';
import { defineBlock } from './block.ts';
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
    const parts = children.slice(Math.max(firstPart, 0)).filter((child) => !isBlock(child, 'verify', 'undo'));
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
          h('.parts', inside.children(parts)),
          ...inside.children(after),
          h('p.step-source', [h('a', { href: draw.address(`action:${action.id}`) }, draw.text.whole)]),
        ],
      }),
    ];
  },
  check(block, check) {
    checkEvidenceMarks(block, check);
  },
});
