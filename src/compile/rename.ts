/**
 * Another id for a document or a step, everywhere: where it stands, in every property, attribute and link that names
 * it, in ids.lock and in the changes that lessons ask for. Text edits against the places that the parsers give, worked
 * out in memory, and checked as a plan before anybody writes them.
 */

import { posix } from 'node:path';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { type Diagnostic, levelOf, type Range } from '../diagnostics/report.ts';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import { type Block, type ContentRoot, isBlock, isStepBlock } from '../model/content.ts';
import type { Document, UsedReference } from '../model/document.ts';
import type { Plan } from '../model/plan.ts';
import { formatReference, parseReference, type Reference } from '../model/reference.ts';
import type { Change } from '../model/schema-types.ts';
import { applyEdits, type Edit } from './edit.ts';
import { newErrors, recompiled, textOf } from './edited.ts';
import { parseFragment } from './fragment.ts';
import { idsOf, listedInLock, readLock, updatedLock } from './ids.ts';
import type { Compiled } from './index.ts';
import { attributeRanges, parseMdx } from './mdx.ts';
import { parseDocument } from './parse.ts';
import { validate } from './schemas.ts';
import { shape } from './shape.ts';
import type { Shaped } from './shaping.ts';
import { textDigest } from './text-digest.ts';
import { parseYaml, splitFrontMatter } from './yaml.ts';

/** That something cannot be renamed as asked, in words. */
export class CannotRename extends Error {}

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

