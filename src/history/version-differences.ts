/**
 * What each version of a document changed, in words. Contents never change under their ids, so what was worked out once
 * is kept in a file beside the plan and is worth nothing but time: whoever deletes it gets the same again.
 */

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { VFile } from 'vfile';
import { digestOf } from '../compile/digest.ts';
import { decode } from '../compile/load.ts';
import { namedInstruction, outline } from '../compile/outline.ts';
import { parseDocument, parseSettings } from '../compile/parse.ts';
import { parseYaml, splitFrontMatter } from '../compile/yaml.ts';
import { kinds } from '../kinds/index.ts';
import { differenceText } from '../model/difference-text.ts';
import type { Document } from '../model/document.ts';
import { historyText } from '../model/history-text.ts';
import { interfaceText } from '../model/interface-text.ts';
import { documentOf, type Plan, phasesOf } from '../model/plan.ts';
import { linesOf } from './difference-report.ts';
import { type DocumentVersion, type PlanHistory, settingsOf } from './document-history.ts';
import type { Git } from './git.ts';
import type { HistoryLimits } from './limited-history.ts';
import { documentDifference } from './plan-difference.ts';
import { differenceKey, type VersionDifference, type VersionDifferences } from './version-difference.ts';

// What an assurance page counts on. Everything else is told in sentences alone, so that the file stays small.
const recordNames = new Set([
  'review',
  'approvals',
  'status',
  'held',
  'verifiedOn',
  'holders',
  'incidents',
  'actionItems',
  'changes',
]);

// To be raised when the same contents give other words.
const form = 4;

/**
 * Works out what every version of every document changed.
 *
 * @param cache a file to keep it in
 * @param limits what the audience of the plan may hear
 */
export async function versionDifferences(
  plan: Plan,
  history: PlanHistory,
  git: Git,
  cache?: string,
  limits?: HistoryLimits,
): Promise<VersionDifferences> {
  const wanted = [...history.versions].flatMap(([name, versions]) => {
    const document = plan.documents.get(name) ?? settingsOf(plan);
    // What a merge changed in the approvals, some commit of its branch wrote: whose signature counts is asked of that one.
    const inside = versions.flatMap(({ brought }) =>
      brought.map((commit) => ({ ...commit, what: 'changed' as const })),
    );
    return [...versions, ...inside].filter(isTold).map((version) => ({ document, version }));
  });
  const key = keyOf(plan, limits?.audience);
  const kept = cache ? await readCache(cache, key) : new Map<string, VersionDifference>();
  const missing = wanted.filter(({ version }) => !kept.has(differenceKey(version)));
  const contents = await contentsOf(
    git,
    missing.flatMap(({ version }) => [version.before, version.after]).filter((id) => !isNothing(id)),
  );
  const words = differenceText(plan.settings.language);
  const parsed = new Map<string, Document | undefined>();
  const documentOfContent = (id: string, like: Document) => {
    if (!parsed.has(id)) parsed.set(id, asDocument(plan, like, contents.get(id)));
    return parsed.get(id);
  };
  for (const { document, version } of missing) {
    if (isNothing(version.before)) {
      const records = recordsIn(document, contents.get(version.after));
      kept.set(differenceKey(version), { lines: [], steps: [], records });
      continue;
    }
    const before = documentOfContent(version.before, document);
    const after = documentOfContent(version.after, document);
    const isTold = !limits || (before && after && limits.mayTell(before) && limits.mayTell(after));
    if (!isTold) {
      const lines = [historyText(plan.settings.language).untold];
      kept.set(differenceKey(version), { lines, steps: [], records: [], untold: true });
      continue;
    }
    const found = before && after && documentDifference(before, after, plan, new Map());
    kept.set(differenceKey(version), {
      lines: before && after ? (found ? linesOf({ ...found, usedBy: [] }, plan, words) : []) : [words.unreadVersion],
      steps: found ? found.steps.map(({ id, what }) => ({ id, what })) : [],
      records: found ? found.fields.filter(({ path }) => recordNames.has(path[0] ?? '')) : [],
    });
  }
  const used = new Map(
    wanted.map(({ version }) => [differenceKey(version), kept.get(differenceKey(version)) as VersionDifference]),
  );
  if (cache && missing.length > 0) await writeCache(cache, key, used);
  return used;
}

