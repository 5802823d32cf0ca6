/** What axe finds on a page, in a form that a failing test can show. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @param within what is looked at; all of the page without it */
export async function faultsOf(page: Page, within?: string): Promise<{ id: string; nodes: string[] }[]> {
  // In the page itself and for violations alone: a site of one origin has no frames to put together, and a list of all
  // that is fine costs half of the time on a long runbook.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] });
  if (within) axe.include(within);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html) }));
}
