import { existsSync } from 'node:fs';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { compileFiles } from '../../compile/index.ts';
import { isImage, type LoadedFiles, load } from '../../compile/load.ts';
import {
  CannotImport,
  draftsOf,
  type Finished,
  finish,
  formatOf,
  type ImportedKind,
  type ImportOptions,
  imagesIn,
  type Named,
  nameSources,
  type PlacedHeading,
  readSource,
  type Source,
} from '../../imports/index.ts';
import { documentOf, documentsOf, type Plan, phasesOf } from '../../model/plan.ts';
import { CannotRun, type Command, type Outside } from '../command.ts';
import { contentHelp, contentOption, type PlanFolder, planFolder } from '../plan-folder.ts';
import { replaceFile, writeAtomically } from '../write-atomically.ts';

/** What is read of one file. A runbook of 20,000 words has 150 kB; a Word file has its pictures in it. */
const largest = { markdown: 5_000_000, html: 5_000_000, word: 25_000_000, image: 10_000_000 } as const;
const mostFiles = 2_000;
const kindsOfImport: readonly ImportedKind[] = ['runbook', 'page', 'action'];

/** Brings runbooks that a team has into its plan. */
export const importCommand: Command = {
  name: 'import',
  summary: 'Bring runbooks that you have (Markdown, Word, HTML) into the plan as drafts; no word is lost',
  usage: '<file or folder>',
  options: {
    as: { type: 'string' },
    phase: { type: 'string' },
    role: { type: 'string' },
    signal: { type: 'string' },
    id: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    ...contentOption,
  },
  help: {
    as: `what it becomes: ${kindsOfImport.join(', ')}; default: runbook`,
    phase: 'id of the phase for steps under headings that name none; default: they are kept apart',
    role: 'role of the steps; default: the role that leads the first runbook',
    signal: 'signal of the plan that leads to the runbook; default: a draft of one is written',
    id: 'name of the document, where one file is imported; default: from the name of the file',
    'dry-run': 'say what would become of it and write nothing',
    json: 'tell it as JSON',
    ...contentHelp,
  },
  examples: [
    'firebreak import ~/runbooks/phishing.docx',
    'firebreak import ../wiki-export --dry-run',
    'firebreak import ddos.md --phase containment --role it-operations',
  ],
  async run(outside, values, [given, ...others]) {
    if (given === undefined || others.length > 0)
      throw new CannotRun('Name one file or one folder: firebreak import <file or folder>.');
    const folder = await planFolder(outside, values['content']);
    const loaded = await load(folder.root);
    const { plan } = compileFiles(loaded, outside.now);
    if (!plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
    const options = optionsFrom(values, plan, outside);
    const found = await filesAt(resolve(outside.cwd, given), given);
    const id = typeof values['id'] === 'string' ? values['id'] : undefined;
    if (id !== undefined && found.paths.length > 1)
      throw new CannotRun('--id names one document; a folder has several.');
    if (id !== undefined && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
      throw new CannotRun(`"${id}" cannot be an id: small letters, digits and single hyphens only.`);
    const result = await imported(found, id, plan, loaded, options, outside.now);
    if (!values['dry-run']) await writeAll(result, folder);
    if (values['json'])
      outside.stdout.write(`${JSON.stringify(asJson(result, folder, found, Boolean(values['dry-run'])), null, 2)}\n`);
    else tell(result, folder, found, Boolean(values['dry-run']), plan, outside);
    return result.failed.length > 0 ? 1 : 0;
  },
};

interface Found {
  /** The folder beyond which nothing is read. */
  root: string;
  /** From the root, sorted. */
  paths: string[];
  /** Stands before a path, as the user named it. */
  prefix: string;
  /** Files of other formats. */
  others: number;
}

interface Result {
  finished: Finished[];
  failed: { path: string; reason: string }[];
  lock?: { text: string; before: string | undefined } | undefined;
}

function optionsFrom(
  values: Record<string, string | boolean | undefined>,
  plan: Plan,
  { now }: Outside,
): ImportOptions {
  const phases = phasesOf(plan);
  if (phases.length !== 6) throw new CannotRun('The plan does not have its six phases; run `firebreak check` first.');
  const { as = 'runbook', phase, role, signal } = values as Record<string, string | undefined>;
  if (!kindsOfImport.includes(as as ImportedKind))
    throw new CannotRun(`A file cannot be imported as "${as}". Possible are ${kindsOfImport.join(', ')}.`);
  const known = (kind: 'role' | 'signal', id: string | undefined) => {
    if (id !== undefined && !documentOf(plan, kind, id))
      throw new CannotRun(
        `The plan has no ${kind} "${id}". It has ${listed(documentsOf(plan, kind).map((document) => document.id))}.`,
      );
  };
  known('role', role);
  known('signal', signal);
  const otherwise = phases.find(({ id }) => id === phase)?.data.order;
  if (phase !== undefined && otherwise === undefined)
    throw new CannotRun(`The plan has no phase "${phase}". It has ${listed(phases.map(({ id }) => id))}.`);
  return { kind: as as ImportedKind, role, signal, otherwise, today: now.toISOString().slice(0, 10) };
}

const listed = (names: readonly string[]) =>
  names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ') || 'none';

// What a folder holds beside what a team wrote for itself.
const notRunbooks = /^(?:licen[cs]e|contributing|code_of_conduct|changelog|security|notice)\b/i;

async function filesAt(path: string, given: string): Promise<Found> {
  const stats = await lstat(await realpath(path).catch(() => path)).catch(() => undefined);
  if (!stats) throw new CannotRun(`There is no file or folder ${given}.`);
  if (stats.isFile())
    return { root: dirname(path), paths: [basename(path)], prefix: prefixOf(dirname(given)), others: 0 };
  if (!stats.isDirectory()) throw new CannotRun(`${given} is neither a file nor a folder.`);
  const found: Found = { root: path, paths: [], prefix: prefixOf(given), others: 0 };
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    const name = relative(path, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (name.split('/').some((part) => part.startsWith('.') || part === 'node_modules')) continue;
    // Links are not followed: a folder from elsewhere must not lead to other files of this machine.
    if (!entry.isFile()) continue;
    if (formatOf(name) && !notRunbooks.test(entry.name)) found.paths.push(name);
    else if (!isImage(name)) found.others += 1;
  }
  if (found.paths.length === 0) throw new CannotRun(`${given} holds no Markdown, Word or HTML file.`);
  if (found.paths.length > mostFiles)
    throw new CannotRun(
      `${given} holds ${found.paths.length} files; ${mostFiles} are imported at once. Name a folder inside it.`,
    );
  found.paths.sort();
  return found;
}

const prefixOf = (given: string) => (given === '.' || given === '' ? '' : `${given.replace(/\/+$/, '')}/`);

async function imported(
  found: Found,
  id: string | undefined,
  plan: Plan,
  loaded: LoadedFiles,
  options: ImportOptions,
  now: Date,
): Promise<Result> {
  const failed: Result['failed'] = [];
  const sources: Source[] = [];
  for (const path of found.paths) {
    const source = await read(found.root, path).catch(
      (fault: Error) => void failed.push({ path, reason: reasonOf(fault) }),
    );
    if (source) sources.push(source);
  }
  const named: Named[] = [];
  for (const [index, name] of nameSources(sources, id).entries()) {
    const source = sources[index] as Source;
    if (documentOf(plan, options.kind, name) || existsSync(join(loaded.root, `${options.kind}s/${name}.mdx`)))
      failed.push({
        path: source.path,
        reason: `The plan has a ${options.kind} "${name}" already, which is left as it is. Give it another name with --id.`,
      });
    else named.push({ source, id: name, images: await imagesBeside(source, found.root) });
  }
  return checked(named, failed, plan, loaded, options, now);
}

/** Drafts without those that the plan would not take: what is left is looked at again, since ids depend on all. */
function checked(
  named: readonly Named[],
  failed: Result['failed'],
  plan: Plan,
  loaded: LoadedFiles,
  options: ImportOptions,
  now: Date,
): Result {
  const { finished, lock } = finish(draftsOf(named, plan, options), loaded, now);
  const bad = finished.filter(({ errors, lost }) => errors.length > 0 || lost.length > 0);
  if (bad.length === 0) return { finished, failed, lock };
  for (const { source, errors, lost } of bad)
    failed.push({
      path: source.path,
      reason:
        errors.length > 0
          ? `The draft would have an error: ${errors[0]}${errors.length > 1 ? `, and ${errors.length - 1} more` : ''}`
          : `${lost.length} words would be lost (${listed([...new Set(lost)])}). This is a fault of Firebreak; nothing was written.`,
    });
  const good = new Set(finished.filter((draft) => !bad.includes(draft)).map(({ source }) => source));
  if (good.size === 0) return { finished: [], failed };
  return checked(
    named.filter(({ source }) => good.has(source)),
    failed,
    plan,
    loaded,
    options,
    now,
  );
}

async function read(root: string, path: string): Promise<Source> {
  const at = join(root, path);
  const format = formatOf(path);
  const { size } = await lstat(await realpath(at));
  const limit = format ? largest[format] : largest.markdown;
  if (size > limit)
    throw new CannotImport(
      `It has ${size.toLocaleString('en')} bytes; ${limit.toLocaleString('en')} are read at most.`,
    );
  return readSource(path, await readFile(at));
}

function reasonOf(fault: Error): string {
  if (fault instanceof CannotImport) return fault.message;
  if (fault instanceof RangeError) return 'It nests too deeply to be read.';
  const { code } = fault as NodeJS.ErrnoException;
  if (code !== undefined) return `It cannot be read: ${code === 'EACCES' ? 'permission denied' : code}.`;
  throw fault;
}

/** Images that a text names and that lie beside it or below the folder that is imported. */
async function imagesBeside(source: Source, root: string): Promise<Map<string, Uint8Array>> {
  const images = new Map<string, Uint8Array>();
  const real = await realpath(root);
  for (const address of imagesIn(source.tree)) {
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address) || images.has(address)) continue;
    const at = await realpath(join(root, dirname(source.path), unescaped(address))).catch(() => undefined);
    if (at === undefined || !at.startsWith(real + sep) || !isImage(at)) continue;
    const stats = await lstat(at);
    if (!stats.isFile() || stats.size > largest.image) continue;
    const content = await readFile(at);
    // A drawing with a program in it would run when somebody opens it alone.
    if (/\.svg$/i.test(at) && /<script|\son[a-z]+\s*=|javascript:/i.test(content.toString('utf8'))) continue;
    images.set(address, content);
  }
  return images;
}

