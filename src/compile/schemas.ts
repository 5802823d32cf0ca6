/** The schemas at work: Ajv, the keywords that collect references and Markdown, and faults put into words. */

import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type SchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { VFile } from 'vfile';
import { type Range, report } from '../diagnostics/report.ts';
import { isTimeZone } from '../model/deadlines.ts';
import { nearestName } from '../model/nearest-name.ts';

/** What a validation finds beside faults: the names that the data uses, and the texts that are Markdown. */
export interface Collected {
  references: { expected: string; text: string; pointer: string }[];
  markdown: { text: string; pointer: string }[];
}

const folder = new URL('../../schemas/', import.meta.url);
const base = 'https://firebreak.example/schemas/2/';

interface Context {
  collected: Collected;
}

const ajv = new Ajv2020({
  allErrors: true,
  passContext: true,
  strict: true,
  allowUnionTypes: true,
  verbose: true,
  // A union tells by one property which branch is meant, so that only the faults of that branch are told.
  discriminator: true,
  // Both cost more at every start than they save. That the schemas are valid is tested.
  validateSchema: false,
  code: { optimize: false },
});
(formats as unknown as (ajv: Ajv2020) => void)(ajv);
// A browser that is told of a time zone that does not exist draws no deadline.
ajv.addFormat('time-zone', isTimeZone);
ajv.addKeyword({
  keyword: 'x-reference',
  schemaType: 'string',
  compile: (expected: string) =>
    function (this: Context, data: unknown, ctx?: { instancePath: string }) {
      if (typeof data === 'string')
        this.collected.references.push({ expected, text: data, pointer: ctx?.instancePath ?? '' });
      return true;
    },
});
ajv.addKeyword({
  keyword: 'x-markdown',
  schemaType: 'boolean',
  compile: () =>
    function (this: Context, data: unknown, ctx?: { instancePath: string }) {
      if (typeof data === 'string') this.collected.markdown.push({ text: data, pointer: ctx?.instancePath ?? '' });
      return true;
    },
});
ajv.addKeyword({ keyword: 'x-unstable', schemaType: 'boolean' });
// What a draft says, where the first allowed value or an example would claim too much.
ajv.addKeyword({ keyword: 'x-draft' });
// The list of plan.yaml, as a JSON Pointer, whose ids are allowed. Kinds check it; drafts choose from it.
ajv.addKeyword({ keyword: 'x-among', schemaType: 'string' });

for (const path of [
  ...readdirSync(folder).filter((name) => name.endsWith('.json')),
  ...readdirSync(new URL('blocks/', folder)).map((name) => `blocks/${name}`),
])
  ajv.addSchema(JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as SchemaObject);

/** The schema of a kind (`runbook`) or block (`blocks/step`), with references to shared shapes resolved on demand. */
export function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name);
  if (known) return known;
  const validate = ajv.getSchema(`${base}${name}.schema.json`);
  if (!validate) throw new Error(`There is no schema ${name}.schema.json`);
  validators.set(name, validate);
  return validate;
}

// Asked for every attribute of every block, which Ajv's own look-up is too slow for.
const validators = new Map<string, ValidateFunction>();
const propertySchemas = new Map<string, SchemaObject | undefined>();

/** The schema of a property, with a reference to a shared shape followed. */
export function propertySchema(name: string, property: string): SchemaObject | undefined {
  const key = `${name} ${property}`;
  if (!propertySchemas.has(key)) propertySchemas.set(key, findPropertySchema(name, property));
  return propertySchemas.get(key);
}

function findPropertySchema(name: string, property: string): SchemaObject | undefined {
  const schema = validatorOf(name).schema as SchemaObject;
  return followed(schema['properties']?.[property] as SchemaObject | undefined);
}

/** A list that documents of a kind may hold. */
export interface ListProperty {
  /** JSON Pointer. */
  pointer: string;
  /** The kind that its entries name by their bare id. */
  names?: string;
  /** Entries are groups of properties. */
  groups: boolean;
}

