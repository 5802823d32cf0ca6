import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Block } from '../model/content.ts';
import { type Draw, defineBlock } from './block.ts';
import { checkInstruction } from './step-checks.ts';
import { formerAnchors, mark, splitHeadline } from './step-frame.ts';

/** A lettered part of an action. */
export const part = defineBlock<'part'>({
  name: 'Part',
  schema: 'part',
  standsIn: ['an action'],
  draw(block, draw) {
    const { headline, rest } = splitHeadline(block);
    const { text } = draw;
    const id = draw.idPrefix + block.attributes.id;
    const marks = (['preserves', 'destroys'] as const).flatMap((effect) =>
      block.attributes[effect]?.length
        ? [
            mark(effect, [
              `${text[effect]} ${block.attributes[effect].map((kind) => text.evidenceKinds[kind]).join(', ')}`,
            ]),
          ]
        : [],
    );
    return [
      h('section.part', { id }, [
        h('p.part-instruction', [
          ...formerAnchors(block.attributes.id, draw),
          drawPartLetter(block, draw),
          ' ',
          ...draw.children(headline),
        ]),
        ...(marks.length > 0 ? [h('ul.marks', marks)] : []),
        ...draw.children(rest),
      ]),
    ];
  },
  check: checkInstruction,
});

/** What a part is called when it is spoken of: `14b`. */
export function drawPartLetter(block: Block<'part'>, draw: Draw): Element {
  return h('span.part-letter', `${draw.numberPrefix}${draw.step(block.attributes.id)?.number ?? ''}`);
}
