import { shortVersion, type Version } from '../history/version.ts';
import type { Plan } from '../model/plan.ts';

/**
 * The one file that says which version of the plan a site shows. It is a style sheet, so that pages need neither a
 * script nor the commit in their own bytes: a new commit changes this file alone, and what really changed.
 */
export function stampFor(plan: Plan, version: Version): string {
  const mark = `TLP:${plan.settings.tlp ?? 'AMBER'}`;
  const line = `${plan.settings.title}, version ${shortVersion(version)}${version.committedAt ? ` of ${version.committedAt.slice(0, 10)}` : ''}`;
  return `.stamp::after { content: ${quoted(line)}; }
@media print {
  @page {
    @bottom-left { content: ${quoted(`${mark}  ${line}`)}; }
    @bottom-right { content: "Page " counter(page) " of " counter(pages); }
  }
}
`;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, (character) => `\\${character}`).replace(/[\n\r\f]/g, ' ')}"`;
}
