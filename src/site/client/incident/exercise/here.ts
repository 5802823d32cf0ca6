/** An exercise on its own pages: the desk of whoever runs it, and the screen of the players. */

import { button, make } from '../elements.ts';
import { openPointer } from '../pointer.ts';
import type { Session } from '../session.ts';
import { startForm } from '../start.ts';
import { deskOf, words } from './words.ts';

const runPage = document.querySelector<HTMLElement>('[data-exercise-run]');
const screenPage = document.querySelector<HTMLElement>('[data-exercise-screen]');

/** Nothing is open here: the exercise can be started. */
export async function offerStart(begin: (session: Session) => Promise<void>): Promise<void> {
  if (!runPage) return;
  const title = runPage.querySelector('h1')?.textContent?.trim() ?? '';
  const form = await startForm((session) => void begin(session), undefined, {
    ref: `exercise:${runPage.dataset['exerciseRun']}`,
    name: title,
  });
  deskOf(runPage).replaceChildren(make('h2', {}, words.start), make('p', {}, words.startWhy), form);
}

/** An incident or an exercise is open here. */
export async function followExercise(session: Session): Promise<void> {
  const id = runPage?.dataset['exerciseRun'] ?? screenPage?.dataset['exerciseScreen'];
  if (session.state.exercise?.id !== id) {
    if (runPage)
      deskOf(runPage).replaceChildren(
        make('p', { class: 'incident-warning' }, words.otherOpen(session.state.name)),
        button(words.leaveOther, () => session.leave()),
      );
    return;
  }
  if (runPage) await import('./exercise-desk.ts').then(({ showDesk }) => showDesk(session, runPage, openPointer()));
  if (screenPage) await import('./exercise-screen.ts').then(({ showScreen }) => showScreen(session, screenPage));
}
