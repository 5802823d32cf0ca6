/**
 * What can be found: a record for each document, and beside it one for its text, with a part for each step and each
 * section. A record for every step costs more: Pagefind spends about two milliseconds on each, whatever its length.
 */

import { splitHeadline } from '../../blocks/step-frame.ts';
import { shapeInline } from '../../compile/inline.ts';
import { kinds } from '../../kinds/index.ts';
import { effectiveAttributes } from '../../model/action.ts';
import { isBlock, isStepBlock } from '../../model/content.ts';
import type { Document, NumberedStep, Section } from '../../model/document.ts';
import { documentOf, documentsOf, isCurrent, type Plan, phasesOf, referrersOf, resolve } from '../../model/plan.ts';
import { priorityOf } from '../../model/priority.ts';
import { runbooksConfirmedBy } from '../../model/signals.ts';
import { documentPath } from '../addresses.ts';
import { phraseMark } from './marks.ts';
import type { PhrasesFile } from './phrases.ts';
import { textOf } from './plain-text.ts';

/** A document as a whole. All of `meta` is searched, each entry with its own weight; only `text` gives excerpts. */
export interface PageRecord {
  /** Path from the base: the index is the same under every base. */
  path: string;
  text: string;
  meta: SearchMeta;
  filters: { kind: string[]; phase?: string[]; priority?: string[] };
}

/** The text of a document that has steps or headings. */
export interface TextRecord {
  path: string;
  meta: Pick<SearchMeta, 'page' | 'kind' | 'status'>;
  filters: PageRecord['filters'];
  parts: TextPart[];
}

/** A step, or a section with text of its own. */
export interface TextPart {
  id: string;
  title: string;
  /** As it is spoken: RW 14. */
  number?: string;
  phase?: string;
  text: string;
  /** What it can be found by without its being shown: roles, techniques, other names of an action. */
  names: string;
}

export interface SearchRecords {
  pages: PageRecord[];
  texts: TextRecord[];
}

export interface SearchMeta {
  title: string;
  /** Title of the page, for what is the text of one. */
  page?: string;
  /** ATT&CK id, identifier of a control, or short code of a runbook. */
  code?: string;
  aliases?: string;
  /** For a runbook what people say who see its signals, strongest first; for a signal its synonyms. */
  signals?: string;
  roles?: string;
  techniques?: string;
  /** The word for its kind, so that it can be named in a search: "ransomware runbook". */
  kind?: string;
  status?: string;
}

/** The value of the phase filter for the first minutes of a runbook. */
export const firstMinutesPhase = 'first-minutes';

// How a document stands, who keeps it and where it comes from is not what people search for in an incident; what is in
// the record already is not said twice. What a runbook is mistaken for describes other incidents and would lead to the
// wrong one.
const notSearched = new Set(
  `title summary aliases code identifier synonyms techniques signals role roles filledBy within from targets preserves destroys mistakenFor notThisIf criticality impact group status standing owner
  approvals unapproved review tlp label sources checkedOn verifiedOn effectiveFrom attackVersion`.split(/\s+/),
);
// What a runbook only names has a page of its own, which is what somebody looks for who types its name.
const namedByRunbook = new Set(['notifications', 'worksheets', 'messages', 'related']);
// Inside a property: what only the program reads.
const notRead = new Set('id type optionsFrom columns exclude url checkedOn within every'.split(' '));

/** All records of a plan, in a fixed order. Retired documents are left out: nobody must follow them. */
export function searchRecords(plan: Plan): SearchRecords {
  const documents = [...plan.documents.values()].filter((document) => isCurrent(document));
  return {
    pages: documents.map((document) => pageRecord(plan, document, filtersOf(plan, document))),
    texts: documents.flatMap((document) => textRecord(plan, document) ?? []),
  };
}

function textRecord(plan: Plan, document: Document): TextRecord | undefined {
  const parts = [
    ...(document.body?.sections ?? []).flatMap((section) => sectionPart(plan, section) ?? []),
    ...(document.body?.steps ?? []).map((step) => stepPart(plan, document, step)),
  ];
  if (parts.length === 0) return undefined;
  const filters = filtersOf(plan, document);
  const phases = [...new Set([...(filters.phase ?? []), ...parts.flatMap(({ phase }) => phase ?? [])])];
  return {
    path: documentPath(document),
    meta: withoutEmpty({
      page: document.data.title,
      kind: kinds.get(document.kind)?.label.one ?? document.kind,
      status: statusOf(document),
    }),
    filters: { ...filters, ...(phases.length > 0 ? { phase: phases } : {}) },
    parts,
  };
}