/** The lists of a kind's properties outside other lists, in the order of its schema. */
export function listsOf(kind: string): readonly ListProperty[] {
  const lists: ListProperty[] = [];
  const walk = (schema: SchemaObject | undefined, pointer: string) => {
    if (schema?.['type'] === 'array') {
      const items = followed(schema['items'] as SchemaObject | undefined);
      const names = items?.['x-reference'] as string | undefined;
      lists.push({ pointer, groups: items?.['type'] === 'object', ...(names === undefined ? {} : { names }) });
      return;
    }
    for (const [name, inner] of Object.entries((schema?.['properties'] as Record<string, SchemaObject>) ?? {}))
      walk(followed(inner), `${pointer}/${name}`);
  };
  walk(validatorOf(kind).schema as SchemaObject, '');
  return lists;
}

/** A schema, or the shared shape that it refers to. */
export function followed(schema: SchemaObject | undefined): SchemaObject | undefined {
  const shared = schema?.$ref && /#\/\$defs\/(\w+)$/.exec(schema.$ref)?.[1];
  if (!shared) return schema;
  const common = ajv.getSchema(`${base}common.schema.json`)?.schema as SchemaObject;
  return { ...common['$defs'][shared], ...schema };
}

/**
 * Validates data and reports each fault once, in words.
 *
 * @param name of the schema
 * @param data what to validate
 * @param what how the thing is called in a sentence: "The runbook"
 * @param place where a value or a property's name stands
 */
