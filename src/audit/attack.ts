/** The plan's techniques against ATT&CK as MITRE publishes it: a STIX 2 bundle, or a folder of bundles. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isMap, isScalar, parseDocument as parseYamlDocument } from 'yaml';
import type { Edit } from '../compile/edit.ts';
import type { Document as PlanDocument } from '../model/document.ts';
import { documentsOf, type Plan } from '../model/plan.ts';

/** A technique as ATT&CK has it. */
export interface OfficialTechnique {
  id: string;
  name: string;
  tactics: string[];
  deprecated: boolean;
  /** Id of the technique that replaced it; empty when revoked without one. */
  revokedBy?: string;
}

export interface OfficialAttack {
  /** Version of the collection; undefined where the data does not say. */
  version?: string;
  techniques: ReadonlyMap<string, OfficialTechnique>;
}

interface StixObject {
  type: string;
  id: string;
  name?: string;
  revoked?: boolean;
  x_mitre_deprecated?: boolean;
  x_mitre_version?: string;
  x_mitre_domains?: string[];
  external_references?: { source_name: string; external_id?: string }[];
  kill_chain_phases?: { kill_chain_name: string; phase_name: string }[];
  relationship_type?: string;
  source_ref?: string;
  target_ref?: string;
}

/** Thrown when the data is not ATT&CK; the message is for people. */
export class NotAttack extends Error {}

/**
 * Reads ATT&CK.
 *
 * @param path a bundle (`enterprise-attack.json`), or a folder of bundles as in MITRE's repositories
 * @throws NotAttack when nothing there is an ATT&CK technique
 */
export async function readAttack(path: string): Promise<OfficialAttack> {
  const files = (await stat(path)).isDirectory()
    ? (await readdir(path, { recursive: true }))
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(path, name))
    : [path];
  const objects: StixObject[] = [];
  for (const file of files) {
    let data: { objects?: StixObject[] };
    try {
      data = JSON.parse(await readFile(file, 'utf8')) as typeof data;
    } catch (reason) {
      throw new NotAttack(`${file} is not JSON: ${(reason as Error).message}`);
    }
    // One by one: a spread of the whole of ATT&CK exceeds the number of arguments.
    for (const object of Array.isArray(data?.objects) ? data.objects : []) objects.push(object);
  }
  const attack = attackFrom(objects);
  if (attack.techniques.size === 0)
    throw new NotAttack(
      `${path} holds no ATT&CK technique. Give enterprise-attack.json of MITRE's attack-stix-data, or its folder.`,
    );
  return attack;
}

function attackFrom(objects: readonly StixObject[]): OfficialAttack {
  const patterns = objects.filter((object) => object.type === 'attack-pattern');
  const idOf = (object: StixObject) =>
    object.external_references?.find((reference) => reference.source_name === 'mitre-attack')?.external_id;
  const byStixId = new Map(patterns.map((pattern) => [pattern.id, idOf(pattern)]));
  const replaced = new Map(
    objects
      .filter((object) => object.relationship_type === 'revoked-by')
      .map((object) => [object.source_ref ?? '', byStixId.get(object.target_ref ?? '') ?? '']),
  );
  const techniques = new Map<string, OfficialTechnique>();
  for (const pattern of patterns) {
    const id = idOf(pattern);
    if (!id) continue;
    techniques.set(id, {
      id,
      name: pattern.name ?? id,
      tactics: (pattern.kill_chain_phases ?? [])
        .filter((phase) => phase.kill_chain_name === 'mitre-attack')
        .map((phase) => phase.phase_name),
      deprecated: pattern.x_mitre_deprecated === true,
      ...(pattern.revoked ? { revokedBy: replaced.get(pattern.id) ?? '' } : {}),
    });
  }
  const version = objects.find((object) => object.type === 'x-mitre-collection')?.x_mitre_version;
  return { ...(version ? { version } : {}), techniques };
}

