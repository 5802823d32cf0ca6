/** From what a team has to drafts of its plan: read, arrange, compose, then check as any plan is checked. */

import { posix } from 'node:path';
import type { Nodes } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { VFile } from 'vfile';
import { stringify } from 'yaml';
import { compileFiles } from '../compile/index.ts';
import { isImage, type LoadedFiles } from '../compile/load.ts';
import { mend } from '../compile/mend.ts';
import type { Document } from '../model/document.ts';
import { importText } from '../model/import-text.ts';
import { interfaceText } from '../model/interface-text.ts';
import { documentOf, documentsOf, type Plan, phasesOf } from '../model/plan.ts';
import type { ContactData } from '../model/schema-types.ts';
import { imageInAddress, type Leads } from './addresses.ts';
import { arrange, type PlacedHeading } from './arrange.ts';
import { type Composed, composeAction, composePage, composeRunbook, type Given } from './compose.ts';
import { contactsIn } from './contacts.ts';
import { readHtml } from './html.ts';
import { readMarkdown } from './markdown.ts';
import { codeFor, idFrom, titleFrom } from './names.ts';
import { type Outline, outlineOf } from './parts.ts';
import { CannotImport, formatOf, type Source } from './source.ts';
import { readWord } from './word.ts';
import { countWords, lostWords, saidBy, textsIn, wordsOf } from './words.ts';

export { imagesIn } from './addresses.ts';
export type { PlacedHeading } from './arrange.ts';
export { CannotImport, formatOf, type Source } from './source.ts';

export type ImportedKind = 'runbook' | 'page' | 'action';

/** What the user asked for. */
export interface ImportOptions {
  kind: ImportedKind;
  /** Role of every step, owner of the document; default: the role that leads the plan's first runbook. */
  role?: string | undefined;
  /** Signal that leads to the runbook; default: a draft of one. */
  signal?: string | undefined;
  /** Order of the phase for steps that stand under no name of a phase; default: they are kept apart. */
  otherwise?: number | undefined;
  /** Today as YYYY-MM-DD. */
  today: string;
}

/** One file of a plan that an import writes. */
interface ImportedFile {
  /** From the plan's folder. */
  path: string;
  content: string | Uint8Array;
}

/** A source with the name that it gets in the plan. */
export interface Named {
  source: Source;
  id: string;
  /** Images beside the source, by the address that its text names. */
  images: ReadonlyMap<string, Uint8Array>;
}

/** What one source became. */
export interface Draft {
  source: Source;
  /** `runbook:phishing` */
  reference: string;
  path: string;
  title: string;
  files: ImportedFile[];
  headings: PlacedHeading[];
  contacts: string[];
  imagesMissing: string[];
  imagesWithoutText: number;
  /** Addresses that became others: of documents that are imported too, and of images that are copied. */
  led: string[];
  /** Words that are ours and not the source's. */
  added: string;
}

/** A draft as it will be written, and what was made sure of. */
export interface Finished extends Draft {
  steps: number;
  words: number;
  lost: string[];
  errors: string[];
}

/** Reads a file by its ending. */
export async function readSource(path: string, bytes: Uint8Array): Promise<Source> {
  switch (formatOf(path)) {
    case 'markdown':
      return readMarkdown(path, bytes);
    case 'html':
      return readHtml(path, bytes);
    case 'word':
      return readWord(path, bytes);
    default:
      throw new CannotImport('Markdown (.md), Word (.docx) and HTML (.html) are read. Save it as one of them.');
  }
}

/** Ids for sources that come together: from their file names, each once. */
export function nameSources(sources: readonly Source[], id: string | undefined): string[] {
  const taken = new Set<string>();
  return sources.map(({ path }) => {
    const wanted = id ?? idFrom(path);
    let free = wanted;
    for (let count = 2; taken.has(free); count += 1) free = `${wanted.slice(0, 60)}-${count}`;
    taken.add(free);
    return free;
  });
}

/**
 * Makes drafts of sources.
 *
 * @param plan into which they go
 */
export function draftsOf(sources: readonly Named[], plan: Plan, options: ImportOptions): Draft[] {
  const references = new Map(sources.map(({ source, id }) => [posix.normalize(source.path), `${options.kind}:${id}`]));
  const taken = takenNames(plan, options.kind);
  return sources.map((named) => draftOf(named, plan, options, taken, references));
}

interface Taken {
  titles: Set<string>;
  codes: Set<string>;
  contactIds: Set<string>;
  contacts: Set<string>;
  signalTitles: Set<string>;
}

const namesOf = (documents: readonly Document[]) =>
  documents.flatMap(({ data }) => {
    const { title, aliases = [] } = data as { title: string; aliases?: string[] };
    return [title, ...aliases].map((name) => name.toLowerCase());
  });

