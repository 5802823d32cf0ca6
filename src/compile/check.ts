/** What a linked plan means: the rules of its kinds and blocks, and those that hold for the whole. */

import type { Parent } from 'mdast';
import type { VFile } from 'vfile';
import type { BlockCheck } from '../blocks/block.ts';
import { blocks } from '../blocks/index.ts';
import type { DiagnosticArgs, DiagnosticId } from '../diagnostics/catalogue.ts';
import { type Range, report } from '../diagnostics/report.ts';
import { checkGoverned, checkTitles } from '../kinds/governed.ts';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import { isBlock } from '../model/content.ts';
import type { Document } from '../model/document.ts';
import { nearestName } from '../model/nearest-name.ts';
import { documentOf, documentsOf, type Plan } from '../model/plan.ts';
import { parseReference } from '../model/reference.ts';
import { checkUpkeep } from './check-upkeep.ts';
import type { Parsed } from './parse.ts';
import { propertySchema } from './schemas.ts';

/**
 * Checks a linked plan and reports to the files of its documents.
 *
 * @param now today, for what is overdue
 */
export function check(plan: Plan, settings: Parsed, fileOf: (path: string) => VFile, now: Date): void {
  checkSettings(plan, settings);
  checkIncidentFacts(plan, settings);
  checkUpkeep(plan, settings, fileOf, now);
  for (const kind of kinds.values()) {
    const documents = documentsOf(plan, kind.name);
    for (const document of documents) checkDocument(plan, document, kind, fileOf(document.path), now);
    const reportIn = <Id extends DiagnosticId>(
      document: Document,
      id: Id,
      args: DiagnosticArgs<Id>,
      place?: Range | string,
      related?: { document: Document; place?: Range | string },
    ) =>
      report(
        fileOf(document.path),
        id,
        args,
        rangeAt(document, place),
        related && [
          { path: fileOf(related.document.path).path, range: rangeAt(related.document, related.place) as Range },
        ],
      );
    const all = { plan, documents, now, report: reportIn };
    if (!kind.sharesTitles) checkTitles(all);
    kind.checkAll?.(all);
  }
}

function checkDocument(plan: Plan, document: Document, kind: KindDefinition, file: VFile, now: Date): void {
  const reportHere = <Id extends DiagnosticId>(id: Id, args: DiagnosticArgs<Id>, place?: Range | string) =>
    void report(file, id, args, rangeAt(document, place));
  const checking = { plan, document, source: String(file), now, report: reportHere };
  checkGoverned(checking);
  checkTechniques(plan, document, file);
  kind.check?.(checking);
  if (!document.body) return;
  checkBlocks(document.body.tree, { plan, document, report: (id, args, range) => void report(file, id, args, range) });
}

function checkBlocks(parent: Parent, check: BlockCheck): void {
  for (const node of parent.children) {
    if (isBlock(node)) blocks.get(node.name)?.check?.(node, check);
    if ('children' in node) checkBlocks(node, check);
  }
}

function rangeAt(document: Document, place: Range | string | undefined): Range | undefined {
  return typeof place === 'string' ? document.rangeOf(place) : place;
}

/** Runbooks take their headings from the six phases, so a plan has each of them once. */
export function checkPhases(plan: Plan, { file }: Parsed): void {
  const orders = documentsOf(plan, 'phase').map((phase) => phase.data.order);
  const missing = [1, 2, 3, 4, 5, 6].filter((order) => !orders.includes(order)).map(String);
  const repeated = orders.filter((order, index) => orders.indexOf(order) !== index).map(String);
  if (missing.length > 0 || repeated.length > 0) report(file, 'phases-incomplete', { missing, repeated });
}

/** A technique that ATT&CK has withdrawn may stay in the list, so that the lists of old records resolve; not in use. */
function checkTechniques(plan: Plan, document: Document, file: VFile): void {
  for (const reference of document.references) {
    const named = parseReference(reference.text, reference.expected === 'technique' ? 'technique' : undefined);
    if (named?.kind !== 'technique') continue;
    const technique = documentOf(plan, 'technique', named.id);
    // Finding it costs another parse, which only a fault is worth.
    const place = () => reference.narrow?.() ?? reference.range;
    if (technique?.data.state === 'revoked')
      report(file, 'technique-revoked', { name: named.id, successor: technique.data.revokedBy }, place());
    if (technique?.data.state === 'deprecated') report(file, 'technique-deprecated', { name: named.id }, place());
  }
}

/** Facts have names of their own, over all lists, and are part of facts that there are. */
function checkIncidentFacts(plan: Plan, { file, yaml }: Parsed): void {
  const all = Object.entries(plan.settings.incidentFacts ?? {}).flatMap(([list, facts]) =>
    (facts ?? []).map((fact, index) => ({ ...fact, pointer: `/incidentFacts/${list}/${index}` })),
  );
  const names = new Set<string>();
  for (const { id, pointer } of all) {
    if (names.has(id)) report(file, 'duplicate-id', { name: id }, yaml.rangeOf(`${pointer}/id`));
    names.add(id);
  }
  for (const { id, partOf, pointer } of all) {
    const known = [...names].filter((name) => name !== id);
    if (partOf === undefined || known.includes(partOf)) continue;
    const fault = { name: partOf, nearest: nearestName(partOf, known), known };
    report(file, 'unknown-fact', fault, yaml.rangeOf(`${pointer}/partOf`));
  }
}

function checkSettings(plan: Plan, { file, yaml }: Parsed): void {
  const { priority, reviewEvery } = plan.settings;
  const ids = priority.levels.map((level) => level.id);
  for (const criticality of priority.criticality)
    for (const impact of priority.impact) {
      const cell = priority.cells[criticality.id]?.[impact.id];
      if (cell === undefined)
        report(
          file,
          'matrix-cell-missing',
          { criticality: criticality.id, impact: impact.id },
          yaml.rangeOf(`/priority/cells/${criticality.id}`),
        );
      else if (!ids.includes(cell))
        report(
          file,
          'not-allowed-value',
          { property: impact.id, of: 'The cell', value: cell, allowed: ids },
          yaml.rangeOf(`/priority/cells/${criticality.id}/${impact.id}`),
        );
    }
  const reviewed = ['plan', ...kinds.keys()].filter((name) => propertySchema(name, 'review'));
  for (const name of Object.keys(reviewEvery ?? {})) {
    if (reviewed.includes(name)) continue;
    const fault = { nearest: nearestName(name, reviewed), known: reviewed };
    const place = yaml.keyRangeOf('/reviewEvery', name);
    // A kind that has no review, such as contact, is one all the same.
    if (kinds.has(name)) report(file, 'unknown-property', { property: name, of: 'reviewEvery', ...fault }, place);
    else report(file, 'unknown-kind', { name, ...fault }, place);
  }
}