interface Task {
  plan: Plan;
  target: Reference;
  document: Document;
  newId: string;
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

function taskOf({ plan, files }: Compiled, reference: string, wanted: string): Task {
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
function checkFree(task: Task, files: Compiled['files']): void {
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

/** A reference after the rename. */
function renamed(reference: Reference, { target, newId }: Pick<Task, 'target' | 'newId'>): Reference {
  if (reference.kind !== target.kind || reference.id !== target.id) return reference;
  if (!target.step) return { ...reference, id: newId };
  return reference.step === target.step ? { ...reference, step: newId } : reference;
}

const word = (text: string) => new RegExp(`(?<![\\w-])${escaped(text)}(?![\\w-])`);
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a text may name what is renamed. Most files do not, and need not be parsed again. */
const mentions = (text: string, { target }: Task) => word(target.step ?? target.id).test(text);

function kindAt(plan: Plan, path: string): KindDefinition | undefined {
  for (const document of plan.documents.values()) if (document.path === path) return kinds.get(document.kind);
  return undefined;
}

function pathWith(path: string, id: string): string {
  return posix.join(posix.dirname(path), `${id}${/\.\w+$/.exec(path)?.[0] ?? ''}`);
}

/** Where something is named in a text: the place to look in, what stands there, and what it becomes. */
interface Naming {
  from: number;
  to: number;
  written: string;
  becomes: string;
  /** How the name is set off in that place. */
  as: 'value' | 'attribute' | 'link';
}

/** The edits of one file of the plan. `inside` is the document whose steps a bare name means. */
function editsOf(file: VFile, kind: KindDefinition | undefined, task: Task): Edit[] {
  const source = String(file);
  const scratch = new VFile({ path: file.path, value: source });
  const isYaml = file.path.endsWith('.yaml');
  const front = isYaml ? { yaml: source, offset: 0, bodyOffset: source.length } : splitFrontMatter(source);
  if (!front || (!kind && file.path !== 'plan.yaml')) return [];
  const inside = `${kind?.name}:${idIn(file.path, kind)}`;
  const edits = dataEdits(scratch, kind?.name ?? 'plan', front, inside, task);
  if (isYaml || !kind) return edits;
  const body = parseDocument(scratch, kind).body;
  if (!body) return edits;
  const blanked = source.slice(0, front.bodyOffset).replace(/[^\r\n]/g, ' ') + source.slice(front.bodyOffset);
  return [...edits, ...bodyEdits(source, blanked, body, inside, file.path, task)];
}

function idIn(path: string, kind: KindDefinition | undefined): string {
  const ending = kind?.endings.find((candidate) => path.endsWith(candidate)) ?? '';
  return path.slice((kind?.folder.length ?? 0) + 1, ending.length > 0 ? -ending.length : undefined);
}

function bodyEdits(
  source: string,
  blanked: string,
  body: Pick<Shaped, 'tree' | 'references' | 'links'>,
  inside: string,
  path: string,
  task: Task,
): Edit[] {
  const namings = [
    ...body.references.flatMap((reference) => namingOf(reference, inside, task)),
    ...body.links.flatMap((link) => linkNaming(link, path, task)),
    ...ownIds(blanked, body.tree, inside, task),
  ];
  return editsAt(source, namings);
}

/** Attributes that name what is renamed without being references: its own id, and the parts that a use leaves out. */
function ownIds(text: string, tree: ContentRoot, inside: string, { target, newId }: Task): Naming[] {
  if (!target.step) return [];
  const own = `${target.kind}:${target.id}`;
  const namings: Naming[] = [];
  let ranges: ReturnType<typeof attributeRanges> | undefined;
  const add = (node: Block, attribute: string) => {
    ranges ??= attributeRanges(text);
    const range = ranges(node.position.start.offset, attribute) ?? node.position;
    namings.push({ ...offsets(range), written: target.step as string, becomes: newId, as: 'attribute' });
  };
  visit(tree as never, 'block', (node: Block) => {
    if (inside === own && isStepBlock(node) && node.attributes.id === target.step) add(node, 'id');
    if (
      target.kind === 'action' &&
      isBlock(node, 'use') &&
      node.attributes.action === target.id &&
      node.attributes.leavesOut?.includes(target.step as string)
    )
      add(node, 'leavesOut');
  });
  return namings;
}

const offsets = ({ start, end }: Range) => ({ from: start.offset, to: end.offset });

/** How a reference is written after the rename; undefined when it stays. */
function becomes(expected: string, text: string, inside: string, task: Task): string | undefined {
  const { target, newId } = task;
  if (expected === 'local' || expected === 'local-step' || (expected === 'step' && !/[:#]/.test(text)))
    return target.step && text === target.step && inside === `${target.kind}:${target.id}` ? newId : undefined;
  const named = parseReference(text, kinds.has(expected) ? expected : undefined);
  if (!named) return undefined;
  const after = renamed(named, task);
  if (after === named || formatReference(after) === formatReference(named)) return undefined;
  return text.includes(':') ? formatReference(after) : after.id;
}

function namingOf(reference: UsedReference, inside: string, task: Task): Naming[] {
  const after = becomes(reference.expected, reference.text, inside, task);
  if (after === undefined) return [];
  const as = reference.narrow ? 'attribute' : 'link';
  return [{ ...offsets(reference.narrow?.() ?? reference.range), written: reference.text, becomes: after, as }];
}

/** A link to the file of a document by its path. */
function linkNaming({ target: address, range }: Shaped['links'][number], path: string, task: Task): Naming[] {
  const { document, target, newId } = task;
  if (target.step) return [];
  const [written = ''] = address.split(/[?#]/);
  if (posix.normalize(posix.join(posix.dirname(path), written)) !== document.path) return [];
  return [{ ...offsets(range), written, becomes: pathWith(written, newId), as: 'link' }];
}

function editsAt(source: string, namings: readonly Naming[]): Edit[] {
  const edits = new Map<string, Edit>();
  for (const naming of namings) {
    const { from, to, written, becomes: text } = naming;
    const found = placesIn(source.slice(from, to), naming);
    const place = naming.as === 'link' ? found.at(-1) : found[0];
    if (place === undefined || (naming.as !== 'link' && found.length > 1))
      throw new CannotRename(
        `"${written}" in line ${source.slice(0, from).split('\n').length} is written in a way that cannot be edited. Write it plainly, and run the command again.`,
      );
    edits.set(`${from + place}`, { from: from + place, to: from + place + written.length, text });
  }
  return [...edits.values()];
}

/** Where a name stands in the piece of text that holds it. */
function placesIn(piece: string, { written, as }: Pick<Naming, 'written' | 'as'>): number[] {
  const name = escaped(written);
  if (as === 'link')
    // In brackets behind the words of a link, or behind the colon of a definition.
    return [...piece.matchAll(new RegExp(`(?<=\\]\\(\\s*<?#?|\\]:\\s*<?#?)${name}(?=[\\s>)?#]|$)`, 'g'))].map(
      ({ index }) => index,
    );
  const start = as === 'attribute' ? piece.indexOf('=') + 1 : 0;
  return [...piece.slice(start).matchAll(new RegExp(`(?<![\\w:#.-])${name}(?![\\w:#-]|\\.\\w)`, 'g'))].map(
    ({ index }) => index + start,
  );
}

/** Edits of properties: those that name something, those that hold Markdown, and the changes of a lesson. */
function dataEdits(
  file: VFile,
  schema: string,
  front: { yaml: string; offset: number },
  inside: string,
  task: Task,
): Edit[] {
  const source = String(file);
  const yaml = parseYaml(front.yaml, file, front.offset);
  const nowhere = () => yaml.rangeOf('');
  const { collected } = validate(schema, yaml.data, '', file, { value: nowhere, key: nowhere });
  const edits = collected.references.flatMap(({ expected, text, pointer }) => {
    const after = becomes(expected, text, inside, task);
    return after === undefined
      ? []
      : editsAt(source, [{ ...offsets(yaml.rangeOf(pointer)), written: text, becomes: after, as: 'value' }]);
  });
  const within = (pointer: string, value: string, inner: readonly Edit[]) => {
    if (inner.length > 0) edits.push(...editsInValue(source, yaml.rangeOf(pointer), value, inner));
  };
  for (const { text, pointer } of collected.markdown) {
    const shaped = shapedText(text);
    if (shaped) within(pointer, text, bodyEdits(text, text, shaped, inside, file.path, task));
  }
  if (schema === 'lesson')
    ((yaml.data as { changes?: Change[] }).changes ?? []).forEach((change, index) => {
      const at = `/changes/${index}`;
      const plain = (property: string, expected: string, text: string, of: string) => {
        const after = becomes(expected, text, of, task);
        if (after === undefined) return;
        const range = offsets(yaml.rangeOf(`${at}/${property}`));
        edits.push(...editsAt(source, [{ ...range, written: text, becomes: after, as: 'value' }]));
      };
      const of = change.of.split('#')[0] as string;
      plain('of', 'any', change.of, inside);
      if (change.do === 'move') plain('to', 'local-step', change.to, of);
      if (change.do === 'add' && typeof change.value === 'string') plain('value', change.what, change.value, of);
      // What was applied is history: its text says what was written then.
      if (change.applied !== undefined || !('text' in change)) return;
      within(`${at}/text`, change.text, textEdits(change, of, task));
    });
  return edits;
}

/** The edits of the text that an open change of a lesson would write. */
function textEdits(change: Extract<Change, { text: string }>, of: string, task: Task): Edit[] {
  const kind = kinds.get(of.split(':')[0] as string);
  if (!kind) return [];
  if (change.do === 'create') {
    const ending = change.text.startsWith('---') ? '.mdx' : '.yaml';
    const path = `${kind.folder}/${of.split(':')[1]}${ending}`;
    return editsOf(new VFile({ path, value: change.text }), kind, task);
  }
  const { block, file } = parseFragment(change.text, kind);
  if (!block || file.messages.length > 0) return [];
  const shaped = shapedText(change.text, kind);
  return shaped ? bodyEdits(change.text, change.text, shaped, of, `${kind.folder}/x.mdx`, task) : [];
}

function shapedText(text: string, kind?: KindDefinition): Shaped | undefined {
  const scratch = new VFile({ value: text });
  const tree = parseMdx(text, scratch);
  const place = kind ? (kind.body === 'parts' ? 'an action' : 'a phase') : 'a property';
  return tree && shape(tree, text, scratch, place);
}

/**
 * Edits of a value, carried over to how the value is written: the same name stands in both the same number of times,
 * in the same order, however the lines are folded.
 */
function editsInValue(source: string, range: Range, value: string, inner: readonly Edit[]): Edit[] {
  const { from, to } = offsets(range);
  const written = source.slice(from, to);
  return inner.map((edit) => {
    const name = value.slice(edit.from, edit.to);
    const inValue = allPlaces(value, name);
    const inSource = allPlaces(written, name);
    const place = inSource[inValue.indexOf(edit.from)];
    if (place === undefined || inValue.length !== inSource.length)
      throw new CannotRename(
        `"${name}" in line ${range.start.line} is written in a way that cannot be edited. Write it plainly, and run the command again.`,
      );
    return { from: from + place, to: from + place + name.length, text: edit.text };
  });
}

function allPlaces(text: string, name: string): number[] {
  return [...text.matchAll(new RegExp(escaped(name), 'g'))].map(({ index }) => index);
}

/** The list of ids: what had the old name moved to the new one, and the old address leads on. */
function lockAfter(compiled: Compiled, task: Task): string {
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
  task: Task,
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
function approvalsLost(task: Task, after: Plan): string[] {
  return [...task.plan.documents].flatMap(([name, document]) => {
    const approvals = (document.data as { approvals?: { digest?: string }[] }).approvals ?? [];
    if (!approvals.some(({ digest }) => digest === document.digest)) return [];
    const now = after.documents.get(formatReference(renamed(parseReference(name) as Reference, task)));
    return now && now.digest !== document.digest ? [formatReference(now)] : [];
  });
}