export function validate(
  name: string,
  data: unknown,
  what: string,
  file: VFile,
  place: { value: (pointer: string) => Range; key: (pointer: string, key: string) => Range },
): { valid: boolean; collected: Collected; faults: readonly ErrorObject[] } {
  const check = validatorOf(name);
  const collected: Collected = { references: [], markdown: [] };
  const valid = check.call({ collected } satisfies Context as never, data) as boolean;
  const told = new Set<string>();
  for (const fault of check.errors ?? []) {
    // A branch of an anyOf that did not match is told by the anyOf itself.
    if (/\/anyOf\/\d+\//.test(fault.schemaPath)) continue;
    // A text that has neither the pattern nor the format has one fault for a person, told in the same words.
    const of = /^(pattern|format)$/.test(fault.keyword) ? 'form' : `${fault.keyword} ${JSON.stringify(fault.params)}`;
    const key = `${fault.instancePath} ${of}`;
    if (told.has(key)) continue;
    told.add(key);
    reportFault(fault, what, file, place);
  }
  return { valid, collected, faults: check.errors ?? [] };
}

/** The names and Markdown in data that is valid. */
export function collect(name: string, data: unknown): Collected {
  const collected: Collected = { references: [], markdown: [] };
  validatorOf(name).call({ collected } satisfies Context as never, data);
  return collected;
}

/** Whether the shape cannot be without the property at a JSON Pointer. */
export function isRequired(name: string, pointer: string): boolean {
  let shapes = [validatorOf(name).schema as SchemaObject];
  let required = false;
  for (const part of pointer.split('/').slice(1)) {
    shapes = shapes.flatMap((shape) => [shape, ...((shape['oneOf'] as SchemaObject[] | undefined) ?? [])]);
    required = shapes.some((shape) => (shape['required'] as string[] | undefined)?.includes(part));
    shapes = shapes.flatMap(
      (shape) =>
        followed((shape['properties']?.[part] ?? shape['items'] ?? shape['additionalProperties']) as SchemaObject) ??
        [],
    );
  }
  return required;
}

/** What a missing property is, in the first sentence of its schema; the rest is read where it is filled in. */
function missing(schema: SchemaObject, property: string, of: string) {
  const { description } = followed(schema['properties']?.[property] as SchemaObject | undefined) ?? {};
  return { property, of, description: /^.*?\.(?= |$)/s.exec(String(description ?? ''))?.[0] };
}

function reportFault(
  fault: ErrorObject,
  what: string,
  file: VFile,
  place: { value: (pointer: string) => Range; key: (pointer: string, key: string) => Range },
): void {
  const { instancePath, keyword, params, data } = fault;
  const schema = fault.parentSchema as SchemaObject;
  const property =
    instancePath
      .split('/')
      .filter((part) => !/^\d+$/.test(part))
      .at(-1) || 'the document';
  const of = instancePath === '' ? what : `"${property}"`;
  const at = place.value(instancePath);
  const inner = Object.keys((schema['properties'] as object | undefined) ?? {});
  switch (keyword) {
    case 'required':
      report(file, 'missing-property', missing(schema, String(params['missingProperty']), of), at);
      return;
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      report(
        file,
        'unknown-property',
        { property: name, of, nearest: nearestName(name, inner), known: inner },
        place.key(instancePath, name),
      );
      return;
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]) ?? [];
      report(
        file,
        'not-allowed-value',
        { property, of, value: data, allowed, nearest: nearestName(String(data), allowed.map(String)) },
        at,
      );
      return;
    }
    case 'const':
      report(file, 'unknown-schema-version', { found: data, known: params['allowedValue'] as number }, at);
      return;
    case 'discriminator': {
      const tag = String(params['tag']);
      const allowed = ((schema['oneOf'] as SchemaObject[] | undefined) ?? []).map(
        (branch) => branch['properties'][tag].const as string,
      );
      const value = params['tagValue'];
      if (value === undefined) report(file, 'missing-property', { property: tag, of }, at);
      else
        report(
          file,
          'not-allowed-value',
          { property: tag, of, value, allowed, nearest: nearestName(String(value), allowed) },
          place.value(`${instancePath}/${tag}`),
        );
      return;
    }
    case 'type':
      report(file, 'wrong-type', { property, of, expected: typeInWords(params['type'] as string | string[]) }, at);
      return;
    case 'anyOf':
      report(file, 'wrong-type', { property, of, expected: 'a text, or a group of texts' }, at);
      return;
    case 'pattern':
    case 'format':
      report(
        file,
        'wrong-form',
        {
          property,
          of,
          value: data,
          example: (schema['examples'] as unknown[] | undefined)?.[0] ?? '',
          description: String(schema['description'] ?? `${property} has a fixed form.`),
        },
        at,
      );
      return;
    case 'propertyNames':
      report(
        file,
        'wrong-form',
        {
          property,
          of,
          value: params['propertyName'],
          example: 'warRoom',
          description: 'Names are letters and digits and begin with a letter.',
        },
        place.key(instancePath, String(params['propertyName'])),
      );
      return;
    case 'minItems':
      report(
        file,
        'wrong-size',
        { property, of, reason: `needs at least ${params['limit']} ${params['limit'] === 1 ? 'entry' : 'entries'}` },
        at,
      );
      return;
    case 'maxItems':
      report(
        file,
        'wrong-size',
        { property, of, reason: `has ${(data as unknown[]).length} entries; at most ${params['limit']} are allowed` },
        at,
      );
      return;
    case 'maxLength':
      report(
        file,
        'wrong-size',
        { property, of, reason: `has ${[...String(data)].length} characters; at most ${params['limit']} are allowed` },
        at,
      );
      return;
    case 'minLength':
      report(file, 'wrong-size', { property, of, reason: 'is empty' }, at);
      return;
    case 'uniqueItems':
      report(
        file,
        'wrong-size',
        { property, of, reason: `names ${JSON.stringify((data as unknown[])[params['i'] as number])} twice` },
        place.value(`${instancePath}/${params['i']}`),
      );
      return;
    case 'minimum':
    case 'maximum':
      report(
        file,
        'wrong-size',
        {
          property,
          of,
          reason: `must be ${String(params['comparison']).replace('>=', 'at least').replace('<=', 'at most')} ${params['limit']}`,
        },
        at,
      );
      return;
    default:
      // Another keyword never stands in our schemas; should one come, it is told in Ajv's words rather than lost.
      report(
        file,
        'wrong-form',
        { property, of, value: data, example: '', description: `It ${fault.message ?? keyword}.` },
        at,
      );
  }
}

function typeInWords(type: string | string[]): string {
  const words: Record<string, string> = {
    string: 'a text',
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a group of properties',
    null: 'empty',
  };
  return (Array.isArray(type) ? type : [type]).map((name) => words[name] ?? name).join(' or ');
}
