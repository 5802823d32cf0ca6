/** A lesson's changes as text edits: worked out in memory, checked as a plan, and given back whole or not at all. */

import { isDeepStrictEqual } from 'node:util';
import { VFile } from 'vfile';
import { parse } from 'yaml';
import { faultOfText, listFor } from '../compile/check-changes.ts';
import { digestOf } from '../compile/digest.ts';
import { keyOf, newErrors, recompiled, textOf } from '../compile/edited.ts';
import { type Fragment, parseFragment } from '../compile/fragment.ts';
import { markedInLock, readLock, updatedLock } from '../compile/ids.ts';
import type { Compiled } from '../compile/index.ts';
import { digestOfNothing, placeIn, textDigest, valueAt } from '../compile/text-digest.ts';
import { splitFrontMatter } from '../compile/yaml.ts';
import type { Diagnostic } from '../diagnostics/report.ts';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import type { Document } from '../model/document.ts';
import type { Plan } from '../model/plan.ts';
import type { Change, CreateChange, InsertChange, ReplaceChange, RewordChange } from '../model/schema-types.ts';
import { blockText, insertBlock, moveBlock, removeBlock, replaceBlock, rewordBlock } from './mdx-edit.ts';
import { appendValue, CannotEdit, removeValue, setValue } from './yaml-edit.ts';

/** A file of the plan before and after; `before` is undefined for a new one. */
export interface FileChange {
  path: string;
  before: string | undefined;
  after: string;
}

interface AppliedChange {
  change: Change;
  /** Digest of the text after the change. */
  digest: string;
  /** The plan said so already; only the lesson did not know. */
  already: boolean;
}

/** Why a change was not applied. */
export interface StoppedChange {
  change: Change;
  /** In words, as a sentence. */
  reason: string;
  /** What would be wrong with the plan. */
  diagnostic?: Diagnostic;
  /** Where the plan has moved on: today's text, the text that was asked for, and today's digest. */
  stale?: { today: string; wanted: string; digest: string };
}

export interface ChangesResult {
  /** Empty when a change was stopped, and when there is nothing to do. */
  files: FileChange[];
  applied: AppliedChange[];
  stopped: StoppedChange[];
  /** Changes that were applied before. */
  before: Change[];
  /** The plan with the changes in it; undefined when a change was stopped. */
  changed: Compiled | undefined;
}

/**
 * Applies the changes of a lesson that are not applied yet, in their order, each to the result of those before. All or
 * none: a change that does not fit, or would put an error into the plan, stops the others.
 *
 * @param compiled the plan as it is; its files hold what is on disk
 * @param now today, for the check of the result
 */
export function applyChanges(compiled: Compiled, lesson: Document<'lesson'>, now: Date): ChangesResult {
  const { plan } = compiled;
  if (!plan) throw new RangeError('A plan whose plan.yaml has errors cannot be changed.');
  const all = lesson.data.changes ?? [];
  const open = openChanges(lesson);
  const result: ChangesResult = {
    files: [],
    applied: [],
    stopped: [],
    before: all.filter((change) => change.applied !== undefined),
    changed: undefined,
  };
  const draft = drafted(compiled, plan, open);
  result.stopped = draft.stopped;
  if (open.length === 0 || result.stopped.length > 0) return result;

  const middle = recompiled(compiled, draft.texts, now);
  if (!middle.plan) {
    result.stopped = blamed(compiled, plan, open, middle, now);
    return result;
  }
  const after = middle.plan;
  result.applied = open.map((change) => ({
    change,
    digest: digestAfter(after, change),
    already: draft.already.has(change),
  }));
  const texts = withRecord(draft.texts, compiled, lesson, after, result.applied);
  const changed = recompiled(compiled, texts, now);
  result.stopped = blamed(compiled, plan, open, changed, now);
  if (result.stopped.length > 0) return { ...result, applied: [] };
  result.files = [...texts]
    .map(([path, text]): FileChange => ({ path, before: textOf(compiled, path), after: text }))
    .filter(({ before, after: text }) => before !== text)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  result.changed = changed;
  return result;
}

/** The changes of a lesson that are not in the plan yet. */
export function openChanges({ data: { changes = [] } }: Document<'lesson'>): Change[] {
  return changes.filter(({ applied }) => applied === undefined);
}

