/**
 * Drafts: the smallest document of a kind that its schema accepts. What nobody answered says TODO, in its text or in a
 * comment beside it, and a document that says TODO cannot be approved.
 */

import type { SchemaObject } from 'ajv';
import { isScalar, type Scalar, Document as YamlText } from 'yaml';
import type { KindDefinition } from '../kinds/kind.ts';
import type { KindName } from '../model/document.ts';
import { interfaceText } from '../model/interface-text.ts';
import { nearestName } from '../model/nearest-name.ts';
import { documentsOf, isCurrent, type Plan, phasesOf } from '../model/plan.ts';
import { followed, validatorOf } from './schemas.ts';
import { valueAt } from './text-digest.ts';

/** That a draft cannot be begun as asked, in words. */
export class CannotDraft extends Error {}

/** A property that the schema of a kind requires. */
export interface Blank {
  /** JSON Pointer; the first entry of a list of groups stands for the list. */
  pointer: string;
  schema: SchemaObject;
  /** The property holds a list of such values. */
  list: boolean;
}

/** A value that is no list and no group. */
export type Scalars = string | number | boolean;
/** Values by JSON Pointer. */
export type Answers = ReadonlyMap<string, Scalars | Scalars[]>;

/** The properties that a document of a kind must have, in the order of its schema, and its status. */
export function blanksOf(kind: string): Blank[] {
  const blanks: Blank[] = [];
  const walk = (schema: SchemaObject, pointer: string, list: boolean) => {
    const inner = schema['properties'] as Record<string, SchemaObject> | undefined;
    if (schema['type'] === 'array') {
      const items = shapeOf(schema['items'] as SchemaObject);
      if (items['type'] === 'object') walk(items, `${pointer}/0`, false);
      else walk({ ...items, description: schema['description'] ?? items['description'] }, pointer, true);
    } else if (inner) {
      const required = schema['required'] as string[];
      for (const name of Object.keys(inner))
        if (required.includes(name) || `${pointer}/${name}` === '/status')
          walk(shapeOf(inner[name] as SchemaObject), `${pointer}/${name}`, false);
    } else blanks.push({ pointer, schema, list });
  };
  walk(validatorOf(kind).schema as SchemaObject, '', false);
  return blanks;
}

const shapeOf = (schema: SchemaObject) => followed(schema) as SchemaObject;

/** What stands in a property where nobody answers, and whether that is a guess that a person must look at. */
export interface Guess {
  value: Scalars;
  guessed: boolean;
}

/**
 * The value of a blank that was not answered.
 *
 * @param title of the document, from which short codes are made
 * @throws CannotDraft when it must name a document of a kind of which the plan has none
 */
export function guessFor(blank: Blank, kind: string, plan: Plan, title: string): Guess {
  const { schema, pointer } = blank;
  const choices = choicesOf(blank, plan);
  if (pointer === '/status') return { value: 'draft', guessed: false };
  if (schema['x-draft'] !== undefined) return { value: schema['x-draft'] as Scalars, guessed: true };
  if (schema['default'] !== undefined) return { value: schema['default'] as Scalars, guessed: false };
  if (choices) return { value: firstChoice(blank, choices, plan), guessed: true };
  if (schema['type'] === 'integer') return { value: freeNumber(blank, kind, plan), guessed: true };
  if (schema['type'] === 'boolean') return { value: false, guessed: true };
  if (isIdentifier(blank)) return { value: 'first', guessed: false };
  if (isCode(schema)) return { value: freeCode(blank, kind, plan, title), guessed: false };
  if (schema['pattern'] !== undefined || schema['format'] !== undefined)
    return { value: (schema['examples'] as Scalars[])[0] as Scalars, guessed: true };
  const text = `TODO: ${String(schema['description'] ?? 'Write this.')}`;
  const most = (schema['maxLength'] as number | undefined) ?? Number.POSITIVE_INFINITY;
  return { value: text.length > most ? `${text.slice(0, most - 2)} …` : text, guessed: false };
}

/** The values that a blank may have, where there is a list of them. */
export function choicesOf({ schema }: Blank, plan: Plan): string[] | undefined {
  const among = schema['x-among'] as string | undefined;
  if (among !== undefined) return ((valueAt(plan.settings, among) ?? []) as { id: string }[]).map(({ id }) => id);
  const kind = schema['x-reference'] as KindName | undefined;
  if (kind !== undefined)
    return documentsOf(plan, kind)
      .filter((document) => isCurrent(document))
      .map(({ id }) => id);
  return (schema['enum'] as unknown[] | undefined)?.map(String);
}