/** One way in which a technique of the plan is not what ATT&CK has. */
export type Difference = { document: PlanDocument<'technique'> } & (
  | { what: 'unknown' }
  | { what: 'renamed'; to: string }
  | { what: 'moved'; to: string[] }
  | { what: 'revoked'; by: string }
  | { what: 'deprecated' }
);

/** All differences between a plan's techniques and ATT&CK, by technique. One that the plan marks so already is none. */
export function compareWithAttack(plan: Plan, attack: OfficialAttack): Difference[] {
  return documentsOf(plan, 'technique').flatMap((document): Difference[] => {
    const official = attack.techniques.get(document.id);
    const { title, tactics, state, revokedBy } = document.data;
    if (!official) return [{ document, what: 'unknown' }];
    if (official.revokedBy !== undefined)
      return state === 'revoked' && (revokedBy ?? '') === official.revokedBy
        ? []
        : [{ document, what: 'revoked', by: official.revokedBy }];
    if (official.deprecated) return state === 'deprecated' ? [] : [{ document, what: 'deprecated' }];
    return [
      ...(title === official.name ? [] : [{ document, what: 'renamed', to: official.name } as const]),
      ...(sameSet(tactics, official.tactics) ? [] : [{ document, what: 'moved', to: official.tactics } as const]),
    ];
  });
}

const sameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((item) => b.includes(item));

/** A difference in words. */
export function differenceInWords(difference: Difference): string {
  const { document } = difference;
  switch (difference.what) {
    case 'unknown':
      return `${document.id} is not in ATT&CK.`;
    case 'renamed':
      return `${document.id} is called "${difference.to}" in ATT&CK, not "${document.data.title}".`;
    case 'moved':
      return `${document.id} serves ${difference.to.join(', ')} in ATT&CK, not ${document.data.tactics.join(', ')}.`;
    case 'revoked':
      return `${document.id} was revoked${difference.by ? ` and replaced by ${difference.by}` : ''}.`;
    case 'deprecated':
      return `${document.id} is deprecated.`;
  }
}

/**
 * The edits that bring a technique's file in line with ATT&CK. An unknown id is a person's to mend.
 *
 * @param text of the technique's YAML file
 */
export function attackEdits(text: string, differences: readonly Difference[], version: string | undefined): Edit[] {
  const yaml = parseYamlDocument(text);
  const set: [string, string][] = differences.flatMap((difference): [string, string][] => {
    switch (difference.what) {
      case 'renamed':
        return [['title', JSON.stringify(difference.to)]];
      case 'moved':
        return [['tactics', `[${difference.to.join(', ')}]`]];
      case 'revoked':
        return [['state', 'revoked'], ...(difference.by ? [['revokedBy', difference.by] as [string, string]] : [])];
      case 'deprecated':
        return [['state', 'deprecated']];
      default:
        return [];
    }
  });
  if (set.length > 0 && version) set.push(['attackVersion', JSON.stringify(version)]);
  return set.flatMap(([key, value]) => editOf(yaml, text, key, value));
}

function editOf(yaml: Document, text: string, key: string, value: string): Edit[] {
  if (!isMap(yaml.contents)) return [];
  const pair = yaml.contents.items.find((item) => isScalar(item.key) && item.key.value === key);
  const range = (pair?.value as { range?: [number, number, number] } | null | undefined)?.range;
  const keyRange = (pair?.key as { range?: [number, number, number] } | undefined)?.range;
  if (range && keyRange) {
    const colon = text.indexOf(':', keyRange[1]);
    return [{ from: colon + 1, to: trimmedEnd(text, range[1]), text: ` ${value}` }];
  }
  const end = text.endsWith('\n') || text === '' ? '' : '\n';
  return [{ from: text.length, to: text.length, text: `${end}${key}: ${value}\n` }];
}

// The range of a block list runs to the start of the next line.
function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] as string)) at -= 1;
  return at;
}