function statusOf({ data }: Document): string {
  return (data as { status?: string }).status === 'draft' ? 'draft' : '';
}

function pageRecord(plan: Plan, document: Document, filters: PageRecord['filters']): PageRecord {
  const data = document.data as unknown as Record<string, unknown> & { title: string };
  const lead = (document.body?.sections ?? [])
    .filter((section) => section.title === '')
    .flatMap((section) => section.children);
  return {
    path: documentPath(document),
    // The summary ends where a mark stands: the browser shows it by itself.
    text: [
      propertyText(plan, data['summary']),
      joined([
        ...propertyTexts(plan, document, data),
        ...(document.kind === 'role' ? powersOf(plan, document.id) : []),
        textOf(lead, plan, (block) => isStepBlock(block)),
      ]),
    ]
      .filter(Boolean)
      .join(phraseMark),
    meta: withoutEmpty({
      title: data.title,
      code: [document.kind === 'technique' ? document.id : undefined, data['code'], data['identifier']]
        .filter(Boolean)
        .join(' '),
      aliases: phrases(data['aliases']),
      signals: phrases(
        document.kind === 'runbook'
          ? tellingSignals(plan, document as Document<'runbook'>).flatMap(phrasesOf)
          : data['synonyms'],
      ),
      roles:
        document.kind === 'runbook'
          ? ''
          : phrases(roleTitles(plan, [data['roles'] ?? data['filledBy'] ?? data['role']].flat())),
      techniques: phrases(data['techniques']),
      kind: kinds.get(document.kind)?.label.one ?? document.kind,
      status: statusOf(document),
    }),
    filters,
  };
}

function stepPart(plan: Plan, document: Document, step: NumberedStep): TextPart {
  const { block } = step;
  const action = isBlock(block, 'use') ? documentOf(plan, 'action', block.attributes.action) : undefined;
  const attributes = (isBlock(block, 'use') && action ? effectiveAttributes(block, action) : block.attributes) as {
    role?: string;
    decider?: string;
    deputy?: string;
    techniques?: string[];
  };
  const code = (document.data as { code?: string }).code;
  const phase = phaseOf(step.section);
  // The parts of an action are found at the action itself; here they are only named.
  const parts = (action?.body?.steps ?? []).map((part) => part.instruction);
  return {
    id: step.id,
    title: action ? action.data.title : textOf([{ type: 'paragraph', children: splitHeadline(block).headline }], plan),
    number: document.kind === 'runbook' && code ? `${code} ${step.number}` : step.number,
    ...(phase ? { phase } : {}),
    text: joined([textOf(isBlock(block, 'use') ? block.children : splitHeadline(block).rest, plan), ...parts]),
    names: [
      ...(action?.data.aliases ?? []),
      ...roleTitles(plan, [attributes.role, attributes.decider, attributes.deputy]),
      ...(attributes.techniques ?? []),
    ].join(' '),
  };
}

/** What stands under a heading beside the steps; a section that holds steps alone is found by them. */
function sectionPart(plan: Plan, section: Section): TextPart | undefined {
  if (section.title === '') return undefined;
  const text = textOf(section.children, plan, (block) => isStepBlock(block));
  if (text === '') return undefined;
  const phase = phaseOf(section);
  return { id: section.id, title: section.title, ...(phase ? { phase } : {}), text, names: '' };
}

function phaseOf(section: Section): string | undefined {
  return section.part === 'first-minutes' ? firstMinutesPhase : section.phase;
}

function filtersOf(plan: Plan, document: Document): PageRecord['filters'] {
  const { criticality, impact } = document.data as { criticality?: string; impact?: string };
  const priority =
    document.kind === 'runbook' ? priorityOf(plan.settings.priority, criticality, impact)?.id : undefined;
  const phases =
    document.kind === 'phase' ? [document.id] : document.kind === 'action' ? phasesThatUse(plan, document) : [];
  return {
    kind: [document.kind],
    ...(phases.length > 0 ? { phase: phases } : {}),
    ...(priority ? { priority: [priority] } : {}),
  };
}

/** An action is at home in the phases of the runbooks that use it. */
function phasesThatUse(plan: Plan, action: Document): string[] {
  const uses = referrersOf(plan, action, 'runbook')
    .filter((runbook) => isCurrent(runbook))
    .flatMap((runbook) => runbook.body?.steps ?? [])
    .filter(({ block }) => isBlock(block, 'use') && block.attributes.action === action.id);
  return [...new Set(uses.flatMap(({ section }) => phaseOf(section) ?? []))].sort();
}

