import { defineBlock } from './block.ts';
import { checkEvidenceMarks, checkInstruction } from './step-checks.ts';
import { commonMarks, drawFrame, splitHeadline } from './step-frame.ts';

/** One action with one responsible role. */
export const step = defineBlock<'step'>({
  name: 'Step',
  schema: 'step',
  standsIn: ['a phase'],
  draw(block, draw) {
    const { headline, rest } = splitHeadline(block);
    return [
      drawFrame(block, draw, {
        className: 'step-plain',
        headline: draw.children(headline),
        marks: commonMarks(block.attributes, draw),
        detail: draw.children(rest),
      }),
    ];
  },
  check(block, check) {
    checkInstruction(block, check);
    checkEvidenceMarks(block, check);
  },
});