/** What changed the content, or brought it; where a shallow clone begins, nobody knows. */
function isTold({ what, before, after }: Pick<DocumentVersion, 'what' | 'before' | 'after'>): boolean {
  return what !== 'first-known' && before !== after && !isNothing(after);
}

const isNothing = (id: string) => /^0+$/.test(id);

/** What a first version said that somebody did on a day; the rest of it is not compared with anything. */
function recordsIn(document: Document, content: Uint8Array | undefined): VersionDifference['records'] {
  if (!content) return [];
  const file = new VFile({ path: document.path, value: '' });
  decode(content, file);
  const text = String(file);
  const yaml = document.path.endsWith('.mdx') ? splitFrontMatter(text)?.yaml : text;
  const { data } = parseYaml(yaml ?? '', file);
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, after]) => (recordNames.has(name) ? [{ path: [name], after }] : []));
}

/** The words name phases and actions as the plan has them now, so they hold for as long as these do. */
function keyOf(plan: Plan, audience: string | undefined): string {
  const actions = [...plan.documents.values()].flatMap(({ kind, id, data }) =>
    kind === 'action' ? [[id, data.title]] : [],
  );
  const phases = phasesOf(plan).map(({ id, data }) => [id, data.title]);
  return digestOf([form, audience, plan.settings.language, [...plan.variables], phases, actions]);
}

async function contentsOf(git: Git, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return new Map();
  const printed = await git.bytes(['cat-file', '--batch'], { input: `${unique.join('\n')}\n` });
  const contents = new Map<string, Uint8Array>();
  let at = 0;
  // For each: the id, the type, the length in bytes and a line break; the bytes and a line break. What a partial clone
  // does not hold has one line.
  for (const id of unique) {
    const start = printed.indexOf('\n', at) + 1;
    const [, type, length] = printed
      .subarray(at, start - 1)
      .toString('latin1')
      .split(' ');
    if (type !== 'blob') {
      at = start;
      continue;
    }
    contents.set(id, printed.subarray(start, start + Number(length)));
    at = start + Number(length) + 1;
  }
  return contents;
}

/** A content read as the document that it became, with the actions and phases of today. */
function asDocument(plan: Plan, like: Document, content: Uint8Array | undefined): Document | undefined {
  const kind = kinds.get(like.kind);
  if (!content) return undefined;
  const file = new VFile({ path: like.path, value: '' });
  decode(content, file);
  const { data, body, references, yaml } = kind ? parseDocument(file, kind, false) : parseSettings(file);
  if (typeof data !== 'object' || data === null) return undefined;
  const { kind: name, id, path } = like;
  const named = [...references, ...(body?.references ?? [])];
  const document = { kind: name, id, path, data, digest: '', references: named, rangeOf: yaml.rangeOf } as Document;
  if (!body || !kind) return document;
  const phases = phasesOf(plan).map((phase) => ({ id: phase.id, title: phase.data.title, order: phase.data.order }));
  document.body = outline(body.tree, kind, phases, interfaceText(plan.settings.language).firstMinutes);
  for (const step of document.body.steps)
    step.instruction = namedInstruction(
      step,
      (action) => documentOf(plan, 'action', action)?.data.title,
      plan.variables,
    );
  return document;
}

async function readCache(path: string, key: string): Promise<Map<string, VersionDifference>> {
  try {
    const read = JSON.parse(await readFile(path, 'utf8')) as {
      key: string;
      differences: Record<string, VersionDifference>;
    };
    return new Map(read.key === key ? Object.entries(read.differences) : []);
  } catch {
    return new Map();
  }
}

/** A folder that cannot be written costs time at the next build, and nothing else. */
async function writeCache(path: string, key: string, differences: VersionDifferences): Promise<void> {
  const beside = `${path}.${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(join(dirname(path), '.gitignore'), '*\n');
    await writeFile(beside, JSON.stringify({ key, differences: Object.fromEntries(differences) }));
    await rename(beside, path);
  } catch {
    return;
  }
}