interface Draft {
  /** Texts that differ from those of the plan, by path. */
  texts: Map<string, string>;
  already: Set<Change>;
  stopped: StoppedChange[];
}

/** The texts after some changes, without a check of the whole. */
export function drafted(compiled: Compiled, plan: Plan, changes: readonly Change[]): Draft {
  const draft: Draft = { texts: new Map(), already: new Set(), stopped: [] };
  const rewritten = new Map<string, Change>();
  for (const change of changes) {
    try {
      if (isDone(compiled, plan, change)) {
        draft.already.add(change);
        continue;
      }
      const stale = staleness(compiled, plan, change);
      if (stale) {
        draft.stopped.push(stale);
        continue;
      }
      const matter = change.do === 'set' ? `${change.of} ${change.field}` : change.of;
      const other = rewritten.get(matter);
      if (other && (change.do === 'set' || change.do === 'replace' || change.do === 'reword' || change.do === 'retire'))
        throw new CannotEdit(
          `The change "${other.id}" of this lesson rewrites the same text; make one change of both.`,
        );
      if (change.do === 'set' || change.do === 'replace' || change.do === 'reword') rewritten.set(matter, change);
      if (!applyOne(compiled, plan, change, draft.texts)) draft.already.add(change);
    } catch (reason) {
      if (!(reason instanceof CannotEdit)) throw reason;
      draft.stopped.push({ change, reason: reason.message });
    }
  }
  return draft;
}

/** A change whose text is another today than the one it was written against; undefined when it is the same. */
function staleness(compiled: Compiled, plan: Plan, change: Change): StoppedChange | undefined {
  if (change.do === 'create' || change.do === 'add') return undefined;
  const field = change.do === 'set' ? change.field : undefined;
  const digest = textDigest(plan, change.of, field);
  if (digest === undefined) throw new CannotEdit(`The plan has no "${change.of}".`);
  if (digest === change.digest) return undefined;
  return {
    change,
    reason: `The text of ${change.of}${field === undefined ? '' : `, ${field},`} has changed since the change was written.`,
    stale: { today: textToday(compiled, plan, change), wanted: textWanted(change), digest },
  };
}

/** Whether the plan says already what the change asks for; adding and creating find that out as they go. */
function isDone(compiled: Compiled, plan: Plan, change: Change): boolean {
  switch (change.do) {
    case 'set':
      return textDigest(plan, change.of, change.field) === digestOf(change.remove ? undefined : change.value);
    case 'replace':
      return textDigest(plan, change.of) === digestOfText(change);
    case 'reword': {
      const [place, step] = [placeIn(plan, change.of), change.of.split('#')[1] ?? ''];
      const text = place?.step && textOf(compiled, place.path);
      return text !== undefined && withoutFault(() => rewordBlock(text, step, change.text)) === text;
    }
    case 'insert': {
      const id = (fragmentOf(change).block?.attributes as { id?: string } | undefined)?.id;
      return id !== undefined && textDigest(plan, besideId(change, id)) === digestOfText(change);
    }
    case 'retire':
      return change.of.includes('#')
        ? isRetired(compiled, change.of)
        : valueAt(placeIn(plan, change.of)?.data, '/status') === 'retired';
    default:
      return false;
  }
}

/** The name of a step of the document in which a change inserts. */
const besideId = ({ of }: InsertChange, id: string) => `${of.split('#')[0]}#${id}`;

const fragmentOf = ({ of, text }: InsertChange | ReplaceChange | RewordChange) => parseFragment(text, kindOf(of));

function isRetired(compiled: Compiled, id: string): boolean {
  const lock = compiled.files.find(({ path }) => path === 'ids.lock');
  if (!lock || !id.includes('#')) return false;
  const { retired, moved } = readLock(new VFile({ value: String(lock) }));
  return retired.has(id) || moved.has(id);
}

