/** What only some pages have of an incident: its record, forms, and an exercise. A runbook loads none of it. */

import { again } from '../again.ts';
import type { Session } from './session.ts';

const recordPage = document.querySelector<HTMLElement>('[data-incident-page]');
const lessonPage = document.querySelector<HTMLElement>('[data-write-lesson]');
const exercisePage = document.querySelector('[data-exercise-run], [data-exercise-screen]');

export async function followOnPage(session: Session): Promise<void> {
  if (session.state.exercise) await again(() => import('./exercise/bar.ts')).then(({ addToBar }) => addToBar(session));
  if (exercisePage)
    await again(() => import('./exercise/here.ts')).then(({ followExercise }) => followExercise(session));
  if (lessonPage) await showLesson(lessonPage);
  if (recordPage)
    await again(() => import('./page/record.ts')).then(({ showRecord }) => showRecord(session, recordPage));
  if (document.querySelector('[data-worksheet]'))
    await again(() => import('./worksheet.ts')).then(({ followWorksheet }) => followWorksheet(session));
  if (document.querySelector('[data-clocks]'))
    await again(() => import('./clocks.ts')).then(({ followClocks }) => followClocks(session));
}

async function showLesson(page: HTMLElement): Promise<void> {
  await again(() => import('../lesson/lesson-desk.ts')).then(({ showLessonDesk }) => showLessonDesk(page));
}

/** While no incident is open: what a page offers that waits for one. */
export async function showWithoutIncident(begin: (session: Session) => Promise<void>): Promise<void> {
  if (exercisePage) await again(() => import('./exercise/here.ts')).then(({ offerStart }) => offerStart(begin));
  if (lessonPage) await showLesson(lessonPage);
  if (recordPage)
    await again(() => import('./page/incidents.ts')).then(({ showIncidents }) => showIncidents(recordPage, begin));
}
