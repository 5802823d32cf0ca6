import { h } from 'hastscript';
import { toString as plainText } from 'mdast-util-to-string';
import { ordersSomething } from '../model/wording.ts';
import { defineBlock } from './block.ts';

/** What can go wrong in the step that follows. */
export const caution = defineBlock<'caution'>({
  name: 'Caution',
  schema: 'caution',
  standsIn: ['a phase', 'an action'],
  draw(block, draw) {
    const about = block.attributes.about ?? 'operations';
    return [
      h('aside.caution', { className: [`caution-${about}`] }, [
        h('p.caution-word', draw.text.cautionAbout[about]),
        ...draw.children(block.children),
      ]),
    ];
  },
  check(block, { plan, report }) {
    if (!plan.settings.language?.startsWith('en') && plan.settings.language !== undefined) return;
    const word = ordersSomething(plainText(block));
    if (word) report('hint-caution-acts', { word }, block.position);
  },
});
