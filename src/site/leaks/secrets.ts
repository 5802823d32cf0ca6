/** What a build for an audience must not hold: worked out from the plan as a whole and from the plan of the audience. */

import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Nodes, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { channelsFor, isBlockKept, requireAudience, textsOf } from '../../compile/audience.ts';
import { shapeInline } from '../../compile/inline.ts';
import { kinds } from '../../kinds/index.ts';
import { blanksIn } from '../../model/blank.ts';
import { type Block, isBlock, isPhrasing, type Variable } from '../../model/content.ts';
import type { Plan } from '../../model/plan.ts';
import { eachRun, hyphenatedIn, wordsIn } from './words.ts';

/** Plain data: another process than the one that knows the plan does the scan. */
export interface Secrets {
  audience: string;
  /** Runs of four words, with the place in `sources` of what they come from. */
  runs: Map<number, number>;
  /** Beginnings of single words, for the search index, with which no word begins that may be read. */
  words: Set<string>;
  /** Digits of telephone numbers, and other values as they are searched for in lower case. */
  telephones: Map<string, number>;
  values: Map<string, number>;
  /** Ids with a hyphen, alone; and `kind:id` of all. */
  ids: Map<string, number>;
  references: Map<string, number>;
  /** Folder of each kind, by which a path names a document. */
  folders: Map<string, string>;
  /** `kind:id`, or plan.yaml. */
  sources: string[];
}

// What is shorter stands in every page by chance: 112.
const shortestNumber = 6;
const shortestValue = 6;
const longestHeading = 12;
const shortestBeginning = 4;
const longestEnding = 5;

/** The secrets of a build; undefined when its audience reads the whole plan. */
export function secretsOf(whole: Plan, plan: Plan): Secrets | undefined {
  if (plan.documents === whole.documents || !plan.audience) return undefined;
  const open = new Open();
  const readable = textsOfPlan(plan);
  for (const { texts } of readable) for (const text of texts) open.add(text);
  for (const text of aroundNames(whole, plan)) open.add(text);
  for (const text of whole.settings.notSecret ?? []) open.add(text);
  for (const [name, { body }] of plan.documents) {
    open.add(name);
    for (const { id } of [...(body?.steps ?? []), ...(body?.sections ?? [])]) open.add(`${name}#${id}`);
  }
  for (const source of engineSources()) open.addSource(source);

  const secrets: Secrets = {
    audience: plan.audience.id,
    runs: new Map(),
    words: new Set(),
    telephones: new Map(),
    values: new Map(),
    ids: new Map(),
    references: new Map(),
    folders: new Map([...kinds.values()].map(({ name, folder }) => [folder, name])),
    sources: [],
  };
  for (const { source, texts } of textsOfPlan(whole)) {
    const place = secrets.sources.push(source) - 1;
    for (const text of texts) {
      if (open.has(text)) continue;
      const words = wordsIn(text);
      eachRun(words, (run) => {
        if (!open.runs.has(run) && !secrets.runs.has(run)) secrets.runs.set(run, place);
      });
      for (const word of words)
        for (const beginning of beginningsOf(word)) if (!open.begins(beginning)) secrets.words.add(beginning);
    }
  }
  addValues(
    secrets,
    whole,
    plan,
    readable
      .flatMap(({ texts }) => texts)
      .join('\n')
      .toLowerCase(),
  );
  addIds(secrets, whole, plan, open);
  return secrets;
}

/**
 * What the index may hold of a word: Pagefind cuts off an ending, and changes a letter at most before it. Short words
 * and numbers are everywhere.
 */
function* beginningsOf(word: string): Generator<string> {
  if (!/^\p{L}{4,}$/u.test(word)) return;
  for (let length = Math.max(shortestBeginning, word.length - longestEnding); length <= word.length; length += 1)
    yield word.slice(0, length);
}

