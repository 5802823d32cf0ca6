/** The stages in their order: load, parse, link, check. Files become one Plan and one list of diagnostics. */

import type { VFile } from 'vfile';
import { report } from '../diagnostics/report.ts';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { Plan } from '../model/plan.ts';
import { check, checkPhases } from './check.ts';
import { checkAudiences } from './check-audiences.ts';
import { checkChanges } from './check-changes.ts';
import { checkLock, movedNames } from './ids.ts';
import { type Filed, link } from './link.ts';
import { type LoadedFiles, load } from './load.ts';
import { loadWithOverlay } from './overlay.ts';
import { type Parsed, parseDocument, parseSettings, reportConflict } from './parse.ts';
import { placeOf } from './place.ts';

export interface Compiled {
  /** Undefined when plan.yaml cannot be used; faults in documents leave out those documents alone. */
  plan: Plan | undefined;
  /** Every file, with its diagnostics as messages. */
  files: VFile[];
}

/**
 * Reads and checks a plan.
 *
 * @param root folder that holds plan.yaml
 * @param now today, for what is overdue
 * @param overlay file or folder of documents that lie outside the repository
 */
export async function compile(root: string, now: Date, overlay?: string): Promise<Compiled> {
  return compileFiles(overlay === undefined ? await load(root) : await loadWithOverlay(root, overlay), now);
}

/** The same on files that are in memory: an edit that is tried before it is written. */
export function compileFiles({ files, images, overlaid = false }: Omit<LoadedFiles, 'root'>, now: Date): Compiled {
  const loaded = countMessages(files);
  const settingsFile = files.find((file) => file.path === 'plan.yaml') as VFile;
  const settings = parseSettings(settingsFile);
  const filed = new Map(files.map((file) => [file, fileAway(file, false)]));
  if (settings.valid) {
    const parsed = countMessages(files);
    const linked = (): Plan => linkAndCheck(settings, files, [...filed.values()].flat(), { images, overlaid }, now);
    const plan = linked();
    // Faults are pointed at, so what has one is read again with the places of its nodes; most plans have none.
    const vague = files.filter(
      (file) =>
        file.messages.length > (loaded.get(file) ?? 0) && filed.get(file)?.some((one) => one.parsed.withoutPlaces),
    );
    if (vague.length === 0) return { plan, files };
    for (const file of files) file.messages.length = (vague.includes(file) ? loaded : parsed).get(file) ?? 0;
    for (const file of vague) filed.set(file, fileAway(file, true));
    return { plan: linked(), files };
  }
  for (const [file, entries] of filed)
    if (file.messages.length > (loaded.get(file) ?? 0) && entries.some((one) => one.parsed.withoutPlaces)) {
      file.messages.length = loaded.get(file) ?? 0;
      fileAway(file, true);
    }
  return { plan: undefined, files };
}

const countMessages = (files: readonly VFile[]) => new Map(files.map((file) => [file, file.messages.length]));

function linkAndCheck(
  settings: Parsed,
  files: readonly VFile[],
  filed: readonly Filed[],
  given: Required<Pick<LoadedFiles, 'images' | 'overlaid'>>,
  now: Date,
): Plan {
  const plan = link(settings, filed, given);
  const byPath = new Map(files.map((file) => [placeOf(file), file]));
  check(plan, settings, (path) => byPath.get(path) as VFile, now);
  checkAudiences(plan, settings, (path) => byPath.get(path) as VFile);
  checkChanges(plan, new Set(filed.map(({ kind, id }) => `${kind.name}:${id}`)), (path) => byPath.get(path) as VFile);
  // A phase with a fault of its own is told already; its order is then not known.
  if (filed.every(({ kind, parsed }) => kind.name !== 'phase' || parsed.valid)) checkPhases(plan, settings);
  const lock = byPath.get('ids.lock');
  if (lock && !lock.messages.some((message) => message.fatal) && !reportConflict(lock, String(lock))) {
    plan.moved = movedNames(plan, lock);
    checkLock(
      plan,
      lock,
      new Set(
        filed
          .filter(({ parsed }) => !parsed.valid || !parsed.body || isDamaged(parsed.file))
          .map(({ kind, id }) => `${kind.name}:${id}`),
      ),
    );
  }
  return plan;
}

/** Whether a syntax fault may have swallowed a part of a file. */
function isDamaged(file: VFile): boolean {
  return file.messages.some((message) => message.ruleId === 'mdx-syntax');
}

const folders = new Map([...kinds.values()].map((kind) => [kind.folder, kind]));
const usualId = /^[a-z0-9]+(-[a-z0-9]+)*$/;
// Files that belong to the folder and not to the plan.
const notDocuments = /(^|\/)(LICENSE|NOTICE|README)(\.\w+)?$/;

/** Finds the kind and id of a file from its path, and parses it, with the places of its nodes or without. */
function fileAway(file: VFile, places: boolean): Filed[] {
  const path = placeOf(file);
  if (path === 'plan.yaml' || path === 'ids.lock' || path === 'plan-overlay' || path === '.' || notDocuments.test(path))
    return [];
  const [folder = '', ...rest] = path.split('/');
  const name = rest.join('/');
  const kind = folders.get(folder) as KindDefinition | undefined;
  const known = [...folders.keys()];
  if (!kind || rest.length === 0) {
    // A file that could not be read has its diagnostic; where it lies matters less.
    if (file.messages.some((message) => message.fatal)) return [];
    const meant = nearestName(folder, known);
    report(file, 'misplaced-file', { folders: meant ? [meant] : known });
    return [];
  }
  const ending = kind.endings.find((candidate) => name.endsWith(candidate));
  if (!ending) {
    if (file.messages.some((message) => message.fatal)) return [];
    report(file, 'wrong-file-type', { kind: kind.label.one.toLowerCase(), expected: kind.endings.join(' or ') });
    return [];
  }
  const id = name.slice(0, -ending.length);
  if (!(kind.idForm ?? usualId).test(id)) report(file, 'file-name-form', { name: id });
  const unreadable = file.messages.some((message) => message.fatal === true && message.ruleId !== 'file-name-form');
  if (unreadable)
    return [
      {
        kind,
        id,
        parsed: {
          file,
          data: undefined,
          valid: false,
          yaml: { data: undefined, valid: false, rangeOf: nowhere, keyRangeOf: nowhere },
          references: [],
          variables: [],
          links: [],
        },
      },
    ];
  return [{ kind, id, parsed: parseDocument(file, kind, places) }];
}

const start = { line: 1, column: 1, offset: 0 };
const nowhere = () => ({ start, end: start });
