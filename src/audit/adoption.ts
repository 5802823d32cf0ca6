/** How far a plan is from adopted: what is still blank, whom nobody can call, what nobody has approved. */

import type { VFile } from 'vfile';
import { isDraft } from '../compile/status.ts';
import { blanksIn, isBlank } from '../model/blank.ts';
import type { Document } from '../model/document.ts';
import { documentsOf, type Plan } from '../model/plan.ts';
import type { ContactData } from '../model/schema-types.ts';

/** What can be left, in the order in which it is best done. */
export const openKinds = ['contacts', 'blanks', 'facts', 'drafts', 'approval'] as const;
export type OpenKind = (typeof openKinds)[number];

/** One thing that is left to do. */
export interface OpenPoint {
  kind: OpenKind;
  /** From the plan's folder. */
  path: string;
  /** The line that is meant; absent where the whole file is. */
  line?: number;
  /** The blank, the title or the question. */
  text: string;
}

/**
 * Everything that is left until a plan can be relied on, in the order of `openKinds` and of paths. None of it is a
 * fault. The example plan is adopted by nobody, so nothing is left there.
 */
export function openPoints(plan: Plan, files: readonly VFile[]): OpenPoint[] {
  if (plan.settings.example) return [];
  const documents = [...plan.documents.values()];
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const all = [
    ...documentsOf(plan, 'contact').filter(isUnreachable).map(pointFor('contacts')),
    ...files.flatMap((file) => blanksOf(file, byPath)),
    ...openFacts(plan),
    ...documents.filter(isDraft).map(pointFor('drafts')),
    ...(plan.settings.approvals?.length
      ? []
      : [{ kind: 'approval' as const, path: 'plan.yaml', text: plan.settings.title }]),
  ];
  return all.sort((a, b) => openKinds.indexOf(a.kind) - openKinds.indexOf(b.kind) || compare(a.path, b.path));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const pointFor =
  (kind: OpenKind) =>
  ({ path, data }: Document): OpenPoint => ({ kind, path, text: 'title' in data ? data.title : path });

/** A contact without a single way that is filled in. */
function isUnreachable({ data }: { data: ContactData }): boolean {
  return data.channels.every(({ value }) => isBlank(value));
}

function blanksOf(file: VFile, byPath: ReadonlyMap<string, Document>): OpenPoint[] {
  const document = byPath.get(file.path);
  if (file.path !== 'plan.yaml' && !document) return [];
  const source = String(file);
  const blanks = blanksIn(source);
  // One of a contact that nobody can call yet is told as that, so that no count rises when a number is filled in.
  const untold = document?.kind === 'contact' && isUnreachable(document as Document<'contact'>) ? 1 : 0;
  return blanks.slice(untold).map(({ text, index }) => ({
    kind: 'blanks',
    path: file.path,
    line: source.slice(0, index).split('\n').length,
    text,
  }));
}

/** Facts about the organisation that counsel has not answered. */
function openFacts({ settings }: Plan): OpenPoint[] {
  const facts = settings.incidentFacts?.organisations ?? [];
  return facts
    .filter(({ known }) => known === undefined)
    .map(({ name }) => ({ kind: 'facts', path: 'plan.yaml', text: name }));
}
