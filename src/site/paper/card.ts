/**
 * The card of a runbook: what is done before anybody has read it, on one side of one sheet. All words are those of the
 * runbook's own page; the card only chooses.
 */

import type { Element, ElementContent } from 'hast';
import { select, selectAll } from 'hast-util-select';
import { h } from 'hastscript';
import { visit } from 'unist-util-visit';
import type { Document } from '../../model/document.ts';
import { interfaceText } from '../../model/interface-text.ts';
import type { Plan } from '../../model/plan.ts';
import { classesOf, type SitePage, textOf } from './compose.ts';
import type { Foot } from './page-rules.ts';

/** Draws a card from the page of a runbook. */
export function cardOf(plan: Plan, runbook: Document<'runbook'>, page: SitePage, foot: Foot): Element {
  const text = interfaceText(plan.settings.language);
  const root = h(null, page.children);
  const all = (selector: string, within: Element | typeof root = root) => selectAll(selector, within);
  const words = (selector: string, within: Element | typeof root = root) => select(selector, within)?.children ?? [];
  const decisions = all('.chapter:not(.phase-1) .step-decision');
  const part = (name: string, title: string, children: ElementContent[]) =>
    children.length > 0 ? [h(`section.card-part.card-${name}`, [h('h2', title), ...children])] : [];
  const list = (tag: string, items: Element[]) => (items.length > 0 ? [h(tag, items)] : []);
  const card = h('article.card', { id: `card-${runbook.id}` }, [
    h('header.card-head', [
      h('p.card-code', runbook.data.code),
      h('h1', runbook.data.title),
      h('p.card-tags', all('.page-head .priority, .page-head .tag').map((tag) => h('span', tag.children))),
    ]),
    h('.card-body', [
      ...part('when', text.paper.when, [
        h('p', words('.page-head .summary')),
        ...list(
          'ul.card-unless',
          (runbook.data.mistakenFor ?? []).length > 0
            ? [h('li', [h('strong', `${text.mistakenFor}: `), mistakenFor(plan, runbook)])]
            : [],
        ),
      ]),
      ...part('not', text.doNot, list('ul', all('.do-not li').map((line) => h('li', line.children)))),
      ...part('first', text.firstMinutes, [
        ...all('.first-call').map((call) => h('p.card-call', call.children)),
        ...list('ol', all('.first-minutes .step').map((step) => h('li', stepLine(step)))),
      ]),
      ...part('decisions', text.paper.decisions, list('ol', decisions.map((step) => h('li', decisionLine(step))))),
      ...part(
        'call',
        text.whoToCall,
        list(
          'ul',
          all('.callers > li').map((row) => h('li', callLine(row))),
        ),
      ),
    ]),
    h('footer.card-foot', [
      h('span.tlp', { className: [`tlp-${foot.mark.slice('TLP:'.length).toLowerCase().replace('+strict', '')}`] }, foot.mark),
      h('span', foot.line),
      h('span', text.paper.cardOf(runbook.data.code)),
    ]),
  ]);
  return onPaper(structuredClone(card), `card-${runbook.id}`);
}

function mistakenFor(plan: Plan, { data }: Document<'runbook'>): string {
  return (data.mistakenFor ?? [])
    .map(({ runbook }) => plan.documents.get(`runbook:${runbook}`))
    .flatMap((other) => (other?.kind === 'runbook' ? `${other.data.title} (${(other as Document<'runbook'>).data.code})` : []))
    .join(', ');
}

/** Box, number, instruction, and under it who and by when. */
function stepLine(step: Element): ElementContent[] {
  return [
    h('span.card-box', { ariaHidden: 'true' }),
    h('span.card-number', plainNumber(step)),
    h('.card-step', [
      h('p.card-instruction', select('.step-instruction', step)?.children ?? []),
      h(
        'p.card-marks',
        selectAll('.mark-role, .mark-time, .mark-harm', step).flatMap((mark, index) => [
          ...(index > 0 ? [' · '] : []),
          ...mark.children,
        ]),
      ),
    ]),
  ];
}

/** Number, question, who decides and by when, and what holds if nobody does. */
function decisionLine(step: Element): ElementContent[] {
  const question = (select('.step-instruction', step)?.children ?? []).filter(
    (child) => child.type !== 'element' || !classesOf(child).includes('decision-word'),
  );
  const marks = selectAll('.mark-role, .mark-time', step).flatMap((mark, index) => [
    ...(index > 0 ? [' · '] : []),
    ...mark.children,
  ]);
  const otherwise = select('.option-otherwise', step);
  return [
    h('span.card-number', plainNumber(step)),
    h('.card-step', [
      h('p.card-instruction', question),
      h('p.card-marks', marks),
      ...(otherwise ? [h('p.card-otherwise', [textOf(otherwise)])] : []),
    ]),
  ];
}

/** A role or somebody outside, with the first number of each who answers. */
function callLine(row: Element): ElementContent[] {
  const people = selectAll('.caller', row);
  return [
    h('strong', select('h3', row)?.children ?? []),
    ...people.flatMap((person) => {
      const name = select('p > a', person);
      const value = select('.channel-value', person);
      const number = value && (select('a', value) ?? value);
      return [h('span.card-caller', [...(name ? name.children : []), ' ', h('span.card-tel', number?.children ?? [])])];
    }),
  ];
}

const plainNumber = (step: Element) => {
  const number = select('.step-number', step);
  return number ? textOf(number) : '';
};

/** Ids once a document, and links that a card cannot follow taken away. */
function onPaper(card: Element, id: string): Element {
  visit(card, 'element', (element) => {
    if (element.properties['id'] && element.properties['id'] !== id) delete element.properties['id'];
    const { href } = element.properties;
    if (typeof href === 'string' && /^[/#]/.test(href)) delete element.properties['href'];
  });
  return card;
}