function unescaped(address: string): string {
  try {
    return decodeURIComponent(address.replace(/[?#].*$/, ''));
  } catch {
    return address;
  }
}

/** Writes new files only; the document last, so that none stands there without what it names. */
async function writeAll({ finished, lock }: Result, folder: PlanFolder): Promise<void> {
  for (const draft of finished) {
    const present = draft.files.find(({ path }) => existsSync(join(folder.root, path)));
    if (present)
      throw new CannotRun(
        `${folder.prefix}${present.path} exists already and is left as it is. Nothing more was written.`,
      );
    for (const { path, content } of draft.files.toReversed()) {
      if (typeof content === 'string') await writeAtomically(join(folder.root, path), content, undefined);
      else await replaceFile(join(folder.root, path), content);
    }
  }
  if (lock && finished.length > 0) await writeAtomically(join(folder.root, 'ids.lock'), lock.text, lock.before);
}

function asJson({ finished, failed }: Result, { prefix }: PlanFolder, found: Found, dryRun: boolean): unknown {
  return {
    dryRun,
    imported: finished.map((draft) => ({
      source: found.prefix + draft.source.path,
      reference: draft.reference,
      title: draft.title,
      files: draft.files.map(({ path }) => prefix + path),
      steps: draft.steps,
      words: draft.words,
      lost: draft.lost,
      headings: draft.headings.map(({ order, ...heading }) => ({ ...heading, phase: order ?? null })),
      contacts: draft.contacts.map((path) => prefix + path),
      imagesMissing: draft.imagesMissing,
      imagesWithoutText: draft.imagesWithoutText,
      leftBehind: draft.source.left,
    })),
    failed: failed.map(({ path, reason }) => ({ source: found.prefix + path, reason })),
    otherFiles: found.others,
  };
}

function tell(result: Result, folder: PlanFolder, found: Found, dryRun: boolean, plan: Plan, outside: Outside): void {
  const say = (line: string) => outside.stdout.write(`${line}\n`);
  const names = ['First minutes', ...phasesOf(plan).map(({ data }) => data.title)];
  for (const draft of result.finished) for (const line of linesOf(draft, folder, found, names)) say(line);
  for (const { path, reason } of result.failed) outside.stderr.write(`${found.prefix}${path}: ${reason}\n`);
  const count = result.finished.length;
  const failed = result.failed.length > 0 ? `, ${result.failed.length} could not be` : '';
  say(
    `${count} ${count === 1 ? 'file' : 'files'} ${dryRun ? 'would be' : 'imported'}${dryRun ? ' imported' : ''}${failed}.`,
  );
  if (found.others > 0) say(`${found.others} files of other formats were left alone.`);
  if (dryRun) say('Nothing was written (--dry-run).');
  else if (count > 0)
    say(
      'Next: `firebreak check` tells what a person must finish. Search for "[TO BE" to find what the sources did not say.',
    );
}

function linesOf(draft: Finished, { prefix }: PlanFolder, found: Found, names: readonly string[]): string[] {
  const source = found.prefix + draft.source.path;
  const at = ({ number, line, column }: PlacedHeading) =>
    line === undefined ? `${source}, heading ${number}:` : `${source}:${line}:${column}`;
  const placed = draft.headings.filter(({ order }) => order !== undefined).length;
  const facts = [
    `${draft.steps} ${draft.steps === 1 ? 'step' : 'steps'}`,
    ...(draft.headings.length > 0 ? [`${placed} of ${draft.headings.length} headings in a phase`] : []),
    `${draft.words.toLocaleString('en')} words, none lost`,
  ];
  const unplaced = draft.headings.filter(({ order }) => order === undefined);
  const several = draft.headings.filter(({ also }) => also);
  return [
    `${source} -> ${prefix}${draft.path}`,
    `  ${facts.join(', ')}`,
    ...(unplaced.length > 0 ? ['  kept under "Not yet placed":'] : []),
    ...unplaced.map((heading) => `    ${at(heading)} ${heading.title} (${heading.because})`),
    ...(several.length > 0 ? ['  names several phases, please look:'] : []),
    ...several.map((heading) => `    ${at(heading)} ${heading.title}: put into ${names[heading.order ?? 0]}`),
    ...(draft.contacts.length > 0
      ? [`  contacts, as drafts: ${draft.contacts.map((path) => prefix + path).join(', ')}`]
      : []),
    ...(draft.imagesMissing.length > 0
      ? [`  images that are not in the folder: ${draft.imagesMissing.map((name) => name.slice(0, 80)).join(', ')}`]
      : []),
    ...(draft.imagesWithoutText > 0 ? [`  images without a description: ${draft.imagesWithoutText}`] : []),
    ...(draft.source.left.length > 0 ? [`  left behind: ${draft.source.left.join(', ')}`] : []),
  ];
}
