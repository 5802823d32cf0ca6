/** What a program can mend without a person: ids that are missing, the list of ids, and how lines end. */

import GithubSlugger from 'github-slugger';
import { toString as plainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { splitHeadline } from '../blocks/step-frame.ts';
import { blanksIn, isBlank, numberIn, numberLink, telephonesInOrder } from '../model/blank.ts';
import { type Block, isStepBlock } from '../model/content.ts';
import type { Document } from '../model/document.ts';
import { documentOf, type Plan } from '../model/plan.ts';
import { applyEdits, type Edit } from './edit.ts';
import { updatedLock } from './ids.ts';
import { type Compiled, compileFiles } from './index.ts';

/** A file that changes, and why, in words. */
export interface Mended {
  path: string;
  text: string;
  /** What the file holds now; undefined when it does not exist yet. */
  before: string | undefined;
  reasons: string[];
}

/**
 * Works out what to mend. Nothing is written, and the result has been read again: it has no fault that the plan did
 * not have before.
 */
export function mend(compiled: Compiled, now: Date): Mended[] {
  const mended = compiled.files.flatMap((file) => {
    const found = mendFile(compiled, file);
    return found ? [found] : [];
  });
  // The list of ids is made from the plan as it will be, with the new ids in it.
  const files = compiled.files.map(
    (file) =>
      new VFile({ path: file.path, value: mended.find(({ path }) => path === file.path)?.text ?? String(file) }),
  );
  const { plan } = compileFiles({ files, images: new Set(compiled.plan?.images) }, now);
  if (plan) {
    const lock = compiled.files.find((file) => file.path === 'ids.lock');
    const before = lock && String(lock);
    const text = updatedLock(plan, before ?? '');
    if (text !== before)
      mended.push({
        path: 'ids.lock',
        text,
        before,
        reasons: [before === undefined ? 'begin the list of published ids' : 'list ids that are new'],
      });
  }
  return mended;
}

function mendFile({ plan, files: _ }: Compiled, file: VFile): Mended | undefined {
  if (
    file.path === 'ids.lock' ||
    file.messages.some((message) => message.ruleId === 'not-text' || message.ruleId === 'merge-conflict')
  )
    return undefined;
  const before = String(file);
  const reasons: string[] = [];
  const document = plan && [...plan.documents.values()].find((candidate) => candidate.path === file.path);
  const edits = document?.body
    ? missingIds(document.body.tree, before, (id) => (plan ? documentOf(plan, 'action', id)?.data.title : undefined))
    : [];
  const numbers = plan ? knownNumbers(plan, document, before) : [];
  let text = applyEdits(before, [...edits, ...numbers]);
  if (edits.length > 0) reasons.push(`give ${edits.length === 1 ? 'a step' : `${edits.length} steps`} an id`);
  if (numbers.length > 0)
    reasons.push(`write ${numbers.length === 1 ? 'a number' : `${numbers.length} numbers`} where the blank stood`);
  if (text.includes('\r\n')) {
    text = text.replaceAll('\r\n', '\n');
    reasons.push('end lines with a line feed');
  }
  if (file.messages.some((message) => message.ruleId === 'byte-order-mark')) reasons.push('remove the byte order mark');
  return reasons.length > 0 ? { path: file.path, text, before, reasons } : undefined;
}

/** Numbers for the blanks that name a contact whose file has its number now. */
function knownNumbers(plan: Plan, document: Document | undefined, text: string): Edit[] {
  return blanksIn(text).flatMap(({ text: blank, index }) => {
    const named = numberIn(blank);
    const contact = named && documentOf(plan, 'contact', named.contact);
    const number = contact && telephonesInOrder(contact.data)[named.place]?.value;
    if (number === undefined || isBlank(number)) return [];
    // What a contact says of itself is no Markdown.
    const written = document?.kind === 'contact' ? number : numberLink(number);
    return [{ from: index, to: index + blank.length, text: written }];
  });
}

/** Ids for the steps that have none, from their instruction; unique in the document. */
function missingIds(
  tree: Parameters<typeof visit>[0],
  text: string,
  actionTitle: (id: string) => string | undefined,
): Edit[] {
  const slugger = new GithubSlugger();
  const edits: Edit[] = [];
  const without: Block[] = [];
  visit(tree as never, 'block', (node: Block) => {
    const opening = text.slice(node.position.start.offset).match(/^<[A-Za-z]+/)?.[0];
    const identified = 'id' in node.attributes ? String(node.attributes.id) : undefined;
    if (!opening || identified === undefined) return;
    if (
      identified === `line-${node.position.start.line}` &&
      !new RegExp(`^<${node.name}[^>]*\\sid=`).test(text.slice(node.position.start.offset))
    )
      without.push(node);
    else slugger.slug(identified);
  });
  for (const node of without) {
    const action = node.schema === 'use' ? (node.attributes as { action: string }).action : undefined;
    const words = action
      ? (actionTitle(action) ?? action)
      : isStepBlock(node)
        ? plainText({ type: 'paragraph', children: splitHeadline(node).headline })
        : plainText(node);
    const id = slugger.slug(shortened(words) || node.name.toLowerCase());
    const at = node.position.start.offset + 1 + node.name.length;
    edits.push({ from: at, to: at, text: ` id="${id}"` });
  }
  return edits;
}

const small = new Set(
  'a an the of to and or in on at for with from by is are it its that this which all any'.split(' '),
);

/** The telling words of an instruction, as an id. */
function shortened(instruction: string): string {
  const words = instruction
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .filter((word) => word && !small.has(word));
  return words.slice(0, 5).join('-').slice(0, 48).replace(/-+$/, '');
}
