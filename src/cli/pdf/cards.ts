/** Cards: one side of one sheet for each runbook. */

import { shortVersion } from '../../history/version.ts';
import type { Document } from '../../model/document.ts';
import { interfaceText } from '../../model/interface-text.ts';
import { documentPath } from '../../site/addresses.ts';
import { cardOf } from '../../site/paper/card.ts';
import { paperDocument } from '../../site/paper/compose.ts';
import { strictestMark } from '../../site/paper/front.ts';
import { cardRules, type Paper } from '../../site/paper/page-rules.ts';
import { versionLine } from '../../site/stamp.ts';
import { CannotRun } from '../command.ts';
import { ownSheet, pageOf, type Source, sheetsOf } from './binder.ts';
import type { Printer } from './printer.ts';

/**
 * Prints the cards of runbooks, in the order given.
 *
 * @throws CannotRun when a runbook says too much for one side, with what to shorten
 */
export async function printCards(
  source: Source,
  runbooks: readonly Document<'runbook'>[],
  paper: Paper,
  printer: Printer,
): Promise<Uint8Array> {
  const { plan, version } = source;
  const text = interfaceText(plan.settings.language);
  const pages = await Promise.all(runbooks.map((runbook) => pageOf(source, documentPath(runbook))));
  const cards = runbooks.map((runbook, index) =>
    cardOf(plan, runbook, pages[index] as (typeof pages)[number], {
      mark: `TLP:${strictestMark(plan, [runbook])}`,
      line: versionLine(plan, version, plan.settings.organisation.shortName ?? plan.settings.organisation.name),
    }),
  );
  const [only] = runbooks;
  const what = runbooks.length === 1 && only ? only.data.title : text.paper.cards;
  const html = paperDocument(
    { title: `${what} · ${plan.settings.title}, ${shortVersion(version)}`, language: plan.settings.language ?? 'en' },
    [...sheetsOf(pages), '/card.css', '/pages.css'],
    cards,
  );
  let tooLong: string[] = [];
  const file = await printer.print(
    html,
    { 'card.css': await ownSheet('card.css'), 'pages.css': cardRules(paper) },
    {
      prepare: async (page) => {
        tooLong = await page.evaluate(fitCards);
      },
    },
  );
  if (tooLong.length > 0)
    throw new CannotRun(
      `These runbooks say too much for a card of one side: ${tooLong.join(', ')}. Shorten their summary, doNot, first minutes or questions of decisions.`,
    );
  return file;
}

/**
 * Runs in the page: sets each card as large as one side allows. Each step of tightening has a class in card.css.
 *
 * @returns the codes of the runbooks whose card does not fit even so
 */
function fitCards(): string[] {
  const steps = [1, 2, 3, 4, 5].map((step) => `card-tight-${step}`);
  const tooLong: string[] = [];
  for (const card of document.querySelectorAll('.card')) {
    const body = card.querySelector('.card-body') as HTMLElement;
    const fits = () => body.scrollHeight <= body.clientHeight;
    for (const step of steps) if (!fits()) card.classList.add(step);
    if (!fits()) tooLong.push(card.querySelector('.card-code')?.textContent ?? card.id);
    // What the last step made room for may come back.
    for (const step of steps.toReversed()) {
      const taken = card.classList.contains(step);
      card.classList.remove(step);
      if (taken && !fits()) card.classList.add(step);
    }
  }
  return tooLong;
}
