/** What only some pages have of an incident: its record, forms, and an exercise. A runbook loads none of it. */

import type { Session } from './session.ts';

const recordPage = document.querySelector<HTMLElement>('[data-incident-page]');
const lessonPage = document.querySelector<HTMLElement>('[data-write-lesson]');
const exercisePage = document.querySelector('[data-exercise-run], [data-exercise-screen]');

export async function followOnPage(session: Session): Promise<void> {
  if (session.state.exercise) await import('./exercise/bar.ts').then(({ addToBar }) => addToBar(session));
  if (exercisePage) await import('./exercise/here.ts').then(({ followExercise }) => followExercise(session));
  if (lessonPage) await showLesson(lessonPage);
  if (recordPage) await import('./page/record.ts').then(({ showRecord }) => showRecord(session, recordPage));
  if (document.querySelector('[data-worksheet]'))
    await import('./worksheet.ts').then(({ followWorksheet }) => followWorksheet(session));
  if (document.querySelector('[data-clocks]'))
    await import('./clocks.ts').then(({ followClocks }) => followClocks(session));
}

async function showLesson(page: HTMLElement): Promise<void> {
  await import('../lesson/lesson-desk.ts').then(({ showLessonDesk }) => showLessonDesk(page));
}

/** While no incident is open: what a page offers that waits for one. */
export async function showWithoutIncident(begin: (session: Session) => Promise<void>): Promise<void> {
  if (exercisePage) await import('./exercise/here.ts').then(({ offerStart }) => offerStart(begin));
  if (lessonPage) await showLesson(lessonPage);
  if (recordPage) await import('./page/incidents.ts').then(({ showIncidents }) => showIncidents(recordPage, begin));
}
