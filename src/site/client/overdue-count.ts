/** Counts for each section how much of it is overdue today, which the build cannot know. */

const today = new Date().toISOString().slice(0, 10);
for (const place of document.querySelectorAll<HTMLElement>('[data-overdue-of]')) {
  const section = document.getElementById(place.dataset['overdueOf'] ?? '');
  const times = [...(section?.querySelectorAll<HTMLTimeElement>('time[data-due]') ?? [])];
  const count = times.filter((time) => time.dateTime < today).length;
  if (count === 0) continue;
  place.textContent = (place.dataset['words'] ?? '').replace('{count}', String(count));
  place.hidden = false;
}

export {};
