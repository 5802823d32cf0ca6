/** From documents to a plan: names lead to what they name, and those that lead nowhere are reported with the nearest known. */

import { posix } from 'node:path';
import type { VFile } from 'vfile';
import { type Range, report } from '../diagnostics/report.ts';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import { labelsOf } from '../model/audience.ts';
import type { Body, Document, KindName, UsedReference } from '../model/document.ts';
import { interfaceText } from '../model/interface-text.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { Plan } from '../model/plan.ts';
import { formatReference, parseReference } from '../model/reference.ts';
import type { PlanSettings } from '../model/schema-types.ts';
import { digestOf } from './digest.ts';
import { digestsIn } from './document-digests.ts';
import { namedInstruction, outline, type PhaseHeading } from './outline.ts';
import type { Parsed } from './parse.ts';
import { placeOf } from './place.ts';
import type { Shaped } from './shaping.ts';

/** A document that was parsed, with the kind whose folder it lies in and the id that its file name gives. */
export interface Filed {
  kind: KindDefinition;
  id: string;
  parsed: Parsed;
}

/**
 * Builds the plan. Names that lead nowhere stay as they are; `checkNames` reports them.
 *
 * @param settings plan.yaml, which has the right shape
 * @param filed all documents; those whose data has the wrong shape are left out, and names of them are still known
 */
export function link(
  settings: Parsed,
  filed: readonly Filed[],
  { images, overlaid }: { images: ReadonlySet<string>; overlaid: boolean },
): Plan {
  const data = settings.data as PlanSettings;
  const outlining = outliningOf(data, filed);
  const documents = new Map<string, Document>();
  const digest = digestsIn(documents);
  for (const { kind, id, parsed } of [...filed].sort(
    (a, b) => compare(a.kind.name, b.kind.name) || compare(a.id, b.id),
  )) {
    if (!parsed.valid) continue;
    const name = formatReference({ kind: kind.name, id });
    const other = documents.get(name);
    if (other) {
      report(parsed.file, 'duplicate-id', { name }, parsed.yaml.rangeOf('/title'), [
        { path: other.path, range: other.rangeOf('/title') },
      ]);
      continue;
    }
    const document: Document = {
      kind: kind.name as KindName,
      id,
      path: placeOf(parsed.file),
      ...(parsed.file.data.place === undefined ? {} : { overlaid: true as const }),
      data: parsed.data as Document['data'],
      // Worked out when it is asked for: a check never does, and it is a good part of the time of one.
      get digest() {
        return digest(document);
      },
      references: referencesOf(parsed),
      rangeOf: parsed.yaml.rangeOf,
    };
    if (parsed.body) document.body = outlined(parsed, kind, outlining);
    documents.set(name, document);
  }

  return {
    settings: data,
    settingsDigest: digestOf(data),
    documents,
    referrers: referrersIn(documents),
    variables: outlining.variables,
    images,
    moved: new Map(),
    ...(data.overlay && !overlaid ? { awaited: new Set(data.overlay) } : {}),
  };
}

/** What the outline of a document is made of beside its text. */
interface Outlining {
  phases: readonly PhaseHeading[];
  firstMinutes: string;
  variables: ReadonlyMap<string, string>;
  /** Titles of actions, which the steps that use them are called by. */
  actions: ReadonlyMap<string, string>;
  /** All of it as text: the same where nothing of it has changed. */
  key: string;
}

function outliningOf(settings: PlanSettings, filed: readonly Filed[]): Outlining {
  const phases = filed
    .filter(({ kind }) => kind.name === 'phase')
    .map(({ id, parsed }) => phaseHeading(id, parsed.data));
  const { firstMinutes } = interfaceText(settings.language);
  const variables = variablesOf(settings);
  const actions = new Map(
    filed.flatMap(({ kind, id, parsed }) =>
      kind.name === 'action' && parsed.valid ? [[id, (parsed.data as { title: string }).title]] : [],
    ),
  );
  return {
    phases,
    firstMinutes,
    variables,
    actions,
    key: JSON.stringify([phases, firstMinutes, [...variables], [...actions]]),
  };
}

// While a plan is edited, most of its documents are linked again as they were.
const outlines = new WeakMap<Parsed, { key: string; body: Body }>();
const allReferences = new WeakMap<Parsed, UsedReference[]>();