/** Edits the texts. False when nothing is to be done. */
function applyOne(compiled: Compiled, plan: Plan, change: Change, texts: Map<string, string>): boolean {
  if (change.do === 'create') return create(compiled, change, texts);
  const place = placeIn(plan, change.of);
  if (!place) throw new CannotEdit(`The plan has no "${change.of}".`);
  const before = texts.get(place.path) ?? textOf(compiled, place.path) ?? '';
  const after = withoutFault(() => editedText(compiled, plan, change, place.path, before));
  if (change.do === 'retire' && change.of.includes('#')) {
    const lock = texts.get('ids.lock') ?? textOf(compiled, 'ids.lock');
    if (lock !== undefined) texts.set('ids.lock', markedInLock(lock, change.of, change.instead));
  }
  if (after === before) return false;
  texts.set(place.path, after);
  return true;
}

function editedText(compiled: Compiled, plan: Plan, change: Change, path: string, text: string): string {
  const step = change.of.split('#')[1] ?? '';
  switch (change.do) {
    case 'set':
      return editedData(text, path, (yaml) => {
        const present = valueAt(parse(yaml), change.field);
        if (change.remove) return present === undefined ? yaml : removeValue(yaml, change.field);
        return setValue(yaml, change.field, change.value);
      });
    case 'add': {
      const list = listFor(change);
      if (!list) throw new CannotEdit(`${change.of} has no list of the sort "${change.what}".`);
      return editedData(text, path, (yaml) => {
        const present = valueAt(parse(yaml), list.pointer);
        const holds = Array.isArray(present) && present.some((entry) => isDeepStrictEqual(entry, change.value));
        return holds ? yaml : appendValue(yaml, list.pointer, change.value);
      });
    }
    case 'insert': {
      const id = checkedBlock(compiled, change);
      if (id !== undefined && textDigest(plan, besideId(change, id)) !== undefined)
        throw new CannotEdit(`The document has another step "${id}" already.`);
      return insertBlock(text, step, change.place, change.text);
    }
    case 'reword':
      requireText(change);
      return rewordBlock(text, step, change.text);
    case 'replace':
      checkedBlock(compiled, change);
      return replaceBlock(text, step, change.text);
    case 'move':
      return moveBlock(text, step, change.to, change.place);
    case 'retire':
      if (step !== '') return removeBlock(text, step);
      return editedData(text, path, (yaml) => setValue(yaml, '/status', 'retired'));
    case 'create':
      return change.text;
  }
}

/** A new text has no fault and is of the right sort. */
function requireText(change: InsertChange | ReplaceChange | RewordChange): Fragment {
  const fragment = fragmentOf(change);
  const [fault] = fragment.file.messages;
  if (fault) throw new CannotEdit(`The text of the change has a fault: ${fault.reason}`);
  const reason = faultOfText(change, kindOf(change.of), fragment);
  if (reason) throw new CannotEdit(`The text of the change ${reason}.`);
  return fragment;
}

/** The id of a new text that is one block of the right sort; undefined for a caution, which has none. */
function checkedBlock(compiled: Compiled, change: InsertChange | ReplaceChange): string | undefined {
  const { block } = requireText(change);
  const id = (block?.attributes as { id?: string } | undefined)?.id;
  if (change.do === 'insert' && id !== undefined && isRetired(compiled, besideId(change, id)))
    throw new CannotEdit(`The id "${id}" was retired, and an id is never used again.`);
  return id;
}

function digestOfText(change: InsertChange | ReplaceChange): string {
  return digestOf(fragmentOf(change).block);
}

function create(compiled: Compiled, change: CreateChange, texts: Map<string, string>): boolean {
  const [name = '', id = ''] = change.of.split(':');
  const kind = kinds.get(name);
  if (!kind) throw new CannotEdit(`There is no kind "${name}".`);
  const ending = change.text.startsWith('---') ? '.mdx' : '.yaml';
  if (!kind.endings.includes(ending))
    throw new CannotEdit(
      ending === '.yaml'
        ? `A ${name} begins with its properties between two lines of ---.`
        : `A ${name} is a YAML file, without lines of ---.`,
    );
  const text = change.text.endsWith('\n') ? change.text : `${change.text}\n`;
  for (const known of kind.endings) {
    const path = `${kind.folder}/${id}${known}`;
    const present = texts.get(path) ?? textOf(compiled, path);
    if (present === text) return false;
    if (present !== undefined) throw new CannotEdit(`${path} exists already, with another text.`);
  }
  texts.set(`${kind.folder}/${id}${ending}`, text);
  return true;
}

