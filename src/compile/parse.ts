/** From text to data and tree, one file at a time; nothing here knows of other files. */

import { VFile } from 'vfile';
import type { Place } from '../blocks/block.ts';
import { type Range, report } from '../diagnostics/report.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import type { UsedReference } from '../model/document.ts';
import { shapeInline } from './inline.ts';
import { parseMdx } from './mdx.ts';
import { movesSince, newestSchema, readAsNewest } from './schema-versions/index.ts';
import type { Move } from './schema-versions/step.ts';
import { validate } from './schemas.ts';
import { shape } from './shape.ts';
import type { Shaped } from './shaping.ts';
import { parseYaml, splitFrontMatter, type YamlData } from './yaml.ts';

/** A file that was understood, as far as it could be. */
export interface Parsed {
  file: VFile;
  data: unknown;
  /** False when the data has the wrong shape: it is then in no plan, and its faults are reported. */
  valid: boolean;
  yaml: YamlData;
  body?: Shaped;
  /** The nodes of the body do not know where they stand. */
  withoutPlaces?: true;
  /** Names that the properties use. */
  references: UsedReference[];
  variables: Shaped['variables'];
  /** Paths that the properties link to. */
  links: Shaped['links'];
}

/** Parses plan.yaml. */
export function parseSettings(file: VFile): Parsed {
  // A plan.yaml that is missing or could not be read has its diagnostic; that it is empty would be a second one.
  if (file.messages.some((message) => message.fatal) || reportConflict(file, String(file))) return unread(file);
  const yaml = parseYaml(String(file), file);
  const version = schemaVersionOf(yaml);
  const moves = movesSince(version);
  if (!moves) return parsed(file, yaml, 'plan', 'plan.yaml');
  report(file, 'schema-outdated', { found: version as number, known: newestSchema }, yaml.rangeOf('/schema'));
  const data = { ...(yaml.data as object), schema: newestSchema };
  return parsed(file, { ...yaml, data }, 'plan', 'plan.yaml', moves);
}

const schemaVersionOf = ({ data }: YamlData) => (data as { schema?: unknown } | null | undefined)?.schema;

/** What has moved in the schemas since the version that plan.yaml is written for. */
export function movesOf(settings: VFile): readonly Move[] {
  return movesSince(schemaVersionOf(parseYaml(String(settings), new VFile()))) ?? [];
}

/**
 * Parses a document of a kind.
 *
 * @param places whether the nodes of its body must know where they stand
 * @param moves what has moved since the version that the plan is written for
 */
export function parseDocument(file: VFile, kind: KindDefinition, places = true, moves: readonly Move[] = []): Parsed {
  const text = String(file);
  if (reportConflict(file, text)) return unread(file);
  const what = `The ${kind.label.one.toLowerCase()}`;
  if (file.path.endsWith('.yaml')) return parsed(file, parseYaml(text, file), kind.name, what, moves);
  const front = splitFrontMatter(text);
  if (!front) {
    report(file, 'front-matter-missing', {}, firstLine(text));
    return unread(file);
  }
  const yaml = parseYaml(front.yaml, file, front.offset);
  const result = parsed(file, yaml, kind.name, what, moves);
  const bodyText = text.slice(0, front.bodyOffset).replace(/[^\r\n]/g, ' ') + text.slice(front.bodyOffset);
  const tree = parseMdx(bodyText, file, places);
  if (tree) result.body = shape(tree, bodyText, file, placeOf(kind));
  if (tree && !tree.position) result.withoutPlaces = true;
  return result;
}

/** What the body of a document of a kind is the top of. */
export function placeOf(kind: KindDefinition): Place {
  return kind.body === 'phases' ? 'a phase' : kind.body === 'parts' ? 'an action' : 'a page';
}

function parsed(
  file: VFile,
  asWritten: YamlData,
  schema: Move['schema'],
  what: string,
  moves: readonly Move[] = [],
): Parsed {
  const yaml = moves.length > 0 && asWritten.valid ? inNewestShape(asWritten, schema, moves) : asWritten;
  if (!yaml.valid) return { file, data: undefined, valid: false, yaml, references: [], variables: [], links: [] };
  if (typeof yaml.data !== 'object' || yaml.data === null || Array.isArray(yaml.data)) {
    report(file, 'not-a-mapping', {}, yaml.rangeOf(''));
    return { file, data: undefined, valid: false, yaml, references: [], variables: [], links: [] };
  }
  const { valid, collected } = validate(schema, yaml.data, what, file, {
    value: (pointer) => (pointer === '' ? yaml.keyRangeOf('', firstKey(yaml.data)) : yaml.rangeOf(pointer)),
    key: yaml.keyRangeOf,
  });
  const references: UsedReference[] = collected.references.map(({ expected, text, pointer }) => ({
    expected,
    text,
    // Looked up when something is wrong with the name.
    get range() {
      return yaml.rangeOf(pointer);
    },
  }));
  const variables: Shaped['variables'] = [];
  const links: Shaped['links'] = [];
  for (const { text, pointer } of collected.markdown) {
    // Most properties are plain sentences: only those with a mark of Markdown are parsed.
    if (!/[[{<`\\!&*_]/.test(text)) continue;
    const inline = shapeInline(text, file, () => yaml.rangeOf(pointer));
    references.push(...inline.references);
    variables.push(...inline.variables);
    links.push(...inline.links);
  }
  return { file, data: yaml.data, valid, yaml, references, variables, links };
}

/** Data of an older version as if it were of the newest, at the places where it was written. */
function inNewestShape(yaml: YamlData, schema: Move['schema'], moves: readonly Move[]): YamlData {
  const { data, placeOf } = readAsNewest(schema, yaml.data, moves);
  return { ...yaml, data, rangeOf: (pointer) => yaml.rangeOf(placeOf(pointer)) };
}

const firstKey = (data: unknown) => Object.keys(data as object)[0] ?? '';

function unread(file: VFile): Parsed {
  const yaml: YamlData = {
    data: undefined,
    valid: false,
    rangeOf: () => firstLine(String(file)),
    keyRangeOf: () => firstLine(String(file)),
  };
  return { file, data: undefined, valid: false, yaml, references: [], variables: [], links: [] };
}

function firstLine(text: string): Range {
  const end = text.indexOf('\n');
  const length = end === -1 ? text.length : end;
  return { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: length + 1, offset: length } };
}

/** Conflict markers make everything after them meaningless, so they are the only fault that is told of such a file. */
export function reportConflict(file: VFile, text: string): boolean {
  const opening = text.includes('<<<<<<<') && /^<{7} .*$/m.exec(text);
  if (!opening || !/^>{7} /m.test(text)) return false;
  const line = text.slice(0, opening.index).split('\n').length;
  report(
    file,
    'merge-conflict',
    {},
    {
      start: { line, column: 1, offset: opening.index },
      end: { line, column: opening[0].length + 1, offset: opening.index + opening[0].length },
    },
  );
  return true;
}