/** So many runbooks are found by what people say who see a signal that speaks for more of them. */
const mostBySignal = 4;

/** The signals that speak for a runbook, unless they speak more for others; the strongest first. */
function tellingSignals(plan: Plan, runbook: Document<'runbook'>): Document<'signal'>[] {
  return runbook.data.signals.confirm.flatMap((id) => {
    const signal = documentOf(plan, 'signal', id);
    return signal && runbooksConfirmedBy(plan, id).slice(0, mostBySignal).includes(runbook) ? [signal] : [];
  });
}

const phrasesOf = ({ data }: Document<'signal'>) => [data.title, ...(data.synonyms ?? [])];

/** What runbooks are called and what people say who need them, each signal once. */
export function runbookPhrases(plan: Plan): PhrasesFile {
  const signals: Document<'signal'>[] = [];
  const placeOf = (signal: Document<'signal'>) => {
    if (!signals.includes(signal)) signals.push(signal);
    return signals.indexOf(signal);
  };
  const runbooks = documentsOf(plan, 'runbook')
    .filter((runbook) => isCurrent(runbook))
    .map((runbook) => ({
      path: documentPath(runbook),
      summary: propertyText(plan, runbook.data.summary),
      ...withoutEmpty({
        title: runbook.data.title,
        code: runbook.data.code ?? '',
        aliases: phrases(runbook.data.aliases),
        status: statusOf(runbook),
        priority: filtersOf(plan, runbook).priority?.[0] ?? '',
      }),
      signals: tellingSignals(plan, runbook).map(placeOf),
    }));
  return { runbooks, signals: signals.map((signal) => phrases(phrasesOf(signal))) };
}

/** What a role may do unasked, by the authority table of plan.yaml, which is drawn on the page of the role. */
function powersOf(plan: Plan, role: string): string[] {
  return plan.settings.authority.powers.filter(({ roles }) => roles.includes(role)).map(({ power }) => power);
}

function roleTitles(plan: Plan, ids: readonly unknown[]): string[] {
  return ids.flatMap((id) => (typeof id === 'string' ? (documentOf(plan, 'role', id)?.data.title ?? []) : []));
}

/** Inline Markdown of a property as text. */
function propertyText(plan: Plan, value: unknown): string {
  return typeof value === 'string' ? textOf(shapeInline(value).tree.children, plan) : '';
}

/** The words in a document's properties, in the order in which they are written; a reference reads as its title. */
function propertyTexts(plan: Plan, document: Document, data: Record<string, unknown>): string[] {
  const titles = new Map<string, string>();
  for (const { text, expected } of document.references) {
    const title = resolve(plan, text, kinds.has(expected) ? expected : undefined)?.document.data.title;
    if (title) titles.set(text, title);
  }
  const found: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') found.push(titles.get(value) ?? propertyText(plan, value));
    else if (Array.isArray(value)) value.forEach(collect);
    else if (value && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) if (!notRead.has(key)) collect(inner);
  };
  for (const [key, value] of Object.entries(data))
    if (!notSearched.has(key) && !(document.kind === 'runbook' && namedByRunbook.has(key))) collect(value);
  return found;
}

function phrases(list: unknown): string {
  return Array.isArray(list) ? list.map(String).join(phraseMark) : '';
}

function joined(pieces: readonly string[]): string {
  return pieces
    .map((piece) => piece.trim())
    .filter(Boolean)
    .map((piece) => (/[.?!:;]["')]?$/.test(piece) ? piece : `${piece}.`))
    .join(' ');
}

function withoutEmpty<Meta extends object>(meta: Meta): Meta {
  return Object.fromEntries(Object.entries(meta).filter(([, value]) => value !== '' && value !== undefined)) as Meta;
}

/** What can be filtered by, in the order in which it is offered, with the words for it. */
export interface SearchFacets {
  /** With the word for one of them at the end. */
  kind: [id: string, label: string, one: string][];
  phase: [id: string, label: string][];
  priority: [id: string, label: string][];
}

export function searchFacets(plan: Plan, firstMinutes: string): SearchFacets {
  return {
    kind: [...kinds.values()]
      .filter((kind) => documentsOf(plan, kind.name).some((document) => isCurrent(document)))
      .map((kind) => [kind.name, kind.label.many, kind.label.one]),
    phase: [
      [firstMinutesPhase, firstMinutes],
      ...phasesOf(plan).map((phase): [string, string] => [phase.id, phase.data.title]),
    ],
    priority: plan.settings.priority.levels.map((level) => [level.id, level.name]),
  };
}
