/** Whether the changes that lessons ask for fit the plan as it is. */

import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import type { BlockCheck } from '../blocks/block.ts';
import { blocks } from '../blocks/index.ts';
import { moveDiagnostics, report } from '../diagnostics/report.ts';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import type { Block } from '../model/content.ts';
import type { Document, UsedReference } from '../model/document.ts';
import { nearestName } from '../model/nearest-name.ts';
import { documentsOf, type Plan } from '../model/plan.ts';
import { formatReference, parseReference } from '../model/reference.ts';
import type {
  AddChange,
  Change,
  CreateChange,
  InsertChange,
  ReplaceChange,
  RewordChange,
} from '../model/schema-types.ts';
import { type Fragment, parseFragment, writableBlocks } from './fragment.ts';
import { checkReferences, checkVariables } from './link.ts';
import { parseDocument } from './parse.ts';
import { type ListProperty, listsOf, validate } from './schemas.ts';
import { placeIn, pointerParts, textDigest } from './text-digest.ts';

/**
 * Checks every change that is not applied yet. What was applied is history: the plan may have moved on.
 *
 * @param filed `kind:id` of all files: a document that has a fault of its own is not unknown
 */
export function checkChanges(plan: Plan, filed: ReadonlySet<string>, fileOf: (path: string) => VFile): void {
  for (const lesson of documentsOf(plan, 'lesson'))
    lesson.data.changes?.forEach((change, index) => {
      if (change.applied === undefined && lesson.data.status !== 'retired')
        checkChange({ plan, filed, file: fileOf(lesson.path), lesson, change, pointer: `/changes/${index}` });
    });
}

interface ChangeCheck {
  plan: Plan;
  filed: ReadonlySet<string>;
  file: VFile;
  lesson: Document<'lesson'>;
  change: Change;
  pointer: string;
}

function checkChange(check: ChangeCheck): void {
  const { plan, change, file, lesson, pointer } = check;
  if (change.do === 'create') {
    checkNew(check, change);
    return;
  }
  if (!isKnown(check, change.of, `${pointer}/of`)) return;
  if (change.do === 'move') isKnown(check, `${change.of.split('#')[0]}#${change.to}`, `${pointer}/to`);
  if (change.do === 'insert' || change.do === 'replace' || change.do === 'reword') checkText(check, change);
  if (change.do === 'set' && (change.value !== undefined || change.remove))
    checkValue(check, change.field, change.value, false);
  if (change.do === 'add') {
    checkList(check, change);
    return;
  }
  const digest = textDigest(plan, change.of, change.do === 'set' ? change.field : undefined);
  if (digest !== undefined && digest !== change.digest)
    report(
      file,
      'change-stale',
      { place: change.do === 'set' ? `${change.of}, ${change.field}` : change.of, digest },
      lesson.rangeOf(`${pointer}/digest`),
    );
}

/** Whether a name leads to something; reports it otherwise. False also where a fault hides what it leads to. */
function isKnown({ plan, filed, file, lesson }: ChangeCheck, text: string, pointer: string): boolean {
  if (text === 'plan') return true;
  const place = lesson.rangeOf(pointer);
  const named = parseReference(text);
  const kind = named && kinds.get(named.kind);
  if (!named || !kind) {
    const names = [...kinds.keys()];
    const name = named?.kind ?? text;
    report(file, 'unknown-kind', { name, nearest: nearestName(name, names), known: names }, place);
    return false;
  }
  const label = kind.label.one.toLowerCase();
  const document = plan.documents.get(formatReference({ kind: named.kind, id: named.id }));
  if (!document) {
    if (filed.has(formatReference({ kind: named.kind, id: named.id }))) return false;
    const ids = documentsOf(plan, kind.name).map(({ id }) => id);
    const fault = { kind: label, name: named.id, nearest: nearestName(named.id, ids), known: ids };
    report(file, 'unknown-reference', fault, place);
    return false;
  }
  const steps = (document.body?.steps ?? []).map(({ id }) => id);
  if (named.step === undefined || steps.includes(named.step)) return true;
  report(
    file,
    'unknown-reference',
    {
      kind: `step of ${label} ${named.id}`,
      name: named.step,
      nearest: nearestName(named.step, steps),
      known: steps,
    },
    place,
  );
  return false;
}

