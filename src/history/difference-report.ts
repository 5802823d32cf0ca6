/** The difference of two versions, told: in a terminal, and as Markdown for a pull request. */

import { isDeepStrictEqual } from 'node:util';
import { kinds } from '../kinds/index.ts';
import { type DifferenceText, differenceText } from '../model/difference-text.ts';
import type { Plan } from '../model/plan.ts';
import type { DocumentDifference, FieldDifference, StepDifference } from './plan-difference.ts';

// What is longer is told as a new text.
const longestValue = 80;

/** One heading a document, and a line for each difference. */
export function differenceReport(
  differences: readonly DocumentDifference[],
  plan: Plan,
  form: 'text' | 'markdown',
): string {
  const text = differenceText(plan.settings.language);
  if (differences.length === 0) return `${text.nothing}\n`;
  const parts = differences.map((difference) => {
    const lines = linesOf(difference, plan, text);
    const head = headOf(difference, text);
    return form === 'markdown'
      ? [
          `### ${escaped(head)}`,
          '',
          ...lines.map((line) => `- ${escaped(line)}`),
          ...(lines.length > 0 ? [''] : []),
        ].join('\n')
      : [head, ...lines.map((line) => `  ${line}`)].join('\n');
  });
  return `${parts.join('\n')}\n`;
}

/** `Runbook Ransomware, new` */
function headOf({ what, kind, title, from }: DocumentDifference, text: DifferenceText): string {
  if (kind === 'plan') return text.plan;
  const name = `${kinds.get(kind)?.label.one ?? kind} ${title}`;
  if (what === 'changed') return name;
  return `${name}, ${what === 'renamed' ? text.renamed(from ?? '') : text[what]}`;
}

/** A sentence for each difference. */
export function linesOf(
  { fields, steps, prose, usedBy }: DocumentDifference,
  plan: Plan,
  text: DifferenceText,
): string[] {
  const titles = usedBy.map((reference) => plan.documents.get(reference)?.data.title ?? reference);
  return [
    ...steps.map((step) => stepLine(step, text)),
    ...fields.map((field) => fieldLine(field, text)),
    ...(prose ? [text.prose] : []),
    ...(titles.length > 0 ? [text.touched(titles)] : []),
  ];
}

function stepLine(step: StepDifference, text: DifferenceText): string {
  switch (step.what) {
    case 'added':
      return text.stepAdded(step.section, step.text, step.after);
    case 'removed':
      return text.stepRemoved(step.section, step.text, step.instead);
    case 'moved':
      return text.stepMoved(step.section, step.text, step.after, step.from);
    case 'reworded':
      return text.stepReworded(step.section, step.before, step.after);
    case 'detailed':
      return text.stepDetailed(step.section, step.text);
  }
}

function fieldLine({ path, before, after }: FieldDifference, text: DifferenceText): string {
  const name = path.join(' / ');
  if (Array.isArray(before ?? []) && Array.isArray(after ?? [])) {
    const [old, now] = [(before as unknown[]) ?? [], (after as unknown[]) ?? []];
    const lacks = (list: readonly unknown[], value: unknown) => !list.some((other) => isDeepStrictEqual(other, value));
    const added = now.filter((value) => lacks(old, value));
    const removed = old.filter((value) => lacks(now, value));
    const words = [added, removed].map((list) => list.map(valueWords));
    const [with_ = [], without = []] = words;
    if ((with_.length > 0 || without.length > 0) && words.flat().every((word) => word !== undefined))
      return text.list(name, with_ as string[], without as string[]);
    return text.newText(name);
  }
  const [was, is] = [
    before === undefined ? undefined : valueWords(before),
    after === undefined ? undefined : valueWords(after),
  ];
  if ((before !== undefined && was === undefined) || (after !== undefined && is === undefined))
    return text.newText(name);
  return text.field(name, was, is);
}

// By what people call an entry that has several properties.
const namings = ['title', 'label', 'name', 'what', 'text', 'id', 'on'];

/** A short value in quotes; undefined for what is too long to be told. */
function valueWords(value: unknown): string | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const name = namings
      .map((key) => (value as Record<string, unknown>)[key])
      .find((found) => typeof found === 'string');
    return name === undefined ? undefined : valueWords(name);
  }
  const words = typeof value === 'object' ? undefined : `'${String(value).trim()}'`;
  return words !== undefined && words.length <= longestValue && !words.includes('\n') ? words : undefined;
}

/** Text that Markdown shows as it was written, and that mentions nobody. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replace(/@(?=\w)/g, '@\u200B');
}
