/** Says at the head of a table how many of its dates are over, once `overdue.ts` has marked them. */

import './overdue.ts';

for (const note of document.querySelectorAll<HTMLElement>('[data-overdue-count]')) {
  const count = document.querySelectorAll(`[data-overdue-of="${note.dataset['overdueIn']}"] .tag-overdue`).length;
  if (count > 0) note.textContent = (note.dataset['overdueCount'] ?? '').replace('{count}', String(count));
}
