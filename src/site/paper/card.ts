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
  // A decision of the first minutes stands there.
  const decisions = all('.chapter:not(.phase-1, .first-minutes) .step-decision');
  const part = (name: string, title: string, children: ElementContent[]) =>
    children.length > 0 ? [h(`section.card-part.card-${name}`, [h('h2', title), ...children])] : [];
  const list = (tag: string, items: Element[]) => (items.length > 0 ? [h(tag, items)] : []);
  const card = h('article.card', { id: `card-${runbook.id}` }, [
    h('header.card-head', [
      h('p.card-code', runbook.data.code),
      h('h1', runbook.data.title),
      h(
        'p.card-tags',
        all('.page-head .priority, .page-head .tag').map((tag) => h('span', tag.children)),
      ),
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
      ...part(
        'not',
        text.doNot,
        list(
          'ul',
          all('.do-not li').map((line) => h('li', line.children)),
        ),
      ),
      ...part('first', text.firstMinutes, [
        ...all('.first-call').map((call) => h('p.card-call', call.children)),
        ...list(
          'ol',
          all('.first-minutes .step').map((step) => h('li', stepLine(step))),
        ),
      ]),
      ...part(
        'decisions',
        text.paper.decisions,
        list(
          'ol',
          decisions.map((step) => h('li', decisionLine(step))),
        ),
      ),
      ...part('call', text.whoToCall, list('ul', callLines(all('.callers > li')))),
    ]),
    h('footer.card-foot', [
      h(
        'span.tlp',
        { className: [`tlp-${foot.mark.slice('TLP:'.length).toLowerCase().replace('+strict', '')}`] },
        foot.mark,
      ),
      h('span', foot.line),
      h('span', text.paper.cardOf(runbook.data.code)),
    ]),
  ]);
  return onPaper(structuredClone(card), `card-${runbook.id}`);
}

function mistakenFor(plan: Plan, { data }: Document<'runbook'>): string {
  return (data.mistakenFor ?? [])
    .map(({ runbook }) => plan.documents.get(`runbook:${runbook}`))
    .flatMap((other) =>
      other?.kind === 'runbook' ? `${other.data.title} (${(other as Document<'runbook'>).data.code})` : [],
    )
    .join(', ');
}

/** Box, number and instruction, and beside it who and by when. */
function stepLine(step: Element): ElementContent[] {
  return [h('span.card-box', { ariaHidden: 'true' }), ...decisionLine(step)];
}

/** Number, question or instruction, who and by when, and what holds if nobody decides. */
function decisionLine(step: Element): ElementContent[] {
  const words = (select('.step-instruction', step)?.children ?? []).filter(
    (child) => child.type !== 'element' || !classesOf(child).includes('decision-word'),
  );
  return [
    h('span.card-number', plainNumber(step)),
    h('.card-step', [h('p.card-instruction', words), h('p.card-marks', marksOf(step)), ...otherwiseOf(step)]),
  ];
}

function marksOf(step: Element): ElementContent[] {
  return selectAll('.mark-role, .mark-time, .mark-harm', step).flatMap((mark, index) => [
    ...(index > 0 ? [{ type: 'text' as const, value: ' · ' }] : []),
    ...(mark.children as ElementContent[]),
  ]);
}

function otherwiseOf(step: Element): Element[] {
  const otherwise = select('.option-otherwise', step);
  return otherwise ? [h('p.card-otherwise', textOf(otherwise))] : [];
}

/** Everybody once, with the first number; the role stands before a name that does not say it. */
function callLines(rows: readonly Element[]): Element[] {
  const named = new Set<string>();
  return rows.flatMap((row) => {
    const heading = select('h3', row);
    const role = heading ? textOf(heading) : '';
    return selectAll('.caller', row).flatMap((person) => {
      const link = select('p > a', person);
      const name = link ? textOf(link) : '';
      if (named.has(name)) return [];
      named.add(name);
      const value = select('.channel-value', person);
      const number = value && (select('a', value) ?? value);
      const known = !select('h3 a', row) || name.toLowerCase().startsWith(role.toLowerCase());
      return [h('li', [h('span', known ? name : `${role}: ${name}`), h('span.card-tel', number?.children ?? [])])];
    });
  });
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
