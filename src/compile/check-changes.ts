/** Whether the changes that lessons ask for fit the plan as it is. */

import type { VFile } from 'vfile';
import { moveDiagnostics, report } from '../diagnostics/report.ts';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import type { Document } from '../model/document.ts';
import { nearestName } from '../model/nearest-name.ts';
import { documentsOf, type Plan } from '../model/plan.ts';
import { formatReference, parseReference } from '../model/reference.ts';
import type { AddChange, Change, InsertChange, ReplaceChange } from '../model/schema-types.ts';
import { parseFragment, writableBlocks } from './fragment.ts';
import { type ListProperty, listsOf } from './schemas.ts';
import { textDigest } from './text-digest.ts';

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
    checkNew(check);
    return;
  }
  if (!isKnown(check, change.of, `${pointer}/of`)) return;
  if (change.do === 'move') isKnown(check, `${change.of.split('#')[0]}#${change.to}`, `${pointer}/to`);
  if (change.do === 'insert' || change.do === 'replace') checkText(check, change);
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

/** A new document has a kind that there is, and a name that is free. */
function checkNew({ plan, file, lesson, change, pointer }: ChangeCheck): void {
  const place = lesson.rangeOf(`${pointer}/of`);
  const kind = change.of.split(':')[0] as string;
  const names = [...kinds.keys()];
  if (!kinds.has(kind))
    report(file, 'unknown-kind', { name: kind, nearest: nearestName(kind, names), known: names }, place);
  else if (plan.documents.has(change.of)) report(file, 'duplicate-id', { name: change.of }, place);
}

function checkText({ file, lesson, pointer, plan }: ChangeCheck, change: InsertChange | ReplaceChange): void {
  const place = lesson.rangeOf(`${pointer}/text`);
  const kind = kinds.get(change.of.split(':')[0] as string) as KindDefinition;
  const fragment = parseFragment(change.text, kind);
  const fault = faultOfText(change, kind, fragment.block);
  const isFine = fragment.file.messages.length === 0;
  moveDiagnostics(fragment.file, file, place);
  // A text that could not be read has said why.
  if (fault && isFine) report(file, 'change-text', { reason: fault, allowed: allowedIn(change, kind) }, place);
  const id = fragment.block && 'id' in fragment.block.attributes ? fragment.block.attributes.id : undefined;
  const document = plan.documents.get(change.of.split('#')[0] as string);
  if (!fault && change.do === 'insert' && document?.body?.steps.some((step) => step.id === id))
    report(file, 'duplicate-id', { name: String(id) }, place);
}

/** What a new text must be, where it is not; undefined when it is right. */
export function faultOfText(
  change: InsertChange | ReplaceChange,
  kind: KindDefinition,
  block: ReturnType<typeof parseFragment>['block'],
): string | undefined {
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

function allowedIn(change: InsertChange | ReplaceChange, kind: KindDefinition): string[] {
  const blocks = writableBlocks(kind).map((name) => name[0]?.toUpperCase() + name.slice(1));
  return change.do === 'insert' && blocks.length > 0 ? [...blocks, 'Caution'] : blocks;
}

function checkList({ file, lesson, pointer }: ChangeCheck, change: AddChange): void {
  const kind = change.of.split(':')[0] as string;
  if (listFor(change)) return;
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
