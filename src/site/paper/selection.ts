/** What a binder holds, in the order of its pages. */

import { kinds } from '../../kinds/index.ts';
import { isBlock } from '../../model/content.ts';
import type { Document, NumberedStep } from '../../model/document.ts';
import { documentOf, documentsOf, isCurrent, type Plan } from '../../model/plan.ts';
import { priorityOf } from '../../model/priority.ts';
import { stepsOfRole } from '../../model/steps.ts';
import { documentPath } from '../addresses.ts';

/** What a binder is about: the whole plan, one runbook, or what one role does. */
export type BinderScope =
  | { of: 'plan' }
  | { of: 'runbook'; document: Document<'runbook'> }
  | { of: 'role'; document: Document<'role'> };

/** One page of the site that goes into a binder. */
export interface BinderPart {
  /** Path of the page on the site: `runbooks/ransomware/`. */
  path: string;
  /** Name of the part inside the binder, and the beginning of every id in it: `runbook-ransomware`. */
  name: string;
  /** What the page is of; absent for the home page and the list of contacts. */
  document?: Document;
  /** Ids of the steps that stay whole, where the others are only told in one line. */
  ownSteps?: ReadonlySet<string>;
  /** Whether an action that is used is told by its parts alone, because it stands in full elsewhere in the binder. */
  actionsElsewhere?: boolean;
}

export interface BinderChapter {
  /** `start`, or the kind of its documents. */
  id: 'start' | 'role' | 'runbook' | 'action' | 'contact' | 'message' | 'worksheet';
  parts: BinderPart[];
}

/** The chapters of a binder; those without a page are left out. Retired documents are never printed. */
export function binderChapters(plan: Plan, scope: BinderScope): BinderChapter[] {
  const chapters = chaptersOf(plan, scope);
  return chapters.filter(({ parts }) => parts.length > 0);
}

/** The runbooks that may be followed, as the home page lists them: most urgent first, then by title. */
export function runbooksInOrder(plan: Plan): Document<'runbook'>[] {
  const { priority } = plan.settings;
  const rank = ({ data }: Document<'runbook'>) =>
    priority.levels.findIndex((level) => level.id === priorityOf(priority, data.criticality, data.impact)?.id);
  return documentsOf(plan, 'runbook')
    .filter((runbook) => isCurrent(runbook))
    .sort((a, b) => rank(a) - rank(b) || (a.data.title < b.data.title ? -1 : 1));
}

/** A document as a part of a binder. */
function partOf(document: Document): BinderPart {
  return { path: documentPath(document), name: `${document.kind}-${document.id}`, document };
}

function chaptersOf(plan: Plan, scope: BinderScope): BinderChapter[] {
  const messages = documentsOf(plan, 'message').filter((message) => isCurrent(message));
  const worksheets = documentsOf(plan, 'worksheet')
    .filter((worksheet) => isCurrent(worksheet))
    .sort((a, b) => (a.data.code < b.data.code ? -1 : 1));
  const contacts: BinderPart = { path: `${kinds.get('contact')?.folder}/`, name: 'contacts' };
  if (scope.of === 'runbook') {
    const { data } = scope.document;
    return [
      { id: 'runbook', parts: [partOf(scope.document)] },
      { id: 'message', parts: named(plan, 'message', data.messages).map(partOf) },
      { id: 'worksheet', parts: named(plan, 'worksheet', data.worksheets).map(partOf) },
    ];
  }
  if (scope.of === 'role') {
    const { id } = scope.document;
    const steps = new Map(
      stepsOfRole(plan, id).map((found) => [found.runbook, new Set(found.steps.map(({ step }) => step.id))]),
    );
    const own = (runbook: Document<'runbook'>): BinderPart => ({
      ...inShort(runbook),
      ownSteps: steps.get(runbook) ?? new Set(),
    });
    const isShown = (runbook: Document<'runbook'>, step: NumberedStep) =>
      step.section.part === 'first-minutes' || Boolean(steps.get(runbook)?.has(step.id));
    return [
      { id: 'role', parts: [partOf(scope.document)] },
      {
        id: 'runbook',
        parts: runbooksInOrder(plan)
          .filter((runbook) => steps.has(runbook))
          .map(own),
      },
      { id: 'action', parts: actionsIn(plan, [...steps.keys()], isShown).map(partOf) },
      { id: 'contact', parts: [contacts] },
      { id: 'message', parts: messages.filter(({ data }) => data.sender === id || data.approver === id).map(partOf) },
      { id: 'worksheet', parts: worksheets.filter(({ data }) => data.filledBy?.includes(id)).map(partOf) },
    ];
  }
  return [
    { id: 'start', parts: [{ path: '', name: 'home' }] },
    { id: 'runbook', parts: runbooksInOrder(plan).map(inShort) },
    { id: 'action', parts: actionsIn(plan, runbooksInOrder(plan), () => true).map(partOf) },
    { id: 'contact', parts: documentsOf(plan, 'contact').length > 0 ? [contacts] : [] },
    { id: 'message', parts: messages.map(partOf) },
    { id: 'worksheet', parts: worksheets.map(partOf) },
  ];
}

// An action is used by many runbooks: in a binder of many it stands once, or nobody could carry it.
const inShort = (runbook: Document<'runbook'>): BinderPart => ({ ...partOf(runbook), actionsElsewhere: true });

/** The actions that steps of runbooks are, by title. */
function actionsIn(
  plan: Plan,
  runbooks: readonly Document<'runbook'>[],
  isShown: (runbook: Document<'runbook'>, step: NumberedStep) => boolean,
): Document<'action'>[] {
  const ids = runbooks.flatMap((runbook) =>
    (runbook.body?.steps ?? []).flatMap((step) =>
      isBlock(step.block, 'use') && isShown(runbook, step) ? [step.block.attributes.action] : [],
    ),
  );
  return [...new Set(ids)]
    .flatMap((id) => documentOf(plan, 'action', id) ?? [])
    .sort((a, b) => (a.data.title < b.data.title ? -1 : 1));
}

function named<K extends 'message' | 'worksheet'>(plan: Plan, kind: K, ids: readonly string[] = []): Document<K>[] {
  return ids.flatMap((id) => documentOf(plan, kind, id) ?? []).filter((document) => isCurrent(document));
}
