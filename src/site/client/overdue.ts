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

export {};