function takenNames(plan: Plan, kind: ImportedKind): Taken {
  const contacts = documentsOf(plan, 'contact');
  return {
    titles: new Set(namesOf(documentsOf(plan, kind))),
    codes: new Set(documentsOf(plan, 'runbook').map(({ data }) => data.code)),
    contactIds: new Set(contacts.map(({ id }) => id)),
    contacts: new Set([
      ...namesOf(contacts),
      ...contacts.flatMap(({ data }) => data.channels.map(({ value }) => value.toLowerCase())),
    ]),
    signalTitles: new Set(namesOf(documentsOf(plan, 'signal'))),
  };
}

/** A name that nobody has yet: the wanted one, or one that says where it comes from. */
function freeName(wanted: string, taken: Set<string>, mark: string): string {
  let name = wanted;
  for (let count = 1; taken.has(name.toLowerCase()); count += 1)
    name = `${wanted.slice(0, 100)} (${mark}${count > 1 ? ` ${count}` : ''})`;
  taken.add(name.toLowerCase());
  return name;
}

function draftOf(
  { source, id, images }: Named,
  plan: Plan,
  options: ImportOptions,
  taken: Taken,
  references: ReadonlyMap<string, string>,
): Draft {
  const text = importText(plan.settings.language);
  const titles = [interfaceText(plan.settings.language).firstMinutes, ...phasesOf(plan).map(({ data }) => data.title)];
  const outline = outlineOf(source.tree, titles);
  const titleInSource =
    (outline.title && plainText(outline.title).replace(/\s+/g, ' ').trim()) || source.title || titleFrom(source.path);
  const title = freeName(titleFrom(titleInSource), taken.titles, text.imported);
  const files: ImportedFile[] = [];
  const missing = new Set<string>();
  const led: string[] = [];
  const leads: Leads = {
    document: (address) => {
      const reference = references.get(posix.join(posix.dirname(posix.normalize(source.path)), pathIn(address)));
      if (reference !== undefined) led.push(address);
      return reference;
    },
    image: (address) => {
      const here = imageInAddress(address);
      const content = here?.content ?? source.embedded.get(address) ?? images.get(address);
      const name = here ? `image-${files.length + 1}.${here.ending}` : imageName(address);
      if (!content || !isImage(name)) {
        missing.add(address);
        return undefined;
      }
      led.push(address);
      const path = `images/${id}/${name}`;
      if (!files.some((file) => file.path === path)) files.push({ path, content });
      return `../${path}`;
    },
    imageWithoutText: text.imageWithoutText,
    imageElsewhere: text.imageElsewhere,
  };
  const given: Given = {
    title,
    titleInSource,
    code: options.kind === 'runbook' ? codeFor(title, taken.codes) : '',
    role: roleFor(plan, options),
    criticality: plan.settings.priority.criticality[0]?.id ?? '',
    impact: plan.settings.priority.impact[0]?.id ?? '',
    signal: options.signal ?? `${id.slice(0, 50).replace(/-+$/, '')}-suspected`,
    titles,
    source: posix.basename(source.path),
    today: options.today,
    text,
    leads,
  };
  const { composed, headings } = compose(source, outline, given, options);
  const path = `${options.kind}s/${id}.mdx`;
  const withoutText = composed.text.split(`![${text.imageWithoutText.replace('[', '\\[')}`).length - 1;
  const contacts = contactFiles(source, taken, text.contactSummary(given.source));
  return {
    source,
    reference: `${options.kind}:${id}`,
    path,
    title,
    files: [
      { path, content: composed.text },
      ...(options.kind === 'runbook' && options.signal === undefined ? [signalFile(given, plan, taken)] : []),
      ...contacts,
      ...files,
    ],
    headings,
    contacts: contacts.map((file) => file.path),
    imagesMissing: [...missing],
    imagesWithoutText: withoutText,
    led,
    added: composed.added,
  };
}

function compose(
  source: Source,
  outline: Outline,
  given: Given,
  { kind, otherwise }: ImportOptions,
): { composed: Composed; headings: PlacedHeading[] } {
  if (kind === 'page') return { composed: composePage(source, outline, given), headings: [] };
  if (kind === 'action') return { composed: composeAction(source, outline, given), headings: [] };
  const arrangement = arrange(outline, given.titles, otherwise);
  keepFirstMinutesShort(arrangement.phases);
  return { composed: composeRunbook(source, outline, arrangement, given), headings: arrangement.headings };
}

// More than five are not done before the situation has changed (the same limit as `too-many-first-steps`).
const mostFirstSteps = 5;

/** What is too much for First minutes begins Identification, in the same order. */
function keepFirstMinutesShort(phases: ReturnType<typeof arrange>['phases']): void {
  const first = phases.get(0) ?? [];
  const steps = first.flatMap((piece, index) => ('step' in piece ? [index] : []));
  const end = steps[mostFirstSteps];
  if (end === undefined) return;
  phases.set(0, first.slice(0, end));
  phases.set(2, [...first.slice(end), ...(phases.get(2) ?? [])]);
}

