/** What Step, Use and Decision look alike in: number, tick box, instruction, and the marks under it. */

import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { PhrasingContent, RootContent } from 'mdast';
import type { StepBlock } from '../model/content.ts';
import { documentOf, formerSteps } from '../model/plan.ts';
import type { Draw } from './block.ts';

interface Frame {
  className: string;
  /** The line in larger type: an instruction or a question. */
  headline: ElementContent[];
  marks: (ElementContent | undefined)[];
  /** What is always in sight: the options of a decision. */
  body?: ElementContent[];
  /** How it is done: one key away, so that the instructions stay a list that can be run down. */
  detail: ElementContent[];
}

/** Draws the frame of a numbered block. */
export function drawFrame(
  block: StepBlock,
  draw: Draw,
  { className, headline, marks, body = [], detail }: Frame,
): ElementContent {
  const id = draw.idPrefix + block.attributes.id;
  const number = spokenNumber(block.attributes.id, draw);
  const origins = originsOf(block.attributes.id, draw);
  return h('article.step', { id, className: [className] }, [
    h('header.step-head', [
      h('label.step-tick', [
        h('input', { type: 'checkbox', autocomplete: 'off', dataTick: block.attributes.id }),
        h('span.visually-hidden', draw.text.markDone(number)),
      ]),
      h('a.step-number', { href: `#${id}` }, numberParts(number)),
      h('h3.step-instruction', [...formerAnchors(block.attributes.id, draw), ...headline]),
    ]),
    h(
      'ul.marks',
      marks.filter((mark) => mark !== undefined),
    ),
    ...(origins.length > 0
      ? [
          h('p.step-origin', [
            `${draw.text.cameFrom} `,
            ...joined(
              origins.map((origin) => h('a', { href: `#${draw.idPrefix}${origin}` }, spokenNumber(origin, draw))),
            ),
          ]),
        ]
      : []),
    ...body,
    ...(detail.length > 0
      ? [
          h('details.step-detail', [
            h('summary', [draw.text.how, h('span.visually-hidden', `: ${number}`)]),
            h('.step-how', detail),
          ]),
        ]
      : []),
    // Paper: room for the time and the initials of whoever did it.
    h('.step-record', { ariaHidden: 'true' }, [h('span', draw.text.time), h('span', draw.text.initials)]),
  ]);
}

/** Places that old links still name, from before a step was renamed. */
export function formerAnchors(id: string, draw: Draw): ElementContent[] {
  return formerSteps(draw.plan, draw.document, id).map((former) => h('span', { id: draw.idPrefix + former }));
}

/** The code stands back, the number forward: on one page the code is always the same. */
function numberParts(number: string): ElementContent[] {
  const at = number.lastIndexOf(' ');
  if (at < 0) return [{ type: 'text', value: number }];
  return [h('span.step-code', number.slice(0, at)), { type: 'text', value: ` ${number.slice(at + 1)}` }];
}

/** A number with the runbook's short code before it, as it is said aloud: RW 14. */
function spokenNumber(id: string, draw: Draw): string {
  const number = draw.step(id)?.number ?? '';
  const code = 'code' in draw.document.data && draw.document.kind === 'runbook' ? draw.document.data.code : undefined;
  return code ? `${code} ${number}` : number;
}

/** The decisions of this document from which a step can be reached by a jump. */
function originsOf(id: string, draw: Draw): string[] {
  return (draw.document.body?.steps ?? [])
    .filter(
      ({ block }) =>
        block.schema === 'decision' &&
        block.children.some(
          (child) =>
            child.type === 'block' && child.schema === 'option' && (child.attributes as { to?: string }).to === id,
        ),
    )
    .map((step) => step.id);
}

/** The first paragraph of a block is its headline; the rest is detail. */
export function splitHeadline(block: StepBlock): { headline: PhrasingContent[]; rest: RootContent[] } {
  const at = block.children.findIndex((child) => child.type === 'paragraph');
  const first = block.children[at];
  if (first?.type !== 'paragraph') return { headline: [], rest: block.children };
  return { headline: first.children, rest: block.children.filter((_, index) => index !== at) };
}

/** A mark under the instruction: a word, drawn with a shape, never with colour alone. */
export function mark(className: string, content: (ElementContent | string)[]): ElementContent {
  return h('li.mark', { className: [`mark-${className}`] }, [h('span', content)]);
}

/** A link to a role, by its title; one that is withheld is only named so. */
export function roleLink(id: string, draw: Draw): ElementContent {
  const role = documentOf(draw.plan, 'role', id);
  return role ? h('a', { href: draw.address(`role:${id}`) }, role.data.title) : { type: 'text', value: id };
}

/** A link to a step: its spoken number for one of this document, its title and number for another's. */
export function stepLink(reference: string, draw: Draw): ElementContent {
  const local = draw.step(reference);
  if (local) return h('a', { href: `#${draw.idPrefix}${reference}` }, spokenNumber(reference, draw));
  const [name = '', step] = reference.split('#');
  const target = draw.plan.documents.get(name);
  // What is withheld has no page.
  if (!target && !reference.includes(':')) return { type: 'text', value: reference };
  const number = step && target?.body?.steps.find((candidate) => candidate.id === step)?.number;
  const code = target?.kind === 'runbook' && 'code' in target.data ? `${target.data.code} ` : '';
  return h(
    'a',
    { href: draw.address(reference) },
    target ? `${target.data.title}${number ? `, ${code}${number}` : ''}` : reference,
  );
}

/** The marks that Step and Use share. */
export function commonMarks(
  attributes: Partial<import('../model/schema-types.ts').BlockAttributes['step']>,
  draw: Draw,
): (ElementContent | undefined)[] {
  const { text } = draw;
  return [
    attributes.role ? mark('role', [roleLink(attributes.role, draw)]) : undefined,
    attributes.within ? mark('time', [text.within(attributes.within, attributes.from)]) : undefined,
    attributes.targets ? mark('targets', [text.oneByOne(text.targetKinds[attributes.targets])]) : undefined,
    attributes.after?.length
      ? mark('after', [`${text.after} `, ...joined(attributes.after.map((id) => stepLink(id, draw)))])
      : undefined,
    attributes.preserves?.length
      ? mark('preserves', [
          `${text.preserves} ${attributes.preserves.map((kind) => text.evidenceKinds[kind]).join(', ')}`,
        ])
      : undefined,
    attributes.destroys?.length
      ? mark('destroys', [`${text.destroys} ${attributes.destroys.map((kind) => text.evidenceKinds[kind]).join(', ')}`])
      : undefined,
    attributes.stopsActiveHarm
      ? mark('harm', [
          text.stopsHarm,
          ...(attributes.orderedBy ? [`. ${text.orderedBy} `, roleLink(attributes.orderedBy, draw)] : []),
        ])
      : undefined,
    attributes.next ? mark('next', [`${text.goOnAt} `, stepLink(attributes.next, draw)]) : undefined,
  ];
}

/** Elements with commas between them. */
export function joined(elements: ElementContent[]): (ElementContent | string)[] {
  return elements.flatMap((element, index) => (index === 0 ? [element] : [', ', element]));
}
