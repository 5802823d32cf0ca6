/** A change in words, for those who review or follow the plan. */

import { toString as plainText } from 'mdast-util-to-string';
import { parse } from 'yaml';
import { splitHeadline } from '../blocks/step-frame.ts';
import { listFor } from '../compile/check-changes.ts';
import { parseFragment } from '../compile/fragment.ts';
import { placeIn, pointerParts } from '../compile/text-digest.ts';
import { splitFrontMatter } from '../compile/yaml.ts';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import { changeText } from '../model/change-text.ts';
import { type Block, isBlock, isStepBlock } from '../model/content.ts';
import type { Document } from '../model/document.ts';
import { documentOf, type Plan, resolve } from '../model/plan.ts';
import type { Change, Confirmation, InsertChange, ReplaceChange } from '../model/schema-types.ts';

// A value that is longer is told as a new text.
const longestValue = 60;

/** What confirms a change: "used on 2027-02-12 in “Friday night”, says the Responder". */
export function confirmationIn(plan: Plan, confirmation: Confirmation): string {
  const title = (kind: 'role' | 'exercise') => (id: string) => documentOf(plan, kind, id)?.data.title ?? id;
  return changeText(plan.settings.language).confirmedBy(confirmation, {
    role: title('role'),
    exercise: title('exercise'),
  });
}

/**
 * What a change does, as one sentence without a full stop: "Ransomware, Containment: new step before 'Isolate host'".
 *
 * @param plan before or after the change; what it does not hold any more is called by its name
 */
export function sentenceOf(change: Change, plan: Plan): string {
  const text = changeText(plan.settings.language);
  const where = whereIn(plan, change.of);
  const step = stepName(plan, change.of);
  switch (change.do) {
    case 'set': {
      const field = pointerParts(change.field).join(' / ');
      if (change.remove) return text.removed(where, field);
      const value = typeof change.value === 'object' ? undefined : String(change.value);
      return text.set(where, field, value !== undefined && value.length <= longestValue ? value : undefined);
    }
    case 'insert': {
      const block = blockOf(change);
      if (block && isBlock(block, 'caution')) return text.cautioned(where, step);
      return text.inserted(where, change.place, step, instructionIn(plan, block));
    }
    case 'reword': {
      const after = withoutStop(change.text.trim().replace(/\s*\n\s*/g, ' '));
      return change.applied ? text.wordedAnew(where, after) : text.reworded(where, step, after);
    }
    case 'replace': {
      const after = instructionIn(plan, blockOf(change));
      if (change.applied) return text.wordedAnew(where, after);
      const before = stepName(plan, change.of);
      return after === before ? text.detailed(where, before) : text.reworded(where, before, after);
    }
    case 'move': {
      const other = `${change.of.split('#')[0]}#${change.to}`;
      const [from, to] = [sectionOf(plan, change.of), sectionOf(plan, other)];
      return text.moved(where, step, change.place, stepName(plan, other), from === to ? undefined : to);
    }
    case 'retire':
      return change.of.includes('#')
        ? text.retired(where, step, change.instead && stepName(plan, change.instead))
        : text.retiredDocument(where);
    case 'add': {
      const list = listFor(change);
      const value = nameOfValue(plan, change.value, list?.names);
      const named = change.field === undefined ? undefined : pointerParts(change.field).join(' / ');
      return text.added(where, change.what, value, named);
    }
    case 'create': {
      const kind = kinds.get(change.of.split(':')[0] as string);
      return text.created(kind?.label.one.toLowerCase() ?? '', titleIn(change.text) ?? change.of);
    }
  }
}

/** "Ransomware, Containment", or the title of a document alone. */
function whereIn(plan: Plan, of: string): string {
  if (of === 'plan') return changeText(plan.settings.language).plan;
  const title = titleOf(plan, of);
  const section = sectionOf(plan, of);
  return section ? `${title}, ${section}` : title;
}

/** The title of a document by a reference to it or to a step of it; its name where the plan does not hold it. */
function titleOf(plan: Plan, of: string): string {
  const name = of.split('#')[0] as string;
  const document = plan.documents.get(name);
  return document ? titleFrom(document) : name;
}

function titleFrom(document: Document): string {
  return 'title' in document.data ? document.data.title : document.id;
}

function sectionOf(plan: Plan, of: string): string | undefined {
  return placeIn(plan, of)?.step?.section.title || undefined;
}

function stepName(plan: Plan, of: string): string {
  const instruction = resolve(plan, of)?.step?.instruction;
  return instruction ? withoutStop(instruction) : (of.split('#')[1] ?? of);
}

function blockOf(change: InsertChange | ReplaceChange): Block | undefined {
  return parseFragment(change.text, kinds.get(change.of.split(':')[0] as string) as KindDefinition).block;
}

/** The instruction of a new step: a Use reads as its action. */
function instructionIn(plan: Plan, block: Block | undefined): string {
  if (!block || !isStepBlock(block)) return '';
  if (isBlock(block, 'use'))
    return documentOf(plan, 'action', block.attributes.action)?.data.title ?? block.attributes.action;
  return withoutStop(plainText({ type: 'paragraph', children: splitHeadline(block).headline }).trim());
}

// An instruction is quoted in the middle of a sentence.
const withoutStop = (instruction: string) => instruction.replace(/\.$/, '');

/** An entry of a list: the title of what it names, or its own title. */
function nameOfValue(plan: Plan, value: unknown, names: string | undefined): string {
  if (typeof value !== 'object' || value === null)
    return names === undefined ? String(value) : titleOf(plan, `${names}:${value}`).replace(`${names}:`, '');
  const { title, id } = value as { title?: unknown; id?: unknown };
  return String(title ?? id ?? Object.values(value)[0] ?? '');
}

function titleIn(text: string): string | undefined {
  try {
    const { title } = parse(splitFrontMatter(text)?.yaml ?? text) as { title?: unknown };
    return typeof title === 'string' ? title : undefined;
  } catch {
    // What cannot be read is told by the check; here it goes by its name.
    return undefined;
  }
}

/**
 * The place of a change on the site: the step that it made or is about, else the document. Undefined where the plan
 * does not hold it.
 */
export function placeOnSite(change: Change, plan: Plan): string | undefined {
  const [document = ''] = change.of.split('#');
  const steps = [change.of, ...(change.do === 'retire' && change.instead ? [change.instead] : [])];
  if (change.do === 'insert') {
    const id = (blockOf(change)?.attributes as { id?: string } | undefined)?.id;
    if (id !== undefined) steps.unshift(`${document}#${id}`);
  }
  return [...steps, document].find((place) => resolve(plan, place) !== undefined);
}
