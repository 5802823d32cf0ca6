/** What the bar of an exercise has beside that of an incident: what was told last, and the way out. */

import { releases } from '../../../../model/incident/exercise.ts';
import { button, make, redraw } from '../elements.ts';
import { address, loadPlan } from '../plan.ts';
import { setPointer } from '../pointer.ts';
import type { Session } from '../session.ts';
import { words } from './words.ts';

export async function addToBar(session: Session): Promise<void> {
  const bar = document.querySelector<HTMLElement>('.incident-bar');
  if (!bar) return;
  bar.classList.add('is-exercise');
  const { exercises } = await loadPlan();
  const exercise = exercises.find(({ id }) => id === session.state.exercise?.id);
  const told = make('span', { class: 'exercise-last' });
  const real = make('span', { class: 'exercise-real' });
  bar.querySelector('.incident-actions')?.before(told, real);
  const alarm = make('div', { class: 'incident-warning', role: 'alert' });
  bar.append(alarm);
  let shown = '';
  const draw = () => {
    const last = [...releases(session.state).keys()].at(-1);
    const inject = exercise?.injects.find(({ id }) => id === last);
    const { ended } = session.state.exercise ?? {};
    redraw(
      told,
      inject &&
        exercise &&
        make('a', { href: address(`${exercise.path}screen/`), 'data-key': 'told' }, words.lastTold(inject.title)),
    );
    redraw(
      real,
      !ended && button(words.real, () => void breakOff(session), { class: 'button-danger', 'data-key': 'real' }),
    );
    const state = ended?.id ?? '';
    if (state === shown) return;
    shown = state;
    redraw(alarm, ...(ended ? saidOf(session, ended.data.why) : []));
  };
  session.onChange(draw);
  draw();
}

function saidOf(session: Session, why: 'over' | 'real-incident'): HTMLElement[] {
  return [
    make('p', {}, make('strong', {}, why === 'over' ? words.ended : words.realTitle)),
    ...(why === 'over' ? [] : [make('a', { class: 'button button-main', href: address('') }, words.realGo)]),
    button(words.leaveOther, () => session.leave()),
    button(words.resume, () => void session.does({ type: 'exercise-clock', data: { running: true } })),
  ];
}

/** Ends the exercise at once, and says what to do now. */
export async function breakOff(session: Session): Promise<void> {
  await session.does(
    { type: 'exercise-clock', data: { running: false } },
    { type: 'exercise-ended', data: { why: 'real-incident' } },
  );
  const dialog = make(
    'dialog',
    { class: 'incident-dialog exercise-broken-off', 'aria-labelledby': 'exercise-real-title' },
    make('h2', { id: 'exercise-real-title' }, words.realTitle),
    make('p', {}, words.realWhy),
    make(
      'p',
      { class: 'incident-buttons' },
      make('a', { class: 'button button-main', href: address('') }, words.realGo),
      make(
        'a',
        {
          class: 'button',
          href: address('incident/'),
          // The record of the exercise is left first, so that nothing real is written into it.
          onclick: (event) => {
            event.preventDefault();
            void setPointer(undefined).then(() => location.assign(address('incident/')));
          },
        },
        words.realStart,
      ),
      button(words.resume, () => {
        void session.does({ type: 'exercise-clock', data: { running: true } });
        dialog.close();
      }),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
