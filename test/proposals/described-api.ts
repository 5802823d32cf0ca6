/** Holds requests and answers against a forge's own description of its interface. */

import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

type Json = Record<string, unknown>;

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Json;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Json } } };
  responses: Record<string, Json>;
}

export interface ApiRequest {
  method: string;
  /** Below the address of the interface, without the query. */
  path: string;
  query: URLSearchParams;
  body: unknown;
}

const folder = new URL('../fixtures/forges/', import.meta.url);
export const readDescription = (name: string) =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Json;

/** `nullable` beside no `type`, which OpenAPI 3.0 allows and Ajv refuses, as JSON Schema says it. */
function withoutTypelessNullable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypelessNullable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, withoutTypelessNullable(each)] as const);
  const { nullable, ...rest } = Object.fromEntries(entries);
  if (nullable !== true)
    return { ...rest, ...(nullable === undefined || typeof nullable === 'boolean' ? {} : { nullable }) };
  return 'type' in rest ? { ...rest, nullable } : { anyOf: [{ type: 'null' }, rest] };
}

/** Checks for one description; each returns what is wrong, nothing if all is well. */
export class DescribedApi {
  readonly #whole: Json;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  readonly #compiled = new Map<unknown, ValidateFunction>();

  constructor(name: string) {
    this.#whole = withoutTypelessNullable(readDescription(name)) as Json;
    (formats as unknown as (ajv: Ajv) => void)(this.#ajv);
    this.#ajv.addSchema({ $id: 'described', ...this.#whole });
  }

  #resolved<Value extends object>(value: Value): Value {
    const reference = (value as Json)['$ref'];
    if (typeof reference !== 'string') return value;
    const keys = reference.slice(2).split('/');
    return keys.reduce<unknown>((inner, key) => (inner as Json)[key], this.#whole) as Value;
  }

  #faults(schema: Json, value: unknown, what: string): string[] {
    const validate = this.#compiled.get(schema) ?? this.#ajv.compile(absolute(schema) as Json);
    this.#compiled.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []).map((each) => `${what}${each.instancePath} ${each.message}`);
  }

  #operation({ method, path }: ApiRequest): { operation: Operation; found: Record<string, string> } | undefined {
    for (const [template, methods] of Object.entries(
      this.#whole['paths'] as Record<string, Record<string, Operation>>,
    )) {
      const pattern = template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
      const found = new RegExp(`^${pattern}$`).exec(path)?.groups;
      const operation = methods[method.toLowerCase()];
      if (found && operation) return { operation, found };
    }
    return undefined;
  }

  /** What a request does that the description does not allow. */
  requestFaults(request: ApiRequest): string[] {
    const match = this.#operation(request);
    if (!match) return [`${request.method} ${request.path} is not described`];
    const parameters = (match.operation.parameters ?? []).map((each) => this.#resolved(each));
    const given = (name: string, place: string) => (place === 'path' ? match.found[name] : request.query.get(name));
    const values = parameters.filter((each) => each.in === 'query' || each.in === 'path');
    const undescribed = [...request.query.keys()].filter((key) => !values.some(({ name }) => name === key));
    const faults = values.flatMap((parameter) => {
      const value = given(parameter.name, parameter.in);
      if (value === null || value === undefined) return parameter.required ? [`${parameter.name} is missing`] : [];
      const schema = (parameter.schema ?? parameter) as Json;
      // Swagger 2 has the schema's keywords in the parameter itself, where "required" means something else.
      const { required: _, name: __, in: ___, ...keywords } = schema;
      const typed = keywords['type'] === 'integer' ? Number(value) : value;
      return this.#faults(parameter.schema ?? keywordsOf(this.#kept, parameter, keywords), typed, parameter.name);
    });
    const body = match.operation.requestBody
      ? this.#resolved(match.operation.requestBody).content['application/json'].schema
      : parameters.find((each) => each.in === 'body')?.schema;
    return [
      ...faults,
      ...undescribed.map((key) => `the parameter ${key} is not described`),
      ...this.#bodyFaults(body, request.body),
    ];
  }

  readonly #kept = new Map<unknown, Json>();

  #bodyFaults(schema: Json | undefined, body: unknown): string[] {
    if (!schema) return body === undefined ? [] : ['a body is not described'];
    const { properties = {} } = this.#resolved(schema) as { properties?: Json };
    const undescribed = Object.keys(body as Json).filter((key) => !(key in properties));
    return [...this.#faults(schema, body, 'body'), ...undescribed.map((key) => `body/${key} is not described`)];
  }

  /** What an answer is that the description does not say. */
  answerFaults(request: ApiRequest, status: number, body: unknown): string[] {
    const response = this.#operation(request)?.operation.responses[status];
    if (!response) return [`status ${status} is not described for ${request.method} ${request.path}`];
    const { content, schema } = this.#resolved(response) as {
      content?: { 'application/json': { schema: Json } };
      schema?: Json;
    };
    const described = content?.['application/json'].schema ?? schema;
    return described ? this.#faults(described, body, 'answer') : [];
  }
}

/** The same object for the same parameter, so that its schema is compiled once. */
function keywordsOf(kept: Map<unknown, Json>, parameter: unknown, keywords: Json): Json {
  const known = kept.get(parameter) ?? keywords;
  kept.set(parameter, known);
  return known;
}

/** References into the description from a schema that is compiled by itself. */
function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) =>
      key === '$ref' && typeof each === 'string' ? [key, `described${each}`] : [key, absolute(each)],
    ),
  );
}
