import type { Range } from '../../diagnostics/report.ts';
import { isBlock } from '../../model/content.ts';
import type { Document, Section } from '../../model/document.ts';
import { interfaceText } from '../../model/interface-text.ts';
import { phasesOf } from '../../model/plan.ts';
import type { DocumentCheck, PlanCheck } from '../kind.ts';
import { checkEvidenceOrder } from './evidence-order.ts';
import { checkFlow } from './flow.ts';

// More than five are not done before the situation has changed (look.md, anatomy 3).
const mostFirstSteps = 5;

/** The anatomy of a runbook: sections, first minutes, cautions, flow of steps, and evidence before destruction. */
export function checkRunbook(check: DocumentCheck<'runbook'>): void {
  checkSections(check);
  checkLevels(check);
  checkCautions(check);
  checkFlow(check);
  checkEvidenceOrder(check);
}

function checkSections({ plan, document, report }: DocumentCheck<'runbook'>): void {
  const sections = document.body?.sections.filter((section) => section.title !== '') ?? [];
  const expected = [
    interfaceText(plan.settings.language).firstMinutes,
    ...phasesOf(plan).map((phase) => phase.data.title),
  ];
  const present = sections.filter((section) => section.part !== 'other');
  for (const section of sections)
    if (section.part === 'other')
      report('unexpected-section', { name: section.title, known: expected }, placeOf(section));
  for (const title of expected)
    if (!present.some((section) => sameTitle(section.title, title)))
      report('phase-missing', { name: title }, placeOf(present.at(-1)));
  const places = present.map((section) => expected.findIndex((title) => sameTitle(title, section.title)));
  places.forEach((place, index) => {
    // A phase whose own document has a fault has no place in the order.
    if (place === -1) return;
    const later = places.slice(0, index).findIndex((other) => other > place);
    const before = present[later];
    const section = present[index] as Section;
    if (before) report('phase-order', { name: section.title, before: before.title }, placeOf(section));
    if (places.indexOf(place) !== index) report('duplicate-id', { name: section.title }, placeOf(section));
  });
  for (const step of document.body?.steps ?? [])
    if (step.section.title === '')
      report(
        'block-misplaced',
        { name: step.block.name, parent: 'before the first heading', allowed: ['in a phase'] },
        step.block.position,
      );
  for (const section of present) {
    const steps = document.body?.steps.filter((step) => step.section === section) ?? [];
    if (steps.length === 0 && !section.children.some((child) => isBlock(child, 'no-steps')))
      report('phase-empty', { name: section.title }, placeOf(section));
    if (section.part === 'first-minutes' && steps.length > mostFirstSteps)
      report('too-many-first-steps', { count: steps.length, limit: mostFirstSteps }, placeOf(section));
  }
}

const sameTitle = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function checkLevels({ plan, document, report }: DocumentCheck<'runbook'>): void {
  for (const property of ['criticality', 'impact'] as const) {
    const known = plan.settings.priority[property].map((level) => level.id);
    const value = document.data[property];
    if (!known.includes(value))
      report('not-allowed-value', { property, of: 'The runbook', value, allowed: known }, `/${property}`);
  }
}

function checkCautions({ document, report }: DocumentCheck<'runbook'>): void {
  for (const section of document.body?.sections ?? [])
    section.children.forEach((child, index) => {
      if (!isBlock(child, 'caution')) return;
      const next = section.children.slice(index + 1).find((other) => !isBlock(other, 'caution'));
      if (!next || !isBlock(next, 'step', 'use', 'decision')) report('caution-misplaced', {}, child.position);
    });
}

/** Short codes are spoken before step numbers, so each is one runbook's. */
export function checkRunbooks({ documents, report }: PlanCheck<'runbook'>): void {
  const seen = new Map<string, Document>();
  for (const document of documents) {
    const first = seen.get(document.data.code);
    if (first)
      report(document, 'duplicate-code', { name: document.data.code }, '/code', { document: first, place: '/code' });
    else seen.set(document.data.code, document);
  }
}

const placeOf = (section: Section | undefined) => section?.heading?.position as Range | undefined;
