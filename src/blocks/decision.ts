import { h } from 'hastscript';
import { type Block, isBlock } from '../model/content.ts';
import type { NumberedStep } from '../model/document.ts';
import { linesOfSteps } from '../model/steps.ts';
import { type BlockCheck, type Draw, defineBlock } from './block.ts';
import { drawFrame, joined, mark, roleLink, splitHeadline, stepLink } from './step-frame.ts';

/** A question that needs judgement: who decides, by when, what holds otherwise, and where each answer leads. */
export const decision = defineBlock<'decision'>({
  name: 'Decision',
  schema: 'decision',
  standsIn: ['a phase'],
  draw(block, draw) {
    const { headline, rest } = splitHeadline(block);
    const { text } = draw;
    const { decider, deputy, within, from, after, otherwise } = block.attributes;
    const options = rest.filter((child) => isBlock(child, 'option'));
    const chosen = options.find((option) => option.attributes.id === otherwise);
    return [
      drawFrame(block, draw, {
        className: 'step-decision',
        headline: [h('span.decision-word', text.decision), { type: 'text', value: ' ' }, ...draw.children(headline)],
        marks: [
          decider
            ? mark('role', [
                `${text.decides}: `,
                roleLink(decider, draw),
                ...(deputy ? [` ${text.orElse} `, roleLink(deputy, draw)] : []),
              ])
            : undefined,
          within ? mark('time', [text.decideWithin(within, from)]) : undefined,
          after?.length
            ? mark('after', [`${text.after} `, ...joined(after.map((id) => stepLink(id, draw)))])
            : undefined,
        ],
        body: [
          h('.decision-facts', draw.children(rest.filter((child) => !isBlock(child, 'option')))),
          h('ul.options', draw.children(options)),
          ...(chosen
            ? [h('.option-otherwise', [h('strong', `${text.otherwise}: `), ...draw.children(chosen.children)])]
            : []),
        ],
        detail: [],
      }),
    ];
  },
  check(block, check) {
    const options = block.children.filter((child) => isBlock(child, 'option'));
    if (!block.attributes.decider) check.report('decision-without-decider', {}, block.position);
    if (options.length < 2) check.report('decision-without-options', {}, block.position);
    const names = options.map((option) => option.attributes.id);
    if (!block.attributes.otherwise || !names.includes(block.attributes.otherwise))
      check.report('decision-without-default', { options: names }, block.position);
    if (!block.children.some((child) => child.type === 'paragraph'))
      check.report('step-without-instruction', {}, block.position);
    repeatedOptions(names, block.position, check);
  },
});

function repeatedOptions(names: string[], range: Parameters<BlockCheck['report']>[2], { report }: BlockCheck): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated) report('duplicate-id', { name: repeated }, range);
}

/** The id of the step that comes after the decision of an option. */
function stepAfter(option: Block<'option'>, draw: Draw): string | undefined {
  const isOf = ({ block }: NumberedStep) => block.children.includes(option as (typeof block.children)[number]);
  const { preparation, response } = linesOfSteps(draw.document.body?.steps ?? []);
  const line = response.some(isOf) ? response : preparation;
  return line[line.findIndex(isOf) + 1]?.id;
}

/** One answer to a decision. */
export const option = defineBlock<'option'>({
  name: 'Option',
  schema: 'option',
  standsIn: ['<Decision>'],
  draw(block, draw) {
    const { text } = draw;
    const { to } = block.attributes;
    const next = to === 'next' ? stepAfter(block, draw) : undefined;
    const destination =
      to === undefined
        ? []
        : to === 'next'
          ? [h('p.option-to', next ? [`${text.goOnWith} `, stepLink(next, draw)] : text.goOn)]
          : [h('p.option-to', [`${text.goTo} `, stepLink(to, draw)])];
    return [
      h('li.option', { dataOption: block.attributes.id }, [
        h('.option-answer', draw.children(block.children)),
        ...destination,
      ]),
    ];
  },
  check(block, { report }) {
    if (!block.attributes.to) report('dead-end', { name: block.attributes.id }, block.position);
  },
});
