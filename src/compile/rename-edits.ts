/**
 * Where a text of the plan names what is renamed, and the edits that name it anew: against the places that the parsers
 * give, in properties, attributes, links, and in the text that a lesson asks for.
 */

import { posix } from 'node:path';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import type { Range } from '../diagnostics/report.ts';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import { type Block, type ContentRoot, isBlock, isStepBlock } from '../model/content.ts';
import type { Document, UsedReference } from '../model/document.ts';
import type { Plan } from '../model/plan.ts';
import { formatReference, parseReference, type Reference } from '../model/reference.ts';
import type { Change } from '../model/schema-types.ts';
import type { Edit } from './edit.ts';
import { parseFragment } from './fragment.ts';
import { attributeRanges, parseMdx } from './mdx.ts';
import { parseDocument } from './parse.ts';
import { validate } from './schemas.ts';
import { shape } from './shape.ts';
import type { Shaped } from './shaping.ts';
import { parseYaml, splitFrontMatter } from './yaml.ts';

/** That something cannot be renamed as asked, in words. */
export class CannotRename extends Error {}

/** What gets another id. */
export interface RenameTask {
  plan: Plan;
  target: Reference;
  document: Document;
  newId: string;
}

/** A reference after the rename. */
export function renamed(reference: Reference, { target, newId }: Pick<RenameTask, 'target' | 'newId'>): Reference {
  if (reference.kind !== target.kind || reference.id !== target.id) return reference;
  if (!target.step) return { ...reference, id: newId };
  return reference.step === target.step ? { ...reference, step: newId } : reference;
}

const word = (text: string) => new RegExp(`(?<![\\w-])${escaped(text)}(?![\\w-])`);
/** A text as part of a regular expression. */
export const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a text may name what is renamed. Most files do not, and need not be parsed again. */
export const mentions = (text: string, { target }: RenameTask) => word(target.step ?? target.id).test(text);

/** The path of a file after its document has another id. */
export function pathWith(path: string, id: string): string {
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
export function editsOf(file: VFile, kind: KindDefinition | undefined, task: RenameTask): Edit[] {
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
  task: RenameTask,
): Edit[] {
  const namings = [
    ...body.references.flatMap((reference) => namingOf(reference, inside, task)),
    ...body.links.flatMap((link) => linkNaming(link, path, task)),
    ...ownIds(blanked, body.tree, inside, task),
  ];
  return editsAt(source, namings);
}

/** Attributes that name what is renamed without being references: its own id, and the parts that a use leaves out. */
function ownIds(text: string, tree: ContentRoot, inside: string, { target, newId }: RenameTask): Naming[] {
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

/** A range as places in its text. */
export const offsets = ({ start, end }: Range) => ({ from: start.offset, to: end.offset });

/** How a reference is written after the rename; undefined when it stays. */
function becomes(expected: string, text: string, inside: string, task: RenameTask): string | undefined {
  const { target, newId } = task;
  if (expected === 'local' || expected === 'local-step' || (expected === 'step' && !/[:#]/.test(text)))
    return target.step && text === target.step && inside === `${target.kind}:${target.id}` ? newId : undefined;
  const named = parseReference(text, kinds.has(expected) ? expected : undefined);
  if (!named) return undefined;
  const after = renamed(named, task);
  if (after === named || formatReference(after) === formatReference(named)) return undefined;
  return text.includes(':') ? formatReference(after) : after.id;
}

function namingOf(reference: UsedReference, inside: string, task: RenameTask): Naming[] {
  const after = becomes(reference.expected, reference.text, inside, task);
  if (after === undefined) return [];
  const as = reference.narrow ? 'attribute' : 'link';
  return [{ ...offsets(reference.narrow?.() ?? reference.range), written: reference.text, becomes: after, as }];
}

/** A link to the file of a document by its path. */
function linkNaming({ target: address, range }: Shaped['links'][number], path: string, task: RenameTask): Naming[] {
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
  task: RenameTask,
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
function textEdits(change: Extract<Change, { text: string }>, of: string, task: RenameTask): Edit[] {
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