/** A new document has a kind that there is, a name that is free, and a text without a fault of its own. */
function checkNew(check: ChangeCheck, change: CreateChange): void {
  const { plan, file, lesson, pointer } = check;
  const place = lesson.rangeOf(`${pointer}/of`);
  const [name = '', id = ''] = change.of.split(':');
  const kind = kinds.get(name);
  const names = [...kinds.keys()];
  if (!kind) {
    report(file, 'unknown-kind', { name, nearest: nearestName(name, names), known: names }, place);
    return;
  }
  if (plan.documents.has(change.of)) report(file, 'duplicate-id', { name: change.of }, place);
  const ending = change.text.startsWith('---') ? '.mdx' : '.yaml';
  const written = new VFile({ path: `${kind.folder}/${id}${ending}`, value: change.text });
  const parsed = parseDocument(written, kind);
  if (parsed.valid && written.messages.length === 0) {
    const references = [...parsed.references, ...(parsed.body?.references ?? [])];
    checkReferences(plan, undefined, parsed, references, knownTo(check), new Set());
    checkVariables(plan, written, [...parsed.variables, ...(parsed.body?.variables ?? [])]);
  }
  moveDiagnostics(written, file, lesson.rangeOf(`${pointer}/text`));
}

/** A new value has the shape that its document allows there, and the names in it lead somewhere. */
function checkValue(check: ChangeCheck, field: string, value: unknown, add: boolean): void {
  const { plan, file, lesson, change, pointer } = check;
  const present = placeIn(plan, change.of)?.data;
  const changed = present && withValue(present, field, value, add);
  if (!changed) return;
  const kind = kinds.get(change.of.split(':')[0] as string);
  const range = lesson.rangeOf(value === undefined ? pointer : `${pointer}/value`);
  const scratch = new VFile({ path: file.path, value: '' });
  const what = kind ? `The ${kind.label.one.toLowerCase()}` : 'plan.yaml';
  const { collected } = validate(kind?.name ?? 'plan', changed, what, scratch, {
    value: () => range,
    key: () => range,
  });
  const references = collected.references
    .filter((reference) => reference.pointer.startsWith(field))
    .map(({ expected, text }) => ({ expected, text, range }));
  if (scratch.messages.length === 0)
    checkReferences(plan, placeIn(plan, change.of)?.document, { file: scratch }, references, knownTo(check), new Set());
  moveDiagnostics(scratch, file, range);
}

/** Data with another value at a JSON Pointer, or one more in the list there; undefined where nothing can stand there. */
function withValue(data: object, field: string, value: unknown, add: boolean): object | undefined {
  const copy = structuredClone(data) as Record<string, unknown>;
  const parts = pointerParts(field);
  const last = parts.pop() as string;
  let outer: unknown = copy;
  for (const part of parts) {
    const inner = (outer as Record<string, unknown>)[part] ?? {};
    if (typeof inner !== 'object') return undefined;
    (outer as Record<string, unknown>)[part] = inner;
    outer = inner;
  }
  const place = outer as Record<string, unknown>;
  if (add) place[last] = [...(Array.isArray(place[last]) ? place[last] : []), value];
  else if (value !== undefined) place[last] = value;
  else if (Array.isArray(outer)) outer.splice(Number(last), 1);
  else delete place[last];
  return copy;
}

type TextChange = InsertChange | ReplaceChange | RewordChange;

/** A new text is of the right sort, and has no fault that can be told before it stands in its document. */
function checkText(check: ChangeCheck, change: TextChange): void {
  const { file, lesson, pointer, plan } = check;
  const place = lesson.rangeOf(`${pointer}/text`);
  const kind = kinds.get(change.of.split(':')[0] as string) as KindDefinition;
  const fragment = parseFragment(change.text, kind);
  const document = plan.documents.get(change.of.split('#')[0] as string);
  const fault = faultOfText(change, kind, fragment);
  // A text that could not be read has said why.
  if (fault && fragment.file.messages.length === 0)
    report(
      fragment.file,
      'change-text',
      { reason: fault, allowed: allowedIn(change, kind), isInstruction: change.do === 'reword' },
      place,
    );
  if (document && fragment.file.messages.length === 0) checkMeaning(check, fragment, document);
  const id = fragment.block && 'id' in fragment.block.attributes ? fragment.block.attributes.id : undefined;
  if (!fault && change.do === 'insert' && document?.body?.steps.some((step) => step.id === id))
    report(fragment.file, 'duplicate-id', { name: String(id) }, place);
  moveDiagnostics(fragment.file, file, place);
}

