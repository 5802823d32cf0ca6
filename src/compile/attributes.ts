/** From the attributes of an element to those of a block: strings are read as the schema says, checked, and mended. */

import type { ErrorObject } from 'ajv';
import { report } from '../diagnostics/report.ts';
import type { Block, BlockSchema } from '../model/content.ts';
import { propertySchema, validate, validatorOf } from './schemas.ts';
import { type Jsx, openingTag, placeOf, type Shaping } from './shaping.ts';

/** The attributes of a block. What is wrong with them is reported; what a drawing could not live without is mended. */
export function shapeAttributes(element: Jsx, schema: BlockSchema, shaping: Shaping): Block['attributes'] {
  const { file } = shaping;
  const tag = openingTag(element);
  const name = element.name as string;
  const values: Record<string, unknown> = {};
  // What lives on with a reference is this number, and not the element with all that it holds.
  const { offset, line } = placeOf(element).start;
  const at = (attribute: string) => shaping.attributeRange(offset, attribute) ?? tag;
  const written = new Set<string>();
  for (const attribute of element.attributes) {
    if (attribute.type === 'mdxJsxAttribute' && written.has(attribute.name))
      report(file, 'mdx-syntax', { reason: `The attribute "${attribute.name}" is written twice.` }, at(attribute.name));
    if (attribute.type === 'mdxJsxAttribute') written.add(attribute.name);
    if (attribute.type !== 'mdxJsxAttribute' || (typeof attribute.value === 'object' && attribute.value !== null))
      report(
        file,
        'code-in-content',
        { what: 'An attribute in braces' },
        attribute.type === 'mdxJsxAttribute' ? at(attribute.name) : tag,
      );
    else
      values[attribute.name] = coerce(
        attribute.value as string | null | undefined,
        propertySchema(`blocks/${schema}`, attribute.name),
      );
  }
  if (
    values['id'] === undefined &&
    (validatorOf(`blocks/${schema}`).schema as { required?: string[] }).required?.includes('id')
  ) {
    report(file, 'missing-id', { name }, tag);
    // Told already; a name that cannot be written keeps the rest of the checks going.
    values['id'] = `line-${line}`;
  }
  const first = (pointer: string) => at(pointer.split('/')[1] ?? '');
  const { valid, collected, faults } = validate(`blocks/${schema}`, values, `<${name}>`, file, {
    value: (pointer) => (pointer === '' ? tag : first(pointer)),
    key: (_, key) => at(key),
  });
  for (const { expected, text, pointer } of collected.references)
    shaping.references.push({ expected, text, range: tag, narrow: () => first(pointer) });
  if (!valid) mend(values, schema, faults);
  return values as unknown as Block['attributes'];
}

/**
 * Gives faulty attributes a harmless value of the right type. They are reported; what follows (checks, drawings)
 * relies on the schema and must neither fail nor tell the fault again.
 */
function mend(values: Record<string, unknown>, schema: BlockSchema, faults: readonly ErrorObject[]): void {
  const required = (validatorOf(`blocks/${schema}`).schema as { required?: string[] }).required ?? [];
  for (const { keyword, instancePath, params, data } of faults) {
    const [, name = '', entry] = instancePath.split('/');
    const missing = params['missingProperty'] as string | undefined;
    if (missing !== undefined) values[missing] = nothing(propertySchema(`blocks/${schema}`, missing));
    else if (keyword === 'additionalProperties') delete values[params['additionalProperty'] as string];
    else if (entry !== undefined) values[name] = (values[name] as unknown[]).filter((other) => other !== data);
    else if (!['type', 'enum', 'format'].includes(keyword)) continue;
    else if (required.includes(name)) values[name] = nothing(propertySchema(`blocks/${schema}`, name));
    else delete values[name];
  }
}

/** A value of the right type that says nothing. */
function nothing(property: { [key: string]: unknown } | undefined): unknown {
  if (property?.['type'] === 'array') return [];
  return (property?.['enum'] as unknown[] | undefined)?.[0] ?? '';
}

function coerce(value: string | null | undefined, schema: { [key: string]: unknown } | undefined): unknown {
  if (value === null || value === undefined) return schema?.['type'] === 'boolean' ? true : '';
  if (schema?.['type'] === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if (schema?.['type'] === 'integer' && /^-?\d+$/.test(value)) return Number(value);
  if (schema?.['type'] === 'array') return value.split(/\s+/).filter((part) => part !== '');
  return value;
}
