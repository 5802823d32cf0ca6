/** The content of a new plan: what the answers chose from the starter plan, as drafts of a team that has yet to adopt it. */

import { VFile } from 'vfile';
import { updatedLock } from '../../compile/ids.ts';
import { compileFiles } from '../../compile/index.ts';
import { allDiagnostics, type Diagnostic, levelOf } from '../../diagnostics/report.ts';
import { kinds } from '../../kinds/index.ts';
import type { Document } from '../../model/document.ts';
import type { Plan } from '../../model/plan.ts';
import { parseReference } from '../../model/reference.ts';
import type { Answers } from './answers.ts';
import { type Chosen, choose } from './choose.ts';
import { contactToFillIn, withOwnNumbers } from './contacts.ts';
import { withoutMissing } from './left-out.ts';
import { propertiesIn, replaced, without } from './properties.ts';
import { selectDocuments } from './selection.ts';
import { ownSettings } from './settings.ts';
import type { Starter } from './starter.ts';

export interface PlanContent {
  /** Text of each file, by path from the content folder. */
  texts: ReadonlyMap<string, string>;
  plan: Plan;
  /** What the check says of it. */
  diagnostics: readonly Diagnostic[];
  chosen: Chosen;
}

// MITRE asks that its notice goes with the names of its techniques.
const notice = 'techniques/NOTICE.md';

/** Derives the content of a plan. Nothing is written; the result has been checked. */
export function deriveContent(starter: Starter, answers: Answers, now: Date): PlanContent {
  const chosen = choose(starter.choices, answers);
  const selected = selectDocuments(starter.plan, chosen.because.keys());
  const holds = (name: string) => selected.has(name);
  const own = (text: string) => withOwnNumbers(withOwnWords(text, chosen.words, answers), starter.plan, answers);

  const texts = new Map<string, string>();
  const settings = own(textOf(starter, 'plan.yaml'));
  texts.set('plan.yaml', ownSettings(settings, starter.plan, selected, answers, starter.choices));
  for (const name of [...selected].sort()) {
    const document = starter.plan.documents.get(name) as Document;
    const draft = own(asDraft(document, textOf(starter, document.path), answers));
    texts.set(document.path, namesOnly(document, holds) ? draft : withoutMissing(document.kind, draft, holds));
  }
  if (texts.size > 0 && starter.texts.has(notice)) texts.set(notice, textOf(starter, notice));
  return { ...locked(withOwnIds(texts, chosen.ids), now), chosen };
}

/** Whether a document names nothing but what the plan holds, as most do. */
function namesOnly({ references }: Document, holds: (name: string) => boolean): boolean {
  return references.every(({ expected, text }) => {
    const target = parseReference(text, expected);
    return !target || !kinds.has(target.kind) || holds(`${target.kind}:${target.id}`);
  });
}

function textOf({ texts }: Starter, path: string): string {
  const text = texts.get(path);
  if (text === undefined) throw new Error(`The starter plan has no ${path}.`);
  return text;
}

/** Words that hold for the made-up company alone, replaced. */
function withOwnWords(text: string, words: Chosen['words'], { emergencyNumber }: Answers): string {
  const spoken = words.reduce((before, { from, to }) => {
    const pattern = from
      .trimEnd()
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\s+/g, '\\s+');
    return before.replace(new RegExp(from.endsWith(' ') ? `${pattern}\\s+` : pattern, 'g'), () => to);
  }, text);
  const emergency = emergencyNumber
    ? `[${emergencyNumber}](tel:${emergencyNumber.replaceAll(' ', '')})`
    : '[EMERGENCY NUMBER]';
  return spoken.replaceAll('[112](tel:112)', emergency);
}

/** The files under the ids that fit, which stand in their names, in references and, in capitals, in blanks for numbers. */
function withOwnIds(texts: ReadonlyMap<string, string>, ids: Chosen['ids']): Map<string, string> {
  const own = (text: string) =>
    [...ids].reduce(
      (before, [from, to]) =>
        before
          .replace(new RegExp(`(?<![\\w-])${from}(?![\\w-])`, 'g'), to)
          .replaceAll(`NUMBER OF ${from.toUpperCase()}]`, `NUMBER OF ${to.toUpperCase()}]`),
      text,
    );
  return new Map([...texts].map(([path, text]) => [own(path), own(text)]));
}

/** A document without what its old owners did: approvals, reviews, exercises and trainings that were held, tests. */
function asDraft({ kind, id, data }: Document, text: string, answers: Answers): string {
  if (kind === 'contact') return contactToFillIn(text, id, answers);
  const { status, review } = data as { status?: string; review?: object };
  if (status === undefined && review === undefined) return text;
  const { yaml, whole } = propertiesIn(text);
  const blanks = kind === 'resource' ? { '/place': '[PLACE]', '/amount': '[AMOUNT]' } : {};
  const draft = replaced(yaml, { '/status': 'draft', ...blanks }, data);
  const reviewed = Object.keys(review ?? {}).some((name) => name !== 'last') ? '/review/last' : '/review';
  const done = ['/approvals', '/unapproved', reviewed, '/held', ...(kind === 'resource' ? ['/verifiedOn'] : [])];
  return whole(without(draft, done, data));
}

/** Adds the list of ids, and checks the whole: an error here would be a fault of the starter plan or of this program. */
function locked(texts: Map<string, string>, now: Date): Omit<PlanContent, 'chosen'> {
  const given = [...texts].map(([path, value]) => new VFile({ path, value }));
  const sorted = given.sort((a, b) => (a.path < b.path ? -1 : 1));
  const { plan, files } = compileFiles({ files: sorted, images: new Set() }, now);
  const diagnostics = allDiagnostics(files);
  const fault = diagnostics.find((diagnostic) => levelOf(diagnostic) === 'error');
  if (!plan || fault) throw new Error(`The new plan would have an error: ${fault?.name}: ${fault?.reason}`);
  texts.set('ids.lock', updatedLock(plan, ''));
  return { texts, plan, diagnostics };
}