function firstChoice({ schema, pointer }: Blank, choices: readonly string[], plan: Plan): string {
  const owner = plan.settings.owner;
  if (schema['x-reference'] === 'role' && owner !== undefined && choices.includes(owner)) return owner;
  const [first] = choices;
  if (first !== undefined) return first;
  const named = String(schema['x-reference'] ?? schema['x-among']);
  throw new CannotDraft(
    `"${nameOf(pointer)}" names a ${named}, and the plan has none. Begin one first: firebreak new ${named}.`,
  );
}

/** Names within a document, which are written for the author. */
export const isIdentifier = ({ pointer, schema }: Blank) =>
  pointer.endsWith('/id') && (shapeOf({ $ref: '#/$defs/identifier' })['pattern'] as string) === schema['pattern'];

const isCode = ({ pattern }: SchemaObject) => typeof pattern === 'string' && pattern.startsWith('^[A-Z]{');

function valuesInUse({ pointer }: Blank, kind: string, plan: Plan): unknown[] {
  return documentsOf(plan, kind as KindName).map(({ data }) => valueAt(data, pointer));
}

function freeNumber(blank: Blank, kind: string, plan: Plan): number {
  const used = valuesInUse(blank, kind, plan);
  const { minimum = 1, maximum = Number.POSITIVE_INFINITY } = blank.schema as { minimum?: number; maximum?: number };
  let value = minimum;
  while (used.includes(value) && value < maximum) value += 1;
  return value;
}

/** A short code of the title's letters that no other document of the kind has. */
function freeCode(blank: Blank, kind: string, plan: Plan, title: string): string {
  const used = new Set(valuesInUse(blank, kind, plan));
  const form = new RegExp(blank.schema['pattern'] as string);
  const words = title
    .normalize('NFKD')
    .toUpperCase()
    .split(/[^A-Z]+/)
    .filter(Boolean);
  const initials = words.map((word) => word[0]).join('');
  const letters = words.join('');
  const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const candidates = [
    initials.slice(0, 4),
    initials.slice(0, 3),
    initials.slice(0, 2),
    letters.slice(0, 2),
    letters.slice(0, 3),
    letters.slice(0, 4),
    ...[...letters.slice(1)].map((letter) => `${letters[0]}${letter}`),
    ...alphabet.flatMap((first) => alphabet.map((second) => first + second)),
    ...alphabet.flatMap((first) => alphabet.flatMap((second) => alphabet.map((third) => first + second + third))),
  ];
  return candidates.find((code) => form.test(code) && !used.has(code)) as string;
}

/** How a property is called on the command line: `signals.confirm`, `channels.kind`. */
export function nameOf(pointer: string): string {
  return pointer.slice(1).replaceAll('/0', '').replaceAll('/', '.');
}

/**
 * The property that a name of the command line means.
 *
 * @throws CannotDraft when the kind has none of that name
 */
export function blankNamed(kind: string, name: string): Blank {
  let schema = validatorOf(kind).schema as SchemaObject;
  let pointer = '';
  let list = false;
  for (const part of name.split('.')) {
    if (schema['type'] === 'array') {
      const entry = /^\d+$/.test(part) ? part : '0';
      pointer += `/${entry}`;
      schema = shapeOf(schema['items'] as SchemaObject);
      if (entry === part) continue;
    }
    const properties = (schema['properties'] ?? {}) as Record<string, SchemaObject>;
    if (!Object.hasOwn(properties, part)) throw new CannotDraft(noProperty(kind, name, part, Object.keys(properties)));
    pointer += `/${part}`;
    schema = shapeOf(properties[part] as SchemaObject);
  }
  if (schema['type'] === 'array') {
    schema = shapeOf(schema['items'] as SchemaObject);
    list = true;
  }
  if (schema['type'] === 'object')
    throw new CannotDraft(
      `"${name}" is a group. Set what it holds: ${Object.keys(schema['properties'] as object)
        .map((inner) => `${name}.${inner}`)
        .join(', ')}.`,
    );
  return { pointer, schema, list };
}

function noProperty(kind: string, name: string, part: string, known: readonly string[]): string {
  const meant = nearestName(part, known);
  const help = meant ? ` Did you mean "${meant}"?` : known.length > 0 ? ` There are ${known.join(', ')}.` : '';
  return `A ${kind} has no property "${name}".${help}`;
}

/**
 * A typed answer as a value.
 *
 * @throws CannotDraft with what is wrong with it
 */
