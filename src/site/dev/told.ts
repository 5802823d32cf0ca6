/** Diagnostics as pages tell them: of which page, at which lines, with the text around. */

import type { VFile } from 'vfile';
import { placeOf } from '../../compile/place.ts';
import type { Level } from '../../diagnostics/catalogue.ts';
import { frameOf } from '../../diagnostics/frame.ts';
import { allDiagnostics, type Diagnostic, levelOf, type Range, shownPath } from '../../diagnostics/report.ts';
import { isBlock } from '../../model/content.ts';
import type { Document } from '../../model/document.ts';
import { documentsOf, type Plan } from '../../model/plan.ts';
import type { Page } from '../pages.ts';

/** A diagnostic with what a page says of it. */
export interface Told {
  id: string;
  level: Level;
  message: string;
  help: string;
  /** As somebody opens it: `content/runbooks/ransomware.mdx:12:5`. */
  where: string;
  frame: string | undefined;
  /** Path in the plan and line, by which the page finds what was drawn of them. */
  source: { path: string; from: number } | undefined;
  related: { where: string; frame: string | undefined }[];
}

/**
 * All diagnostics of a plan, in the order of `firebreak check`, by the path of their file in the plan.
 *
 * @param prefix stands before a path of the plan: `content/`
 */
export function toldByFile(files: readonly VFile[], prefix: string): Map<string, Told[]> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const fileOf = new Map(files.flatMap((file) => file.messages.map((message) => [message, file] as const)));
  const told = new Map<string, Told[]>();
  for (const diagnostic of allDiagnostics(files)) {
    const file = fileOf.get(diagnostic) as VFile;
    const place = placeOf(file);
    told.set(place, [...(told.get(place) ?? []), toldOf(diagnostic, file, byPath, prefix)]);
  }
  return told;
}

function toldOf(diagnostic: Diagnostic, file: VFile, byPath: ReadonlyMap<string, VFile>, prefix: string): Told {
  const range = diagnostic.place && 'start' in diagnostic.place ? (diagnostic.place as Range) : undefined;
  const at = (path: string | undefined, found: Range | undefined) =>
    `${shownPath(prefix, path)}${found ? `:${found.start.line}:${found.start.column}` : ''}`;
  return {
    id: diagnostic.ruleId,
    level: levelOf(diagnostic),
    message: diagnostic.reason,
    help: diagnostic.note,
    where: at(diagnostic.file, range),
    frame: range && frameOf(String(file), range, false),
    source: range && { path: placeOf(file), from: range.start.line },
    related: (diagnostic.related ?? []).map((related) => ({
      where: at(related.path, related.range),
      frame: frameOf(String(byPath.get(related.path) ?? ''), related.range, false),
    })),
  };
}

/** The files, by their paths in the plan, of which a page shows the text. */
export function filesShownOn(page: Page, plan: Plan): string[] {
  if (page.view === 'kind') return documentsOf(plan, page.kind).map(({ path }) => path);
  if (!('document' in page)) return [];
  return [page.document, ...usedActions(page.document, plan)].map(({ path }) => path);
}

/** Actions are drawn inside the runbook that uses them. */
function usedActions({ body }: Document, plan: Plan): Document[] {
  const used = (body?.steps ?? []).flatMap(({ block }) => (isBlock(block, 'use') ? [block.attributes.action] : []));
  return [...new Set(used)].flatMap((id) => plan.documents.get(`action:${id}`) ?? []);
}
