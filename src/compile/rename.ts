/**
 * Another id for a document or a step, everywhere: where it stands, in every property, attribute and link that names
 * it, in ids.lock and in the changes that lessons ask for. Text edits against the places that the parsers give, worked
 * out in memory, and checked as a plan before anybody writes them.
 */

import { VFile } from 'vfile';
import { type Diagnostic, levelOf } from '../diagnostics/report.ts';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import type { Document } from '../model/document.ts';
import type { Plan } from '../model/plan.ts';
import { formatReference, parseReference, type Reference } from '../model/reference.ts';
import { applyEdits, type Edit } from './edit.ts';
import { newErrors, recompiled, textOf } from './edited.ts';
import { idsOf, listedInLock, readLock, updatedLock } from './ids.ts';
import type { Compiled } from './index.ts';
import {
  CannotRename,
  editsOf,
  escaped,
  mentions,
  offsets,
  pathWith,
  type RenameTask,
  renamed,
} from './rename-edits.ts';
import { textDigest } from './text-digest.ts';

/** A file before and after; undefined where there is none. */
interface RenamedFile {
  path: string;
  before: string | undefined;
  after: string | undefined;
  /** How many places of the text change. */
  places: number;
}

export interface Renamed {
  from: string;
  to: string;
  files: RenamedFile[];
  /** Documents whose approval names a text that is now another. */
  approvalsLost: string[];
  /** What would be wrong with the plan; nothing may be written then. */
  errors: Diagnostic[];
}

/**
 * Works out what a new id changes.
 *
 * @param reference `kind:id` or `kind:id#step`
 * @param wanted the new id, alone or as a whole reference
 * @param now today, for the check of the result
 * @throws CannotRename when there is no such document or step, when the id is taken or was, or when a place that names
 *   it cannot be edited
 */
export function rename(compiled: Compiled, reference: string, wanted: string, now: Date): Renamed {
  const task = taskOf(compiled, reference, wanted);
  const { plan, target, document, newId } = task;
  const texts = new Map<string, string | undefined>();
  const places = new Map<string, number>();
  for (const file of compiled.files) {
    if (file.path === 'ids.lock' || !mentions(String(file), task)) continue;
    const edits = editsOf(file, kindAt(plan, file.path), task);
    if (edits.length === 0) continue;
    texts.set(file.path, applyEdits(String(file), edits));
    places.set(file.path, edits.length);
  }
  const path = target.step ? document.path : pathWith(document.path, newId);
  if (!target.step) {
    texts.set(path, texts.get(document.path) ?? textOf(compiled, document.path));
    texts.set(document.path, undefined);
    places.set(path, places.get(document.path) ?? 0);
  }
  texts.set('ids.lock', lockAfter(compiled, task));
  const middle = recompiled(compiled, texts, now);
  const digests = digestEdits(compiled, task, middle, path, texts);
  for (const [lesson, edits] of digests) {
    texts.set(lesson, applyEdits(texts.get(lesson) ?? textOf(compiled, lesson) ?? '', edits));
    places.set(lesson, (places.get(lesson) ?? 0) + edits.length);
  }
  const changed = digests.size > 0 ? recompiled(compiled, texts, now) : middle;
  return {
    from: formatReference(target),
    to: formatReference(renamed(target, task)),
    files: [...texts]
      .map(([at, after]) => ({ path: at, before: textOf(compiled, at), after, places: places.get(at) ?? 0 }))
      .filter(({ before, after }) => before !== after)
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    approvalsLost: changed.plan ? approvalsLost(task, changed.plan) : [],
    errors: newErrors(compiled, changed),
  };
}

function taskOf({ plan, files }: Compiled, reference: string, wanted: string): RenameTask {
  if (!plan) throw new CannotRename('plan.yaml has errors; run `firebreak check` first.');
  const target = parseReference(reference);
  const document = target && plan.documents.get(`${target.kind}:${target.id}`);
  const kind = target && kinds.get(target.kind);
  if (!target || !kind || !document || (target.step && !document.body?.steps.some(({ id }) => id === target.step)))
    throw new CannotRename(`The plan has no "${reference}", or a fault hides it.`);
  const whole = parseReference(wanted);
  const newId = (target.step ? whole?.step : whole?.id) ?? wanted;
  const usual = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  if (!(target.step ? usual : (kind.idForm ?? usual)).test(newId))
    throw new CannotRename(`"${newId}" cannot be an id: lower-case letters, digits and single hyphens.`);
  const task = { plan, target, document, newId };
  if (whole && formatReference(whole) !== formatReference(renamed(target, task)))
    throw new CannotRename(`A rename stays in its document and kind; ${wanted} lies elsewhere.`);
  if (newId === (target.step ?? target.id)) throw new CannotRename(`It is called "${newId}" already.`);
  checkFree(task, files);
  for (const file of files)
    if (mentions(String(file), task) && file.messages.some((message) => levelOf(message) === 'error'))
      throw new CannotRename(`${file.path} has errors and may name it. Mend them first: firebreak check ${file.path}`);
  return task;
}