/** What may be in the build. */
class Open {
  readonly runs = new Set<number>();
  readonly hyphenated = new Set<string>();
  readonly references = new Set<string>();
  readonly #words = new Set<string>();
  readonly #beginnings = new Set<string>();
  readonly #texts = new Set<string>();

  add(text: string): void {
    // Titles and short phrases come again and again.
    if (this.#texts.has(text)) return;
    this.#texts.add(text);
    const words = wordsIn(text);
    eachRun(words, (run) => this.runs.add(run));
    for (const word of words) this.#addWord(word);
    // The anchor of a heading.
    if (words.length <= longestHeading) this.hyphenated.add(words.join('-'));
    for (const token of hyphenatedIn(text)) {
      this.hyphenated.add(token);
      // The index joins what a hyphen divides.
      this.#addWord(token.toLowerCase().replaceAll('-', ''));
    }
    // It also divides words where small and capital letters meet.
    for (const [, mixed = ''] of text.matchAll(/(\w*\p{Ll}\p{Lu}\w*)/gu))
      for (const piece of wordsIn(mixed.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))) this.#addWord(piece);
  }

  /** A file of the engine: a text ends where a value is put into it, or where a tag or another text begins. */
  addSource(source: string): void {
    // In the help a link is read as its words, and in an example as it is written.
    for (const form of [source, source.replace(/\]\([^)\s]*\)/g, '')])
      for (const text of form.split(/\$\{|[`"]|(?<=\W)'|'(?=\W)|<[^>]*>|\{/)) this.add(text);
    for (const token of hyphenatedIn(source)) this.hyphenated.add(token);
    for (const [name] of source.matchAll(/[a-z]+:[A-Za-z0-9][A-Za-z0-9.-]*/g)) this.references.add(name);
  }

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  /** Whether a word that may be read begins so. */
  begins(beginning: string): boolean {
    return this.#beginnings.has(beginning);
  }

  #addWord(word: string): void {
    if (this.#words.has(word)) return;
    this.#words.add(word);
    for (let length = 1; length <= word.length; length += 1) this.#beginnings.add(word.slice(0, length));
  }
}

function addValues(secrets: Secrets, whole: Plan, plan: Plan, said: string): void {
  const audience = requireAudience(whole, plan.audience?.id ?? '');
  const notSecret = new Set((whole.settings.notSecret ?? []).map((text) => text.toLowerCase()));
  const { readable, withheld } = channelsFor(whole, audience);
  const openValues = new Set(readable.map(({ value }) => value.toLowerCase()));
  for (const { value } of withheld) {
    const lower = value.toLowerCase();
    if (!openValues.has(lower) && !notSecret.has(lower)) addValue(secrets, value, 'a contact');
  }
  // A value of a variable may also be a word of everyday; that of a contact never stands anywhere else.
  for (const [name, value] of whole.variables)
    if (!plan.variables.has(name) && !said.includes(value.toLowerCase()) && !notSecret.has(value.toLowerCase()))
      addValue(secrets, value, `the variable ${name}`);
}

function addValue(secrets: Secrets, value: string, source: string): void {
  // What is still to be filled in says nothing, and the help about a new plan says it too.
  if (blanksIn(value).some(({ text }) => text === value.trim())) return;
  const place = secrets.sources.push(source) - 1;
  const digits = value.replace(/\D/g, '');
  if (/^[+0-9 ()./-]+$/.test(value)) {
    if (digits.length >= shortestNumber) secrets.telephones.set(digits, place);
  } else if (value.length >= shortestValue) secrets.values.set(value.toLowerCase(), place);
}

function addIds(secrets: Secrets, whole: Plan, plan: Plan, open: Open): void {
  for (const [name, document] of whole.documents) {
    const left = plan.documents.get(name);
    const place = secrets.sources.push(name) - 1;
    if (!left && !open.references.has(name)) secrets.references.set(name, place);
    const ids = [...(left ? [] : [document.id]), ...lostSteps(document, left)];
    for (const id of ids) if (id.includes('-') && !open.hyphenated.has(id)) secrets.ids.set(id, place);
  }
}

function lostSteps(document: { body?: { steps: { id: string }[] } }, left: typeof document | undefined): string[] {
  const kept = new Set((left?.body?.steps ?? []).map(({ id }) => id));
  return (document.body?.steps ?? []).flatMap(({ id }) => (kept.has(id) ? [] : [id]));
}

/**
 * What documents that may be read say around the names that were taken out of them. An older version may say it without
 * the name being a link, and then it is no secret.
 */
function aroundNames(whole: Plan, plan: Plan): string[] {
  const audience = requireAudience(whole, plan.audience?.id ?? '');
  return [...plan.documents.keys()].flatMap((name) => {
    const tree = whole.documents.get(name)?.body?.tree;
    return tree ? textsOfTree(tree.children, plan, (block) => isBlockKept(whole, audience, block)) : [];
  });
}

/** All that documents and plan.yaml say, a text for each piece that is read as one. */
function textsOfPlan(plan: Plan): { source: string; texts: string[] }[] {
  const { settings, documents, variables } = plan;
  return [
    {
      source: 'plan.yaml',
      texts: [...textsOf(settings), ...variables.values()].flatMap((text) => propertyTexts(text, plan)),
    },
    ...[...documents].map(([source, document]) => ({
      source,
      texts: [
        document.id,
        ...textsOf(document.data).flatMap((text) => propertyTexts(text, plan)),
        ...(document.body ? textsOfTree(document.body.tree.children, plan) : []),
        ...(document.body?.steps ?? []).flatMap(({ id, instruction }) => [id, instruction]),
      ],
    })),
  ];
}

/** A property as it is written, and as it reads where it holds Markdown. */
function propertyTexts(text: string, plan: Plan): string[] {
  return /[[{`*_\\]/.test(text) ? [text, ...textsOfTree(shapeInline(text).tree.children, plan)] : [text];
}

function textsOfTree(
  nodes: readonly RootContent[],
  plan: Plan,
  leavesOut: (block: Block) => boolean = () => false,
): string[] {
  return nodes.flatMap((node): string[] => {
    if (isBlock(node) && leavesOut(node)) return [];
    const own = isBlock(node) ? textsOf((node as Block).attributes) : node.type === 'image' ? [node.alt ?? ''] : [];
    if ('value' in node && node.type !== 'variable') return [node.value];
    if (!('children' in node)) return own;
    const children = node.children as RootContent[];
    if (!children.every(isPhrasing)) return [...own, ...textsOfTree(children, plan, leavesOut)];
    return [...own, readAs(node as Nodes, plan), ...addressesIn(children)];
  });
}

function readAs(node: Nodes, plan: Plan): string {
  if (node.type === 'variable') return plan.variables.get((node as Variable).value) ?? '';
  if ('children' in node) return node.children.map((child) => readAs(child as Nodes, plan)).join('');
  return plainText(node);
}

/** Where links lead, and what images are called. */
function addressesIn(nodes: readonly RootContent[]): string[] {
  return nodes.flatMap((node): string[] => [
    ...(node.type === 'link' || node.type === 'image' ? [node.url, node.title ?? ''] : []),
    ...('children' in node ? addressesIn(node.children as RootContent[]) : []),
  ]);
}

// What the engine itself can say: its own text is in every build, and no secret of a plan.
const engineFolders = ['../../model/', '../../blocks/', '../../kinds/', '../../site/', '../../../schemas/'];
const endings = new Set(['.ts', '.js', '.astro', '.mdx', '.txt', '.json', '.css', '.conf', '']);

let engine: string[] | undefined;

function engineSources(): string[] {
  engine ??= engineFolders
    .map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && endings.has(extname(entry.name)))
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
    );
  return engine;
}
