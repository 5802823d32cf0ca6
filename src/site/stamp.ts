import { shortVersion, type Version } from '../history/version.ts';
import { audienceText } from '../model/audience-text.ts';
import { interfaceText } from '../model/interface-text.ts';
import { type Plan, phasesOf } from '../model/plan.ts';

/**
 * The one file that says which version of the plan a site shows. It is a style sheet, so that pages need neither a
 * script nor the commit in their own bytes: a new commit changes this file alone, and what really changed.
 */
export function stampFor(plan: Plan, version: Version): string {
  const mark = `TLP:${plan.settings.tlp ?? 'AMBER'}`;
  const text = interfaceText(plan.settings.language);
  const line = versionLine(plan, version);
  return `.stamp::after { content: ${quoted(line)}; }
@media print {
  @page {
    @bottom-left { content: ${quoted(`${mark}  ${line}`)}; }
    @bottom-right { content: ${text.pageOf.map((piece) => quoted(piece)).join(' counter(page) ')} counter(pages); }
  }
${tabs(plan)}
}
`;
}

/** Title, version and audience of a plan in one line, as every page and every paper shows it; a card has room for less. */
export function versionLine(plan: Plan, version: Version, title = plan.settings.title): string {
  const text = interfaceText(plan.settings.language);
  const line = `${title}, ${text.versionOf(shortVersion(version), version.committedAt?.slice(0, 10))}`;
  return plan.audience ? `${line}, ${audienceText(plan.settings.language).madeFor(plan.audience.name)}` : line;
}

// Height of a tab: six of them fit on the edge of A4 and of Letter.
const tabHeight = 39;

/** The phases as tabs on the edge of paper, each lower than the one before, as in a binder. */
function tabs(plan: Plan): string {
  return phasesOf(plan)
    .map(({ data }, index) => `  @page phase-${data.order} { ${tabFor(data.title, index)} }`)
    .join('\n');
}

/** A tab on the edge of a page, for the phase at an index from 0. */
export function tabFor(title: string, index: number): string {
  return `@right-top { content: ${quoted(title)}; margin-top: ${index * tabHeight}mm; }`;
}

/** A text as a string of CSS. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, (character) => `\\${character}`).replace(/[\n\r\f]/g, ' ')}"`;
}