function outlined(parsed: Parsed, kind: KindDefinition, outlining: Outlining): Body {
  const known = outlines.get(parsed);
  if (known?.key === outlining.key) return known.body;
  const { phases, firstMinutes, variables, actions, key } = outlining;
  const body = outline((parsed.body as Shaped).tree, kind, phases, firstMinutes);
  for (const step of body.steps) step.instruction = namedInstruction(step, (id) => actions.get(id), variables);
  outlines.set(parsed, { key, body });
  return body;
}

function referencesOf(parsed: Parsed): UsedReference[] {
  const known = allReferences.get(parsed) ?? [...parsed.references, ...(parsed.body?.references ?? [])];
  allReferences.set(parsed, known);
  return known;
}

/** Checks that every name leads to something, and reports those that do not. */
export function checkNames(plan: Plan, settings: Parsed, filed: readonly Filed[]): void {
  const known = knownNames(filed);
  const paths = new Set(filed.map(({ parsed }) => placeOf(parsed.file)));
  const missing = new Set<string>();
  checkReferences(plan, undefined, settings, settings.references, known, missing);
  checkVariables(plan, settings.file, settings.variables);
  checkLinks(plan, settings, paths);
  for (const { kind, id, parsed } of filed) {
    const document = plan.documents.get(formatReference({ kind: kind.name, id }));
    checkReferences(plan, document, parsed, referencesOf(parsed), known, missing);
    checkVariables(plan, parsed.file, [...parsed.variables, ...(parsed.body?.variables ?? [])]);
    checkLinks(plan, parsed, paths);
    checkStepIds(document, parsed.file);
  }
  if (missing.size > 0)
    report(settings.file, 'overlay-expected', { names: [...missing].sort() }, settings.yaml.rangeOf('/overlay'));
}

/** A phase with a fault is still known by its title or id: its fault is not told again in every runbook. */
function phaseHeading(id: string, data: unknown): PhaseHeading {
  const { title, order } = (data ?? {}) as Partial<PhaseHeading>;
  return {
    id,
    title: typeof title === 'string' ? title : id.replaceAll('-', ' '),
    order: typeof order === 'number' ? order : Number.POSITIVE_INFINITY,
  };
}

/** Which documents name a document. */
export function referrersIn(documents: ReadonlyMap<string, Document>): Map<string, string[]> {
  const referrers = new Map<string, Set<string>>();
  for (const [name, document] of documents)
    for (const target of targetsOf(document.references)) {
      if (target === name || !documents.has(target)) continue;
      const known = referrers.get(target);
      if (known) known.add(name);
      else referrers.set(target, new Set([name]));
    }
  return new Map([...referrers].map(([target, names]) => [target, [...names].sort()]));
}

const targets = new WeakMap<readonly UsedReference[], ReadonlySet<string>>();

/** The documents that references name, whether there are such or not. */
function targetsOf(references: readonly UsedReference[]): ReadonlySet<string> {
  let known = targets.get(references);
  if (!known) {
    known = new Set(
      references.flatMap(({ expected, text }) => {
        const reference = parseReference(text, kinds.has(expected) ? expected : undefined);
        return reference ? [`${reference.kind}:${reference.id}`] : [];
      }),
    );
    targets.set(references, known);
  }
  return known;
}

/** `{organisation.name}` and `{name}`: the organisation's properties, and the variables by name or group and name. */
export function variablesOf({ organisation, variables = {} }: PlanSettings): Map<string, string> {
  const found = new Map(Object.entries(organisation).map(([key, value]) => [`organisation.${key}`, String(value)]));
  for (const [key, value] of Object.entries(variables)) {
    if (typeof value === 'string') found.set(key, value);
    else for (const [inner, text] of Object.entries(value ?? {})) found.set(`${key}.${inner}`, String(text));
  }
  return found;
}

/** Reports variables that the plan does not have. */
export function checkVariables(plan: Plan, file: VFile, used: Parsed['variables']): void {
  for (const { name, range } of used) {
    if (plan.variables.has(name)) continue;
    const known = [...plan.variables.keys()];
    report(file, 'unknown-variable', { name, nearest: nearestName(name, known), known }, range);
  }
}

/** Ids by kind, those of documents with faults included: a fault in one file is not told again in all that name it. */
function knownNames(filed: readonly Filed[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const { kind, id } of filed) names.set(kind.name, (names.get(kind.name) ?? new Set()).add(id));
  return names;
}

/**
 * Reports names that lead nowhere.
 *
 * @param document in which they stand; undefined for plan.yaml, and for one that is not in the plan
 * @param known ids by kind
 * @param missing gets what is expected from an overlay that was not given
 */