/** Edits the YAML of a file: the whole of it, or its front matter. What is not of the edit must stay what it was. */
export function editedData(text: string, path: string, edit: (yaml: string) => string): string {
  if (path.endsWith('.yaml')) return edit(text);
  const front = splitFrontMatter(text);
  if (!front) throw new CannotEdit(`${path} has no front matter.`);
  return text.slice(0, front.offset) + edit(front.yaml) + text.slice(front.offset + front.yaml.length);
}

/** A file whose syntax is at fault cannot be edited at places that a parser gives. */
function withoutFault<T>(task: () => T): T {
  try {
    return task();
  } catch (reason) {
    if (reason instanceof CannotEdit) throw reason;
    // The reference parser throws what it found as a message of a file.
    if (reason instanceof Error && 'ruleId' in reason)
      throw new CannotEdit(`The document has a fault of syntax: ${reason.message} Mend it first.`);
    throw reason;
  }
}

/** The digests of what changed go into the lesson, and new ids into ids.lock. */
function withRecord(
  drafts: ReadonlyMap<string, string>,
  compiled: Compiled,
  lesson: Document<'lesson'>,
  after: Plan,
  applied: readonly AppliedChange[],
): Map<string, string> {
  const texts = new Map(drafts);
  let text = texts.get(lesson.path) ?? textOf(compiled, lesson.path) ?? '';
  for (const { change, digest } of applied) {
    const index = (lesson.data.changes ?? []).indexOf(change);
    text = editedData(text, lesson.path, (yaml) => setValue(yaml, `/changes/${index}/applied`, digest));
  }
  texts.set(lesson.path, text);
  const lock = texts.get('ids.lock') ?? textOf(compiled, 'ids.lock');
  if (lock !== undefined) texts.set('ids.lock', updatedLock(after, lock));
  return texts;
}

/** Which change puts each error into the plan: the first with which, after those before it, the error is there. */
function blamed(
  compiled: Compiled,
  plan: Plan,
  changes: readonly Change[],
  changed: Compiled,
  now: Date,
): StoppedChange[] {
  const errors = new Map(newErrors(compiled, changed).map((diagnostic) => [keyOf(diagnostic), diagnostic]));
  const stopped: StoppedChange[] = [];
  for (let count = 1; count <= changes.length && errors.size > 0; count += 1) {
    const change = changes[count - 1] as Change;
    const isLast = count === changes.length;
    const found = isLast
      ? [...errors.values()]
      : newErrors(compiled, recompiled(compiled, drafted(compiled, plan, changes.slice(0, count)).texts, now));
    for (const key of new Set(found.map(keyOf))) {
      const diagnostic = errors.get(key);
      if (!diagnostic) continue;
      errors.delete(key);
      stopped.push({ change, reason: diagnostic.reason, diagnostic });
    }
  }
  return stopped;
}

/** What `applied` says: the digest of the text that the change left. */
function digestAfter(after: Plan, change: Change): string {
  switch (change.do) {
    case 'set':
      return textDigest(after, change.of, change.field) ?? digestOfNothing;
    case 'insert':
      return digestOfText(change);
    case 'add':
      return digestOf(change.value);
    default:
      return textDigest(after, change.of) ?? digestOfNothing;
  }
}

function textToday(compiled: Compiled, plan: Plan, change: Change): string {
  const place = placeIn(plan, change.of);
  if (!place) return '';
  if (change.do === 'set') return JSON.stringify(valueAt(place.data, change.field), undefined, 2) ?? '';
  const text = textOf(compiled, place.path) ?? '';
  return place.step ? withoutFault(() => blockText(text, place.step?.id as string)) : text;
}

function textWanted(change: Change): string {
  switch (change.do) {
    case 'set':
      return change.remove ? '' : JSON.stringify(change.value, undefined, 2);
    case 'insert':
    case 'replace':
    case 'reword':
    case 'create':
      return change.text.trimEnd();
    default:
      return '';
  }
}

function kindOf(reference: string): KindDefinition {
  const kind = kinds.get(reference.split(':')[0] as string);
  if (!kind) throw new CannotEdit(`There is no kind "${reference.split(':')[0]}".`);
  return kind;
}
