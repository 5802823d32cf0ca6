/**
 * The stage after link that every output stands behind: a plan for those who may not read all of it. What is left out
 * is gone from the plan that outputs receive, so that none of them can forget to leave it out.
 */

import type { RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import {
  type Audience,
  audienceNamed,
  defaultLabel,
  isKeptFrom,
  isRed,
  labelOfVariable,
  labelsOf,
} from '../model/audience.ts';
import { audienceText } from '../model/audience-text.ts';
import { addressOfChannel } from '../model/contact.ts';
import { type Block, type ContentRoot, isBlock } from '../model/content.ts';
import type { Document, KindName } from '../model/document.ts';
import { interfaceText } from '../model/interface-text.ts';
import { documentOf, documentsOf, type Plan, phasesOf } from '../model/plan.ts';
import { formatReference, parseReference } from '../model/reference.ts';
import type { Change, ContactData, KindData, PlanSettings } from '../model/schema-types.ts';
import { digestOf } from './digest.ts';
import { digestsIn } from './document-digests.ts';
import { parseFragment } from './fragment.ts';
import { shapeInline } from './inline.ts';
import { referrersIn, variablesOf } from './link.ts';
import { namedInstruction, outline } from './outline.ts';
import { pathFrom, type Redaction, withoutBlocks, withoutNames, withoutNamesInData } from './redact.ts';

/** The audience of a name in a plan. @throws RangeError when the plan has none of it */
export function requireAudience({ settings }: Plan, id: string): Audience {
  const audience = audienceNamed(settings, id);
  if (!audience) throw new RangeError(`There is no audience "${id}".`);
  return audience;
}

/** Documents that are marked TLP:RED and so are in no build, by `kind:id`. */
export function redDocuments({ documents, settings }: Plan): string[] {
  return [...documents].flatMap(([name, document]) => (isRed(settings, document) ? [name] : []));
}

/**
 * Who may not read what, for outputs that are made of more than the plan: the history of a document that is withheld
 * must not exist in a build.
 *
 * @param whole the plan as it was written
 */
export function withholding(whole: Plan, audienceId: string) {
  const audience = requireAudience(whole, audienceId);
  const byPath = new Map([...whole.documents.values()].map((document) => [document.path, document]));
  const keepsAll = labelsOf(whole.settings).every(({ id }) => audience.labels.includes(id));
  return {
    /** Whether a document or step, by its reference, is withheld. What the plan does not hold counts as withheld. */
    reference: (text: string): boolean => {
      const reference = parseReference(text);
      const document = reference && documentOf(whole, reference.kind as KindName, reference.id);
      if (!reference || !document || isKeptFrom(whole.settings, audience, document)) return true;
      const step = document.body?.steps.find(({ id }) => id === reference.step);
      return step !== undefined && isBlockKept(whole, audience, step.block);
    },
    /**
     * Whether a file of the plan, by its path from the plan's folder, is withheld. What is not in the plan any more has
     * no label: only who may read everything may know of it.
     */
    path: (path: string): boolean => {
      // The list of ids changes with every document, and says less than a name.
      if (path === 'ids.lock') return false;
      if (path === 'plan.yaml') return !audience.labels.includes(defaultLabel(whole.settings, 'plan'));
      const document = byPath.get(path);
      return document ? isKeptFrom(whole.settings, audience, document) : !keepsAll;
    },
  };
}

/** Whether an audience may not read a block of a document that it may read. */
export function isBlockKept({ settings, documents }: Plan, audience: Audience, block: Block): boolean {
  const { label, action } = block.attributes as { label?: string; action?: string };
  if (label !== undefined && !audience.labels.includes(label)) return true;
  const used = isBlock(block, 'use') ? documents.get(`action:${action}`) : undefined;
  // A step that uses what may not be read says nothing.
  return isBlock(block, 'use') && (!used || isKeptFrom(settings, audience, used));
}

/**
 * The plan for an audience. A pure function: the plan that is given stays as it is.
 *
 * @param whole as it was linked
 * @param id of an audience of the plan
 */
export function forAudience(whole: Plan, id: string): Plan {
  const audience = requireAudience(whole, id);
  const { settings } = whole;
  const permitted = [...whole.documents].filter(([, document]) => !isKeptFrom(settings, audience, document));
  const withheld = [
    ...new Set(
      [...whole.documents.values()]
        .filter((document) => isKeptFrom(settings, audience, document))
        .map(({ kind }) => kind),
    ),
  ];
  const stamp = { id: audience.id, name: audience.name, says: audience.references === 'withheld' };
  if (readsAll(whole, audience, permitted.length))
    return { ...whole, images: shownImages(whole), audience: { ...stamp, withheld } };

  const cut = new Cut(whole, audience, new Map(permitted));
  const documents = new Map<string, Document>();
  const digest = digestsIn(documents);
  for (const [name] of permitted) documents.set(name, cut.document(name, digest));
  const plan: Plan = {
    settings: settings,
    settingsDigest: '',
    documents,
    referrers: referrersIn(documents),
    variables: cut.variables,
    images: new Set(),
    // What something was called before may say what it is not to be called.
    moved: new Map(),
    audience: { ...stamp, withheld: [...withheld, ...overlaid(whole).filter((kind) => !withheld.includes(kind))] },
  };
  plan.settings = cut.settings(plan);
  plan.settingsDigest = digestOf(plan.settings);
  for (const document of documents.values()) {
    for (const step of document.body?.steps ?? [])
      step.instruction = namedInstruction(
        step,
        (action) => documentOf(plan, 'action', action)?.data.title,
        plan.variables,
      );
    if (document.kind === 'lesson') document.data = cut.lesson(document as Document<'lesson'>, plan);
  }
  return { ...plan, images: shownImages({ ...plan, images: whole.images }) };
}

/** Kinds that are expected from an overlay and of which a document is missing. */
function overlaid({ settings, documents }: Plan): KindName[] {
  return ((settings.overlay ?? []) as KindName[]).filter((kind) =>
    [...documents.values()].some(({ references }) =>
      references.some(({ text, expected }) => {
        const reference = parseReference(text, kinds.has(expected) ? expected : undefined);
        return reference?.kind === kind && !documents.has(`${kind}:${reference.id}`);
      }),
    ),
  );
}

/** Whether the plan is for an audience what it was written to be. */
function readsAll(whole: Plan, audience: Audience, permitted: number): boolean {
  return (
    permitted === whole.documents.size &&
    audience.tlp === undefined &&
    labelsOf(whole.settings).every(({ id }) => audience.labels.includes(id)) &&
    overlaid(whole).length === 0
  );
}

/** A plan on its way to an audience: what is known of it while its parts are cut. */
class Cut {
  readonly whole: Plan;
  readonly audience: Audience;
  readonly permitted: ReadonlyMap<string, Document>;
  readonly variables: ReadonlyMap<string, string>;
  readonly #redaction: Redaction;
  /** Bodies without the blocks that are withheld, by `kind:id`. */
  readonly #bodies = new Map<string, Document['body']>();

  constructor(whole: Plan, audience: Audience, permitted: ReadonlyMap<string, Document>) {
    this.whole = whole;
    this.audience = audience;
    this.permitted = permitted;
    const { settings } = whole;
    this.variables = new Map(
      [...variablesOf(settings)].filter(([name]) => this.#reads(labelOfVariable(settings, name))),
    );
    const text = audienceText(settings.language);
    const addresses = withheldAddresses(whole, audience, this.variables);
    const paths = new Set([...permitted.values()].map(({ path }) => path));
    this.#redaction = {
      text,
      says: audience.references === 'withheld',
      block: (block) => isBlockKept(whole, audience, block),
      variable: (name) => !this.variables.has(name),
      name: (reference, expected, document) => this.#instead(reference, expected, document),
      address: (url, document) => {
        if (addresses.has(url)) return url.startsWith('tel:') ? text.withheldTelephone : text.withheldAddress;
        if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return undefined;
        const path = pathFrom(document, url);
        return whole.images.has(path) || paths.has(path) ? undefined : text.withheldLink;
      },
    };
    for (const [name, document] of permitted) this.#bodies.set(name, this.#body(document));
  }

  #reads(label: string | undefined): boolean {
    return label === undefined || this.audience.labels.includes(label);
  }

  /** A document without what the audience may not read. */
  document(name: string, digest: (document: Document) => string): Document {
    const old = this.permitted.get(name) as Document;
    const cut = withoutNamesInData(old.kind, this.#channels(old), this.#redaction, old);
    const body = this.#bodies.get(name);
    const children = body && withoutNames(body.tree.children, this.#redaction, old);
    const isWhole = cut === old.data && children === old.body?.tree.children;
    const document: Document = {
      kind: old.kind,
      id: old.id,
      path: old.path,
      // An approval is of the text as a whole: the digest of what is not shown would tell of it.
      data: (isWhole ? cut : withoutDigests(cut)) as Document['data'],
      get digest() {
        return digest(document);
      },
      references: old.references.filter(({ text, expected }) => this.#instead(text, expected, old) === undefined),
      rangeOf: old.rangeOf,
    };
    if (body && children) document.body = this.#outlined(old, { ...body.tree, children });
    return document;
  }

  #channels({ kind, data }: Document): Document['data'] {
    if (kind !== 'contact') return data;
    const contact = data as ContactData;
    const channels = contact.channels.filter(({ label }) => this.#reads(label));
    return channels.length === contact.channels.length ? data : { ...contact, channels };
  }

  #body(document: Document): Document['body'] {
    if (!document.body) return undefined;
    const text = this.#redaction.text;
    const code = document.kind === 'runbook' ? `${(document.data as KindData['runbook']).code} ` : '';
    const numbers = new Map(document.body.steps.map(({ block, number }) => [block as Block, number]));
    const children = withoutBlocks(document.body.tree.children, this.#redaction, (block) => {
      const number = numbers.get(block);
      return number && (isBlock(block, 'part') ? text.part(number) : `${code}${number}`);
    });
    return this.#outlined(document, { ...document.body.tree, children });
  }

  /** Sections and steps of a tree; each step keeps the number that it has in the whole plan. */
  #outlined(document: Document, tree: ContentRoot): NonNullable<Document['body']> {
    const phases = phasesOf(this.whole)
      .filter((phase) => this.permitted.has(formatReference(phase)))
      .map(({ id, data }) => ({ id, title: data.title, order: data.order }));
    const kind = kinds.get(document.kind) as KindDefinition;
    const body = outline(tree, kind, phases, interfaceText(this.whole.settings.language).firstMinutes);
    const numbers = new Map(document.body?.steps.map(({ id, number }) => [id, number]));
    for (const step of body.steps) step.number = numbers.get(step.id) ?? step.number;
    return body;
  }

  /** The words for what a reference leads to, where that is withheld. */
  #instead(text: string, expected: string | undefined, document: Document | undefined): string | undefined {
    const words = this.#redaction.text;
    if (expected === 'label') return undefined;
    const isLocal =
      text.startsWith('#') ||
      expected === 'local' ||
      expected === 'local-step' ||
      (expected === 'step' && !/[:#]/.test(text));
    if (isLocal) {
      if (expected === 'step' && text === 'next') return undefined;
      return document && this.#lost(document, text.replace(/^#/, '')) ? words.withheld : undefined;
    }
    const reference = parseReference(text, expected !== undefined && kinds.has(expected) ? expected : undefined);
    const kind = reference && kinds.get(reference.kind);
    if (!reference || !kind) return undefined;
    const target = this.permitted.get(`${reference.kind}:${reference.id}`);
    if (!target) return words.withheldKind(kind.label.one.toLowerCase());
    return reference.step !== undefined && this.#lost(target, reference.step) ? words.withheld : undefined;
  }

  /** Whether a document has lost the step or section of an id. */
  #lost(document: Document, anchor: string): boolean {
    const body = this.#bodies.get(formatReference(document));
    const has = (of: Document['body']) => of && [...of.steps, ...of.sections].some(({ id }) => id === anchor);
    return Boolean(has(document.body)) && !has(body);
  }

  /** What plan.yaml says, without what the audience may not read and without what no page of it needs. */
  settings(plan: Plan): PlanSettings {
    const { settings } = this.whole;
    const own = defaultLabel(settings, 'plan');
    const reads = ({ label = own }: { label?: string }) => this.#reads(label);
    const {
      variables,
      variableLabels,
      defaultLabels,
      notSecret,
      overlay,
      approvals,
      approvers,
      allowedSigners,
      repository,
      incidentFacts,
      upkeep: { mention, ...periods } = {},
      ...rest
    } = settings;
    const { otherwise, ...home } = rest.home;
    const cut: PlanSettings = {
      ...rest,
      ...(repository && reads(repository) ? { repository } : {}),
      ...(approvals && this.#reads(own) ? { approvals } : {}),
      ...(approvers && this.#reads(own) ? { approvers } : {}),
      ...(allowedSigners && this.#reads(own) ? { allowedSigners } : {}),
      ...(incidentFacts && documentsOf(plan, 'notification').length > 0 ? { incidentFacts } : {}),
      ...(settings.upkeep ? { upkeep: periods } : {}),
      ...(this.audience.tlp ? { tlp: this.audience.tlp } : {}),
      home: {
        ...home,
        questions: home.questions.filter(reads),
        ...(otherwise !== undefined && this.#reads(own) ? { otherwise } : {}),
      },
      authority: {
        powers: rest.authority.powers.filter(reads),
        suspicion: rest.authority.suspicion.filter(reads),
      },
      labels: labelsOf(settings).filter(({ id }) => this.audience.labels.includes(id)),
      audiences: [{ id: this.audience.id, name: this.audience.name, labels: [...this.audience.labels] }],
      ...(rest.stack ? { stack: rest.stack.filter(({ id }) => namesTool(plan, id)) } : {}),
      signalGroups: rest.signalGroups.filter(({ id }) =>
        documentsOf(plan, 'signal').some(({ data }) => data.group === id),
      ),
    };
    return withoutNamesInData('plan', cut, this.#redaction, undefined);
  }

  /** A lesson without the changes that are about what the audience may not read, or that would write it. */
  lesson({ data }: Document<'lesson'>, plan: Plan): KindData['lesson'] {
    if (!data.changes) return data;
    const changes = data.changes.filter((change) => this.#mayTell(change, plan));
    return changes.length === data.changes.length ? data : { ...data, changes };
  }

  #mayTell(change: Change, plan: Plan): boolean {
    if (change.of === 'plan') return this.#reads(defaultLabel(this.whole.settings, 'plan'));
    const reference = parseReference(change.of);
    if (!reference) return false;
    const name = `${reference.kind}:${reference.id}`;
    const document = plan.documents.get(name);
    if (change.do === 'create') return document !== undefined;
    const old = this.whole.documents.get(name);
    if (!document || !old || (reference.step !== undefined && this.#lost(old, reference.step))) return false;
    // Of a document that is not shown whole, a value may be what is not shown.
    if (change.do === 'set' || change.do === 'add' || change.do === 'retire') return document.digest === old.digest;
    if (change.do === 'move') return !this.#lost(old, change.to);
    const { only } = parseFragment(change.text, kinds.get(reference.kind) as KindDefinition);
    return only !== undefined && !holdsWithheld(only, this.#redaction);
  }
}

function holdsWithheld(node: RootContent, redaction: Redaction): boolean {
  let found = false;
  visit(node, 'block', (inner: Block) => {
    found ||= redaction.block(inner);
  });
  return found || withoutNames([node], redaction, undefined)[0] !== node;
}

function namesTool(plan: Plan, id: string): boolean {
  let found = false;
  for (const { body } of plan.documents.values())
    if (body && !found)
      visit(body.tree, 'block', (block: Block) => {
        found ||= isBlock(block, 'variant') && block.attributes.for.includes(id);
      });
  return found;
}

function withoutDigests(data: object): object {
  const { approvals } = data as { approvals?: { digest?: string }[] };
  return approvals ? { ...data, approvals: approvals.map(({ digest, ...approval }) => approval) } : data;
}

/** Numbers and addresses of contacts and variables that the audience may not read, as links write them. */
function withheldAddresses(
  whole: Plan,
  audience: Audience,
  variables: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const { readable, withheld } = channelsFor(whole, audience);
  const open = new Set(readable.flatMap((channel) => addressOfChannel(channel) ?? []));
  const ofVariables = [...whole.variables].flatMap(([name, value]) =>
    variables.has(name) ? [] : [`tel:${value.replace(/[^+0-9]/g, '')}`, `mailto:${value}`, value],
  );
  const ofContacts = withheld.flatMap((channel) => addressOfChannel(channel) ?? []);
  return new Set([...ofContacts, ...ofVariables].filter((address) => !open.has(address) && address !== 'tel:'));
}

/** The channels of all contacts: those that an audience may read, and those that it may not. */
export function channelsFor(whole: Plan, audience: Audience): Record<'readable' | 'withheld', ContactData['channels']> {
  const found: Record<'readable' | 'withheld', ContactData['channels']> = { readable: [], withheld: [] };
  for (const contact of documentsOf(whole, 'contact')) {
    const kept = isKeptFrom(whole.settings, audience, contact);
    for (const channel of contact.data.channels) {
      const isOpen = !kept && (channel.label === undefined || audience.labels.includes(channel.label));
      found[isOpen ? 'readable' : 'withheld'].push(channel);
    }
  }
  return found;
}

/** The images that documents of a plan show; others are not copied. */
function shownImages({ documents, images }: Pick<Plan, 'documents' | 'images'>): ReadonlySet<string> {
  const shown = new Set<string>();
  if (images.size === 0) return shown;
  for (const document of documents.values()) {
    const add = (url: string) => {
      const path = pathFrom(document, url);
      if (images.has(path)) shown.add(path);
    };
    if (document.body) visit(document.body.tree, 'image', ({ url }: { url: string }) => add(url));
    for (const text of textsOf(document.data))
      if (text.includes('![')) visit(shapeInline(text).tree, 'image', ({ url }: { url: string }) => add(url));
  }
  return shown;
}

/** Every text in properties, at any depth. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