/** The names in a new text lead somewhere, and its blocks keep the rules that they have wherever they stand. */
function checkMeaning(check: ChangeCheck, { file, references, variables, block }: Fragment, document: Document): void {
  const { plan } = check;
  checkReferences(plan, document, { file }, foreignTo(check, references), knownTo(check), new Set());
  checkVariables(plan, file, variables);
  if (!block || file.messages.length > 0) return;
  const reportHere: BlockCheck['report'] = (id, args, range) => void report(file, id, args, range);
  visit(block, 'block', (inner: Block) => {
    blocks.get(inner.name)?.check?.(inner, { plan, document, report: reportHere });
  });
}

/** References that must be there today: not those to steps that the same lesson puts in. */
function foreignTo({ lesson, change }: ChangeCheck, references: readonly UsedReference[]): UsedReference[] {
  const [document] = change.of.split('#');
  const inserted = (lesson.data.changes ?? []).flatMap(({ do: what, of, ...rest }) => {
    if (what !== 'insert') return [];
    const [into] = of.split('#');
    const { block } = parseFragment(
      (rest as InsertChange).text,
      kinds.get(of.split(':')[0] as string) as KindDefinition,
    );
    const id = (block?.attributes as { id?: string } | undefined)?.id;
    return id === undefined ? [] : [`${into}#${id}`, ...(into === document ? [id] : [])];
  });
  return references.filter(({ text }) => !inserted.includes(text));
}

/** The ids of all documents by kind, with those that the same lesson makes. */
function knownTo({ filed, lesson }: ChangeCheck): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  const made = (lesson.data.changes ?? []).flatMap(({ do: what, of }) => (what === 'create' ? [of] : []));
  for (const name of [...filed, ...made]) {
    const [kind = '', id = ''] = name.split(':');
    known.set(kind, (known.get(kind) ?? new Set()).add(id));
  }
  return known;
}

/** What a new text must be, where it is not; undefined when it is right. */
export function faultOfText(
  change: TextChange,
  kind: KindDefinition,
  { block, isInstruction }: Pick<Fragment, 'block' | 'isInstruction'>,
): string | undefined {
  if (change.do === 'reword') return isInstruction ? undefined : 'is not one paragraph, as an instruction is';
  if (!block) return 'is not exactly one block';
  const written = allowedIn(change, kind);
  if (!written.includes(block.name)) return `is <${block.name}>, which cannot stand there`;
  if (change.do === 'insert')
    return block.schema === 'caution' && change.place === 'after'
      ? 'is a caution behind a step, where it would be read with the next one; put it before the step that it is about'
      : undefined;
  const id = (block.attributes as { id?: string }).id;
  const kept = change.of.split('#')[1];
  return id === kept ? undefined : `has the id "${id}"; the id of a step never changes, so it must stay "${kept}"`;
}

function allowedIn(change: TextChange, kind: KindDefinition): string[] {
  if (change.do === 'reword') return [];
  const blocks = writableBlocks(kind).map((name) => name[0]?.toUpperCase() + name.slice(1));
  return change.do === 'insert' && blocks.length > 0 ? [...blocks, 'Caution'] : blocks;
}

function checkList(check: ChangeCheck, change: AddChange): void {
  const { file, lesson, pointer } = check;
  const kind = change.of.split(':')[0] as string;
  const list = listFor(change);
  if (list) {
    checkValue(check, list.pointer, change.value, true);
    return;
  }
  const known = addableTo(kind);
  const name = change.field ?? change.what;
  report(
    file,
    'change-list-unknown',
    { name, of: change.of, nearest: nearestName(change.what, known), known },
    lesson.rangeOf(`${pointer}/${change.field === undefined ? 'what' : 'field'}`),
  );
}

/**
 * The list to which a change adds, from the schema of the document's kind: the first whose entries name what is added,
 * or that is called like it.
 */
export function listFor({ of, what, field, value }: AddChange): ListProperty | undefined {
  const groups = typeof value === 'object';
  return listsOf(of.split(':')[0] as string).find(
    (list) =>
      list.groups === groups &&
      (list.names === what || isCalled(list, what)) &&
      (field === undefined || list.pointer === field),
  );
}

const isCalled = ({ pointer }: ListProperty, what: string) => pointer.split('/').at(-1) === `${what}s`;

function addableTo(kind: string): string[] {
  const words = listsOf(kind).map(
    ({ names, pointer }) => names ?? (pointer.split('/').at(-1) as string).replace(/s$/, ''),
  );
  return [...new Set(words)];
}