export function checkReferences(
  plan: Plan,
  document: Document | undefined,
  { file }: Pick<Parsed, 'file'>,
  references: readonly UsedReference[],
  known: ReadonlyMap<string, ReadonlySet<string>>,
  missing: Set<string>,
): void {
  if (references.length === 0) return;
  const localIds = (document?.body?.steps ?? []).map((step) => step.id);
  // What a syntax fault has swallowed is not unknown; the fault itself is told.
  const damaged = file.messages.some((message) => message.ruleId === 'mdx-syntax');
  const anchors = new Set([...localIds, ...(document?.body?.sections ?? []).map((section) => section.id)]);
  for (const reference of references) {
    const { expected, text } = reference;
    const place = () => reference.narrow?.() ?? reference.range;
    const unknown = (kind: string, name: string, names: readonly string[], nearest = nearestName(name, names)) =>
      report(file, 'unknown-reference', { kind, name, nearest, known: names }, place());
    if (expected === 'label') {
      const labels = labelsOf(plan.settings).map(({ id }) => id);
      if (!labels.includes(text))
        report(file, 'unknown-label', { name: text, nearest: nearestName(text, labels), known: labels }, place());
      continue;
    }
    if (expected === 'local' || expected === 'local-step' || (expected === 'step' && !/[:#]/.test(text))) {
      const goesOn = expected === 'step' && text === 'next';
      if (document && !damaged && !goesOn && !(expected === 'local' ? anchors.has(text) : localIds.includes(text)))
        unknown('step in this document', text, localIds);
      continue;
    }
    const parsed = parseReference(text, kinds.has(expected) ? expected : undefined);
    // Told once, for all of them: the documents are not here and nobody can say whether they have the name.
    if (parsed && plan.awaited?.has(parsed.kind) && !known.get(parsed.kind)?.has(parsed.id)) {
      missing.add(`${parsed.kind}:${parsed.id}`);
      continue;
    }
    if (kinds.has(expected) && (!parsed || text !== parsed.id)) {
      // The property says the kind, so its value is the bare id; whoever reads the plan looks it up as it stands.
      const ids = [...(known.get(expected) ?? [])];
      const meant = parsed?.kind === expected && ids.includes(parsed.id) ? parsed.id : nearestName(text, ids);
      unknown((kinds.get(expected) as KindDefinition).label.one.toLowerCase(), text, ids, meant);
      continue;
    }
    if (!parsed) {
      const names = [...known].flatMap(([kind, ids]) => [...ids].map((id) => formatReference({ kind, id })));
      unknown('document', text, names, names.find((name) => name.endsWith(`:${text}`)) ?? nearestName(text, names));
      continue;
    }
    if (!kinds.has(parsed.kind)) {
      const names = [...kinds.keys()];
      report(
        file,
        'unknown-kind',
        { name: parsed.kind, nearest: nearestName(parsed.kind, names), known: names },
        place(),
      );
      continue;
    }
    const ids = known.get(parsed.kind) ?? new Set();
    const label = (kinds.get(parsed.kind) as KindDefinition).label.one.toLowerCase();
    if (!ids.has(parsed.id)) {
      unknown(label, parsed.id, [...ids]);
      continue;
    }
    if (!parsed.step) continue;
    const target = plan.documents.get(`${parsed.kind}:${parsed.id}`);
    const steps = target?.body?.steps.map((step) => step.id) ?? [];
    const sections = target?.body?.sections.map((section) => section.id) ?? [];
    if (target && !steps.includes(parsed.step) && !sections.includes(parsed.step))
      unknown(`step of ${label} ${parsed.id}`, parsed.step, steps);
  }
}

function checkLinks(plan: Plan, { file, links, body }: Parsed, paths: ReadonlySet<string>): void {
  for (const { target, range, image } of [...links, ...(body?.links ?? [])]) {
    const [path = ''] = target.split(/[?#]/);
    const resolved = posix.normalize(posix.join(posix.dirname(file.path), safeDecode(path)));
    if (!plan.images.has(resolved) && (image || !paths.has(resolved)))
      report(file, image ? 'missing-image' : 'broken-link', { target }, range);
  }
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function checkStepIds(document: Document | undefined, file: VFile): void {
  const seen = new Map<string, Range>();
  for (const { id, block } of document?.body?.steps ?? []) {
    const first = seen.get(id);
    if (first) report(file, 'duplicate-id', { name: id }, block.position, [{ path: file.path, range: first }]);
    else seen.set(id, block.position);
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
