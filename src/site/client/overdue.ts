/**
 * Says which dates are over. The build cannot: the same commit gives the same bytes on every day, so only the browser
 * knows what today is. The word for it stands in `data-due`.
 */

const today = new Date().toISOString().slice(0, 10);
for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-due]')) {
  if (time.dateTime >= today) continue;
  const tag = document.createElement('span');
  tag.className = 'tag tag-overdue';
  tag.textContent = time.dataset['due'] ?? '';
  time.after(' ', tag);
}

for (const note of document.querySelectorAll<HTMLElement>('[data-overdue-count]')) {
  const count = document.querySelectorAll(`[data-overdue-of="${note.dataset['overdueIn']}"] .tag-overdue`).length;
  if (count > 0) note.textContent = (note.dataset['overdueCount'] ?? '').replace('{count}', String(count));
}

export {};
