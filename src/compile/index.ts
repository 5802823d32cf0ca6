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
import { checkNames, type Filed, link } from './link.ts';
import { type LoadedFiles, load } from './load.ts';
import { loadWithOverlay } from './overlay.ts';
import { movesOf, type Parsed, parseDocument, parseSettings, reportConflict } from './parse.ts';
import { placeOf } from './place.ts';
import type { Move } from './schema-versions/step.ts';

export interface Compiled {
  /** Undefined when plan.yaml cannot be used; faults in documents leave out those documents alone. */
  plan: Plan | undefined;
  /** Every file, with its diagnostics as messages. */
  files: VFile[];
}

/** What was read of a file, so that it need not be parsed again while its text is the same. */
interface Reading {
  file: VFile;
  /** How many of its messages are of loading it, and of loading and parsing it. What follows is told anew each time. */
  loaded: number;
  parsed: number;
  /** What has moved in the schemas since the version that the plan is written for. */
  moves: readonly Move[];
  /** What plan.yaml holds; of other files, the documents. */
  settings?: Parsed;
  filed: Filed[];
}

/** Readings of the files of a plan by their path, kept from one compilation to the next while it is edited. */
export type Readings = Map<string, Reading>;

/**
 * Reads and checks a plan.
 *
 * @param root folder that holds plan.yaml
 * @param now today, for what is overdue
 * @param overlay file or folder of documents that lie outside the repository
 */
export async function compile(root: string, now: Date, overlay?: string): Promise<Compiled> {
  return compileFiles(await loadPlan(root, overlay), now);
}

/** Reads the files of a plan, with those of an overlay laid over them. */
export function loadPlan(root: string, overlay?: string): Promise<LoadedFiles> {
  return overlay === undefined ? load(root) : loadWithOverlay(root, overlay);
}

/** The same on files that are in memory: an edit that is tried before it is written. */
export function compileFiles(loaded: Omit<LoadedFiles, 'root'>, now: Date): Compiled {
  return linkFiles(loaded).check(now);
}

/** A plan that was linked and can be shown. What is told of its files is complete when it was checked. */
export interface Linked extends Compiled {
  check: (now: Date) => Compiled;
}

/**
 * The stages up to the plan, which is all that a page needs: whoever edits sees the text before it is checked.
 *
 * @param readings of the time before; what has not changed is taken from them, and they are brought up to date
 */
export function linkFiles(
  { files: loaded, images, overlaid = false }: Omit<LoadedFiles, 'root'>,
  readings: Readings = new Map(),
): Linked {
  const read = readAll(loaded, readings);
  const files = read.map(({ file }) => file);
  const settings = read.find((reading) => reading.settings)?.settings as Parsed;
  const linked = () => {
    const filed = read.flatMap((reading) => reading.filed);
    return { filed, plan: settings.valid ? linkPlan(settings, files, filed, { images, overlaid }) : undefined };
  };
  const { plan, filed } = linked();
  const check = (now: Date): Compiled => {
    if (plan) checkPlan(plan, settings, files, filed, now);
    // Faults are pointed at, so what has one is read again with the places of its nodes; most plans have none.
    const vague = read.filter((reading) => reading.file.messages.length > reading.loaded && isVague(reading));
    if (vague.length === 0) return { plan, files };
    for (const reading of vague) readFile(reading, true);
    for (const { file, parsed } of read) file.messages.length = parsed;
    const again = linked();
    if (again.plan) checkPlan(again.plan, settings, files, again.filed, now);
    return { plan: again.plan, files };
  };
  return { plan, files, check };
}

const isVague = ({ filed }: Reading) => filed.some(({ parsed }) => parsed.withoutPlaces);

/** Reads what has changed since the readings, and takes the rest from them. */
function readAll(files: readonly VFile[], readings: Readings): Reading[] {
  // What changes while a plan is edited is being written, and more often has something to point at than not.
  const places = readings.size > 0;
  const settings = files.find((file) => placeOf(file) === 'plan.yaml');
  const moves = settings ? movesOf(settings) : [];
  const read = files.map((file) => {
    const known = readings.get(nameOf(file));
    // Of another version the same text means something else.
    if (known && isUnchanged(known, file) && known.moves.length === moves.length) {
      known.file.messages.length = known.parsed;
      return known;
    }
    const reading: Reading = { file, loaded: file.messages.length, parsed: 0, moves, filed: [] };
    readFile(reading, places);
    return reading;
  });
  readings.clear();
  for (const reading of read) readings.set(nameOf(reading.file), reading);
  return read;
}

// Documents of an overlay can lie in one file.
const nameOf = (file: VFile) => `${file.path}\n${placeOf(file)}`;

function isUnchanged({ file: known, loaded }: Reading, file: VFile): boolean {
  // A file that was not loaded again has the messages of its reading.
  if (known === file) return true;
  return (
    String(known) === String(file) &&
    file.messages.length === loaded &&
    file.messages.every(({ reason }, index) => known.messages[index]?.reason === reason)
  );
}

function readFile(reading: Reading, places: boolean): void {
  const { file, loaded, moves } = reading;
  file.messages.length = loaded;
  if (placeOf(file) === 'plan.yaml') reading.settings = parseSettings(file);
  else reading.filed = fileAway(file, places, moves);
  reading.parsed = file.messages.length;
}

function linkPlan(
  settings: Parsed,
  files: readonly VFile[],
  filed: readonly Filed[],
  given: Required<Pick<LoadedFiles, 'images' | 'overlaid'>>,
): Plan {
  const plan = link(settings, filed, given);
  const lock = lockIn(files);
  if (lock) plan.moved = movedNames(plan, lock);
  return plan;
}

function checkPlan(plan: Plan, settings: Parsed, files: readonly VFile[], filed: readonly Filed[], now: Date): void {
  const byPath = new Map(files.map((file) => [placeOf(file), file]));
  const fileOf = (path: string) => byPath.get(path) as VFile;
  checkNames(plan, settings, filed);
  check(plan, settings, fileOf, now);
  checkAudiences(plan, settings, fileOf);
  checkChanges(plan, new Set(filed.map(({ kind, id }) => `${kind.name}:${id}`)), fileOf);
  // A phase with a fault of its own is told already; its order is then not known.
  if (filed.every(({ kind, parsed }) => kind.name !== 'phase' || parsed.valid)) checkPhases(plan, settings);
  const lock = lockIn(files);
  if (!lock) return;
  const unread = filed.filter(({ parsed }) => !parsed.valid || !parsed.body || isDamaged(parsed.file));
  checkLock(plan, lock, new Set(unread.map(({ kind, id }) => `${kind.name}:${id}`)));
}

/** The list of ids, where there is one that can be read. */
function lockIn(files: readonly VFile[]): VFile | undefined {
  const lock = files.find((file) => placeOf(file) === 'ids.lock');
  return lock && !lock.messages.some((message) => message.fatal) && !reportConflict(lock, String(lock))
    ? lock
    : undefined;
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
function fileAway(file: VFile, places: boolean, moves: readonly Move[]): Filed[] {
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
  return [{ kind, id, parsed: parseDocument(file, kind, places, moves) }];
}

const start = { line: 1, column: 1, offset: 0 };
const nowhere = () => ({ start, end: start });