/** An id is never used again: it is free when nobody ever had it, or when it led here. */
function checkFree(task: RenameTask, files: Compiled['files']): void {
  const { plan, target, document, newId } = task;
  const to = formatReference(renamed(target, task));
  const taken = target.step
    ? document.body?.steps.some(({ id }) => id === newId) || document.body?.sections.some(({ id }) => id === newId)
    : plan.documents.has(to);
  if (taken) throw new CannotRename(`There is "${to}" already.`);
  const lockFile = files.find(({ path }) => path === 'ids.lock');
  if (!lockFile) return;
  const { published, moved, retired } = readLock(new VFile({ value: String(lockFile) }));
  const from = formatReference(target);
  let at: string | undefined = to;
  for (const seen = new Set<string>(); at !== undefined && at !== from && !seen.has(at); at = moved.get(at))
    seen.add(at);
  if (retired.has(to) || (published.has(to) && at !== from))
    throw new CannotRename(`"${to}" was published once for something else, and an id is never used again.`);
}

function kindAt(plan: Plan, path: string): KindDefinition | undefined {
  for (const document of plan.documents.values()) if (document.path === path) return kinds.get(document.kind);
  return undefined;
}

/** The list of ids: what had the old name moved to the new one, and the old address leads on. */
function lockAfter(compiled: Compiled, task: RenameTask): string {
  const { plan, target } = task;
  const before = textOf(compiled, 'ids.lock');
  const own = `${target.kind}:${target.id}`;
  const moving = target.step
    ? [formatReference(target)]
    : [...idsOf(plan)].filter((id) => id === own || id.startsWith(`${own}#`));
  const pairs = moving.map((id) => [id, formatReference(renamed(parseReference(id) as Reference, task))] as const);
  let text = before === undefined ? updatedLock(plan, '') : listedInLock(before, moving);
  for (const [from, to] of pairs) {
    // An id that comes back no longer leads elsewhere.
    text = text.replace(new RegExp(`^${escaped(to)} -> .*$`, 'm'), to);
    text = listedInLock(text, [to]).replace(new RegExp(`^${escaped(from)}$`, 'm'), `${from} -> ${to}`);
  }
  return text;
}

/**
 * A change that is still to come names the digest of the text that it was written against. The text says the same
 * under another name, so a digest that held before holds again.
 */
function digestEdits(
  compiled: Compiled,
  task: RenameTask,
  middle: Compiled,
  path: string,
  texts: ReadonlyMap<string, string | undefined>,
): Map<string, Edit[]> {
  const edits = new Map<string, Edit[]>();
  if (!middle.plan) return edits;
  for (const lesson of task.plan.documents.values()) {
    if (lesson.kind !== 'lesson') continue;
    const at = lesson === task.document ? path : lesson.path;
    const source = texts.get(at) ?? textOf(compiled, at) ?? '';
    const after = middle.plan.documents.get(
      lesson === task.document ? `lesson:${task.newId}` : `lesson:${lesson.id}`,
    ) as Document<'lesson'> | undefined;
    const found = ((lesson as Document<'lesson'>).data.changes ?? []).flatMap((change, index): Edit[] => {
      if (change.applied !== undefined || !('digest' in change)) return [];
      const field = change.do === 'set' ? change.field : undefined;
      const now = after?.data.changes?.[index];
      const digest = now && middle.plan && textDigest(middle.plan, now.of, field);
      if (textDigest(task.plan, change.of, field) !== change.digest || !digest || digest === change.digest) return [];
      const range = offsets(after.rangeOf(`/changes/${index}/digest`));
      const place = source.indexOf(change.digest, range.from);
      return [{ from: place, to: place + change.digest.length, text: digest }];
    });
    if (found.length > 0) edits.set(at, found);
  }
  return edits;
}

/** An approval is of a text. Where the text now names something otherwise, a person must approve it again. */
function approvalsLost(task: RenameTask, after: Plan): string[] {
  return [...task.plan.documents].flatMap(([name, document]) => {
    const approvals = (document.data as { approvals?: { digest?: string }[] }).approvals ?? [];
    if (!approvals.some(({ digest }) => digest === document.digest)) return [];
    const now = after.documents.get(formatReference(renamed(parseReference(name) as Reference, task)));
    return now && now.digest !== document.digest ? [formatReference(now)] : [];
  });
}