function roleFor(plan: Plan, { role }: ImportOptions): string {
  const first = documentOf(plan, 'runbook', plan.settings.home.firstRunbook)?.data.roles[0];
  const known = role ?? first ?? documentsOf(plan, 'role')[0]?.id;
  if (known === undefined || !documentOf(plan, 'role', known))
    throw new CannotImport(
      known === undefined
        ? 'The plan has no role that could have the steps. Write one in roles/ first.'
        : `The plan has no role "${known}". Its roles are ${documentsOf(plan, 'role')
            .map(({ id }) => id)
            .join(', ')}.`,
    );
  return known;
}

function signalFile({ signal, title, text }: Given, plan: Plan, taken: Taken): ImportedFile {
  const data = {
    title: freeName(text.signalTitle(title).slice(0, 120), taken.signalTitles, text.imported),
    summary: text.signalSummary,
    group: plan.settings.signalGroups[0]?.id,
  };
  return { path: `signals/${signal}.yaml`, content: stringify(data, { lineWidth: 110 }) };
}

function contactFiles({ tree }: Source, taken: Taken, summary: string): ImportedFile[] {
  return contactsIn(tree).flatMap((found) => {
    const known = [found.title, ...found.channels.map(({ value }) => value)].some((name) =>
      taken.contacts.has(name.toLowerCase()),
    );
    if (known) return [];
    const wanted = idFrom(found.title);
    let id = wanted;
    for (let count = 2; taken.contactIds.has(id); count += 1) id = `${wanted.slice(0, 60)}-${count}`;
    taken.contactIds.add(id);
    for (const name of [found.title, ...found.channels.map(({ value }) => value)])
      taken.contacts.add(name.toLowerCase());
    const data: ContactData = { title: found.title, summary, channels: found.channels };
    return [{ path: `contacts/${id}.yaml`, content: stringify(data, { lineWidth: 110 }) }];
  });
}

const pathIn = (address: string) => {
  try {
    return decodeURIComponent(address.replace(/[?#].*$/, ''));
  } catch {
    return address;
  }
};

function imageName(address: string): string {
  const name = posix.basename(pathIn(address.replace(/^embedded:/, '')));
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9.]+/g, '-')
      .replace(/^[-.]+|-+(?=\.|$)/g, '') || 'image.png'
  );
}

/**
 * Gives ids, checks each draft as a part of the plan, and compares its words with those of the source. Nothing is
 * written.
 *
 * @returns the drafts as they will be, and ids.lock where it changes
 */
export function finish(
  drafts: readonly Draft[],
  loaded: LoadedFiles,
  now: Date,
): { finished: Finished[]; lock?: { text: string; before: string | undefined } } {
  const texts = (changed: ReadonlyMap<string, string>) => {
    const present = new Set(loaded.files.map(({ path }) => path));
    const added = drafts.flatMap(({ files }) =>
      files.flatMap(({ path, content }) =>
        typeof content === 'string' && !present.has(path)
          ? [new VFile({ path, value: changed.get(path) ?? content })]
          : [],
      ),
    );
    const kept = loaded.files.map((file) => new VFile({ path: file.path, value: String(file) }));
    return [...kept, ...added].sort((a, b) => (a.path < b.path ? -1 : 1));
  };
  const images = new Set([
    ...loaded.images,
    ...drafts.flatMap(({ files }) => files.flatMap(({ path, content }) => (typeof content === 'string' ? [] : [path]))),
  ]);
  const without = compileFiles({ files: texts(new Map()), images }, now);
  const mended = new Map(mend(without, now).map((file) => [file.path, file]));
  const changed = new Map([...mended].map(([path, { text }]) => [path, text]));
  const { plan, files } = compileFiles({ files: texts(changed), images }, now);
  const finished = drafts.map((draft): Finished => {
    const own = draft.files.map((file) =>
      typeof file.content === 'string' ? { ...file, content: changed.get(file.path) ?? file.content } : file,
    );
    const paths = new Set(own.map(({ path }) => path));
    const errors = files
      .filter(({ path }) => paths.has(path))
      .flatMap((file) =>
        file.messages
          .filter((message) => message.fatal)
          .map(
            (message) =>
              `${file.path}:${message.line ?? 1}:${message.column ?? 1} ${message.reason} (${message.ruleId})`,
          ),
      );
    const [kind = '', id = ''] = draft.reference.split(':');
    const document = plan && documentOf(plan, kind as ImportedKind, id);
    return {
      ...draft,
      files: own,
      steps: document?.body?.steps.length ?? 0,
      words: countWords(wordsOf(draft.source.said)),
      lost: document
        ? lostWords(`${draft.source.said}\n${draft.added}`, `${saidByDocument(document)}\n${draft.led.join('\n')}`)
        : [],
      errors,
    };
  });
  const lock = mended.get('ids.lock');
  return { finished, ...(lock ? { lock: { text: lock.text, before: lock.before } } : {}) };
}

/** All that a document says: its properties and its body. */
function saidByDocument(document: Document): string {
  return `${textsIn(document.data)}\n${document.body ? saidBy(document.body.tree as Nodes) : ''}`;
}
