/** The pages before the first: the cover, which says what this paper is and how far it counts, and the contents. */

import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { shortVersion, type Version } from '../../history/version.ts';
import type { Document } from '../../model/document.ts';
import { type InterfaceText, interfaceText } from '../../model/interface-text.ts';
import { documentOf, documentsOf, type Plan } from '../../model/plan.ts';
import { reviewStateOf } from '../../model/review.ts';
import type { Approvals, Unapproved } from '../../model/schema-types.ts';
import type { BinderChapter, BinderScope } from './selection.ts';

/** A line of the contents. */
export interface ContentsLine {
  title: string;
  code?: string | undefined;
  note?: string | undefined;
  /** Id that it leads to. */
  target: string;
  lines?: ContentsLine[];
}

export interface ContentsGroup {
  id: BinderChapter['id'];
  title: string;
  lines: ContentsLine[];
}

interface Governed {
  owner?: string;
  approvals?: Approvals;
  unapproved?: Unapproved;
}

// From the least to the most restricted, Traffic Light Protocol 2.0.
const marks = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'];

/** The mark for sharing of a paper: the strictest of the plan's and those of the documents in it. */
export function strictestMark(plan: Plan, documents: readonly Document[]): string {
  const found = [
    plan.settings.tlp ?? 'AMBER',
    ...documents.map(({ data }) => (data as { tlp?: string }).tlp ?? 'CLEAR'),
  ];
  return found.reduce((strictest, mark) => (marks.indexOf(mark) > marks.indexOf(strictest) ? mark : strictest));
}

/** The documents of a binder; the list of contacts shows all of them. */
export function documentsIn(plan: Plan, chapters: readonly BinderChapter[]): Document[] {
  return chapters.flatMap(({ id, parts }) =>
    id === 'contact' ? documentsOf(plan, 'contact') : parts.flatMap(({ document }) => document ?? []),
  );
}

/** The cover of a binder. */
export function coverPage(
  plan: Plan,
  scope: BinderScope,
  chapters: readonly BinderChapter[],
  version: Version,
): Element {
  const text = interfaceText(plan.settings.language);
  const { title, organisation, example } = plan.settings;
  const documents = documentsIn(plan, chapters);
  const tlp = strictestMark(plan, documents);
  const { owner, approvals = [], unapproved }: Governed = scope.of === 'plan' ? plan.settings : scope.document.data;
  const role = (id: string) => documentOf(plan, 'role', id)?.data.title ?? id;
  const counted = example ? ` (${text.example})` : '';
  const facts: [string, string[]][] = [
    [text.view.version, [text.paper.versionOf(shortVersion(version), version.committedAt?.slice(0, 10))]],
    [text.paper.copyOf, version.notReproducible.map((reason) => text.paper.notReproducible[reason])],
    [
      text.view.unapproved,
      unapproved
        ? [
            `${text.view.unapprovedSince(unapproved.since)} ${unapproved.why}`,
            `${text.view.unapprovedDue(role(unapproved.role))} ${unapproved.due}.`,
          ]
        : [],
    ],
    [
      text.approvals,
      approvals.length > 0
        ? approvals.map(({ by, role: as, on }) => text.approvedBy(by, role(as), on) + counted)
        : [text.paper.notApproved],
    ],
    [text.review, reviewLines(plan, scope, text).map((line) => line + counted)],
    [text.owner, owner ? [role(owner)] : []],
    [text.paper.holds, holdings(chapters, text)],
  ];
  return h('section.paper-cover', [
    h('p.cover-organisation', organisation.name),
    h('h1', scope.of === 'plan' ? title : scope.document.data.title),
    h('p.cover-scope', scope.of === 'plan' ? text.paper.wholePlan : text.paper.partOf[scope.of](title)),
    h('p.cover-mark', [
      h('span.tlp', { className: [`tlp-${tlp.toLowerCase().replace('+strict', '')}`] }, `TLP:${tlp}`),
    ]),
    h(
      'dl.cover-facts',
      facts
        .filter(([, lines]) => lines.length > 0)
        .flatMap(([name, lines]) => [h('dt', name), ...lines.map((line) => h('dd', line))]),
    ),
    ...(example ? [h('p.cover-example', text.view.examplePlan)] : []),
    h('div.cover-hand', [
      h('p', text.paper.compare),
      h(
        'dl.cover-lines',
        text.paper.byHand.map((label) => h('div', [h('dt', label), h('dd')])),
      ),
    ]),
  ]);
}

/** The contents, with the page of every entry. */
export function contentsPage(
  title: string,
  groups: readonly ContentsGroup[],
  pageOf: (id: string) => ElementContent[],
): Element {
  const line = ({ title: name, code, note, target, lines }: ContentsLine): Element =>
    h('li', [
      h('a.contents-line', { href: `#${target}` }, [
        ...(code ? [h('span.contents-code', code), ' '] : []),
        h('span.contents-title', name),
        ' ',
        ...(note ? [h('span.contents-note', note), ' '] : []),
        h('span.contents-leader', { ariaHidden: 'true' }),
        ...pageOf(target),
      ]),
      ...(lines && lines.length > 0 ? [h('ol', lines.map(line))] : []),
    ]);
  return h('section.paper-contents', { id: 'contents' }, [
    h('h1', title),
    ...groups.map((group) =>
      h('section.contents-group', { className: [`contents-${group.id}`] }, [
        h('h2', group.title),
        h('ol', group.lines.map(line)),
      ]),
    ),
  ]);
}

function reviewLines(plan: Plan, scope: BinderScope, text: InterfaceText): string[] {
  const { last, due } = reviewStateOf(plan, scope.of === 'plan' ? undefined : scope.document);
  return last ? [`${text.reviewed(last)}${due ? `, ${text.reviewDue(due)}` : ''}`] : [];
}

function holdings(chapters: readonly BinderChapter[], text: InterfaceText): string[] {
  return chapters.flatMap(({ id, parts }) => {
    if (id !== 'runbook' && id !== 'worksheet' && id !== 'message') return [];
    const drafts = parts.filter(
      ({ document }) => document && 'status' in document.data && document.data.status !== 'approved',
    ).length;
    return [text.paper.counted[id](parts.length, drafts)];
  });
}
