/** The forms of the page, once an incident is open: what is written on them belongs to its record. */

import type { Session } from './session.ts';

export async function followForms(session: Session): Promise<void> {
  if (document.querySelector('[data-worksheet]'))
    await import('./worksheet.ts').then(({ followWorksheet }) => followWorksheet(session));
  if (document.querySelector('[data-clocks]'))
    await import('./clocks.ts').then(({ followClocks }) => followClocks(session));
}
