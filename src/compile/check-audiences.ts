/** What labels and audiences lead to: names that mean nothing, and documents of which nothing would be left. */

import type { VFile } from 'vfile';
import { report } from '../diagnostics/report.ts';
import { kinds } from '../kinds/index.ts';
import { audiencesOf, isKeptFrom, isRed } from '../model/audience.ts';
import type { Document } from '../model/document.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { Plan } from '../model/plan.ts';
import { isBlockKept } from './audience.ts';
import type { Parsed } from './parse.ts';

/** Checks labels, audiences and marks of a linked plan. */
export function checkAudiences(plan: Plan, settings: Parsed, fileOf: (path: string) => VFile): void {
  checkNames(plan, settings);
  if (plan.settings.tlp === 'RED') report(settings.file, 'tlp-red', {}, settings.yaml.rangeOf('/tlp'));
  for (const document of plan.documents.values()) {
    if (plan.settings.tlp !== 'RED' && isRed(plan.settings, document))
      report(fileOf(document.path), 'tlp-red', {}, document.rangeOf('/tlp'));
    checkWhatIsLeft(plan, document, fileOf(document.path));
  }
}

function checkNames(plan: Plan, { file, yaml }: Parsed): void {
  const { defaultLabels = {}, variableLabels = {}, overlay = [] } = plan.settings;
  const kindNames = [...kinds.keys()] as string[];
  const unknownKind = (name: string, known: readonly string[], range: ReturnType<typeof yaml.rangeOf>) =>
    known.includes(name) || report(file, 'unknown-kind', { name, nearest: nearestName(name, known), known }, range);
  for (const name of Object.keys(defaultLabels))
    unknownKind(name, ['plan', ...kindNames], yaml.keyRangeOf('/defaultLabels', name));
  for (const [index, name] of overlay.entries()) unknownKind(name, kindNames, yaml.rangeOf(`/overlay/${index}`));
  const variables = [...plan.variables.keys()].filter((name) => !name.startsWith('organisation.'));
  const known = [...new Set(variables.flatMap((name) => [name, name.split('.')[0] as string]))];
  for (const name of Object.keys(variableLabels))
    if (!known.includes(name))
      report(
        file,
        'unknown-variable',
        { name, nearest: nearestName(name, known), known },
        yaml.keyRangeOf('/variableLabels', name),
      );
}

/** A document that an audience may read, and that has lost all of its steps for it, says less than its absence. */
function checkWhatIsLeft(plan: Plan, document: Document, file: VFile): void {
  const steps = document.body?.steps ?? [];
  if (steps.length === 0) return;
  for (const audience of audiencesOf(plan.settings)) {
    if (isKeptFrom(plan.settings, audience, document)) continue;
    if (!steps.every(({ block }) => isBlockKept(plan, audience, block))) continue;
    const kind = (kinds.get(document.kind)?.label.one ?? document.kind).toLowerCase();
    const args = { kind, audience: audience.id, withheld: steps.length };
    report(file, 'nothing-left-to-read', args, document.rangeOf('/title'));
  }
}