export function readAnswer({ schema, pointer }: Blank, plan: Plan, answer: string): Scalars {
  const name = nameOf(pointer);
  const choices = choicesOf({ schema, pointer, list: false }, plan);
  if (choices && !choices.includes(answer)) {
    const meant = nearestName(answer, choices);
    throw new CannotDraft(
      `"${answer}" cannot be ${name}. ${meant ? `Did you mean "${meant}"?` : `There are ${choices.join(', ')}.`}`,
    );
  }
  if (schema['type'] === 'integer') {
    if (!/^-?\d+$/.test(answer)) throw new CannotDraft(`${name} is a whole number, not "${answer}".`);
    return Number(answer);
  }
  if (schema['type'] === 'boolean') {
    if (answer !== 'true' && answer !== 'false') throw new CannotDraft(`${name} is true or false, not "${answer}".`);
    return answer === 'true';
  }
  const { pattern, examples = [] } = schema as { pattern?: string; examples?: unknown[] };
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(answer))
    throw new CannotDraft(`"${answer}" cannot be ${name}; it looks like ${JSON.stringify(examples[0])}.`);
  return answer;
}

/** A draft as text. */
export interface Draft {
  text: string;
  /** What a person must still look at, as names of properties. */
  open: string[];
}

/**
 * Writes a draft.
 *
 * @param answers what was answered; the rest says TODO
 */
export function draftOf(kind: KindDefinition, plan: Plan, answers: Answers): Draft {
  const title = String(answers.get('/title') ?? '');
  const guesses = new Map<string, Guess & { blank: Blank }>();
  const data = {};
  for (const blank of blanksOf(kind.name)) {
    if (answers.has(blank.pointer)) continue;
    const guess = guessFor(blank, kind.name, plan, title);
    guesses.set(blank.pointer, { ...guess, blank });
    put(data, blank.pointer, blank.list ? [guess.value] : guess.value);
  }
  for (const [pointer, value] of answers) put(data, pointer, value);
  const yaml = new YamlText(inOrder(data, validatorOf(kind.name).schema as SchemaObject));
  for (const { blank, guessed } of guesses.values()) if (guessed) remark(yaml, blank);
  const open = [...guesses.values()]
    .filter(({ value, guessed }) => guessed || String(value).startsWith('TODO'))
    .map(({ blank }) => nameOf(blank.pointer));
  const front = yaml.toString({ lineWidth: 110 });
  if (kind.endings[0] === '.yaml') return { text: front, open };
  return { text: `---\n${front}---\n\n${bodyOf(kind, plan, data)}`, open: [...open, 'the text'] };
}

function put(data: object, pointer: string, value: unknown): void {
  const parts = pointer.split('/').slice(1);
  let at = data as Record<string, unknown>;
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    if (next === undefined) at[part] = value;
    else {
      at[part] ??= /^\d+$/.test(next) ? [] : {};
      at = at[part] as Record<string, unknown>;
    }
  });
}

/** Properties in the order of the schema. */
function inOrder(data: unknown, schema: SchemaObject): unknown {
  if (Array.isArray(data)) return data.map((entry) => inOrder(entry, shapeOf(schema['items'] as SchemaObject)));
  if (typeof data !== 'object' || data === null) return data;
  const properties = (schema['properties'] ?? {}) as Record<string, SchemaObject>;
  const values = data as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(properties)
      .filter((name) => values[name] !== undefined)
      .map((name) => [name, inOrder(values[name], shapeOf(properties[name] as SchemaObject))]),
  );
}

/** A value that was guessed is marked beside it, since nothing in it tells. */
function remark(yaml: YamlText, { pointer, list, schema }: Blank): void {
  const path = [...pointer.split('/').slice(1), ...(list ? ['0'] : [])];
  const node: unknown = yaml.getIn(
    path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    true,
  );
  if (isScalar(node))
    (node as Scalar).comment = ` TODO: ${firstSentence(String(schema['description'] ?? 'Look at it.'))}`;
}

const firstSentence = (text: string) => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;

function bodyOf(kind: KindDefinition, plan: Plan, data: object): string {
  switch (kind.body) {
    case 'phases':
      return runbookBody(plan, data);
    case 'parts':
      return `<Part id="first-part">\nTODO: Say what is done first, and how one sees that it worked.\n</Part>\n`;
    default:
      return 'TODO: Write the text.\n';
  }
}

/** The sections of a runbook: a first step that shows how one is written, and phases that say that theirs are missing. */
function runbookBody(plan: Plan, data: object): string {
  const role = (valueAt(data, '/roles/0') ?? valueAt(data, '/owner')) as string;
  const first = interfaceText(plan.settings.language).firstMinutes;
  const phases = phasesOf(plan).map(
    ({ data: { title, goal } }) =>
      `## ${title}\n\n<NoSteps>\nTODO: Write the steps after which this is true: ${goal}\n</NoSteps>\n`,
  );
  return [
    `## ${first}\n\n<Step id="first-step" role="${role}" within="5 min" from="detection">\nTODO: Say what is done first, in one sentence that is right in every case.\n</Step>\n`,
    ...phases,
  ].join('\n');
}
