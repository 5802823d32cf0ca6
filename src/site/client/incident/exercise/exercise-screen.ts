/** The screen of the players: what they were told last, large, and what they were told before. */

import { releases } from '../../../../model/incident/exercise.ts';
import { make } from '../elements.ts';
import type { Session } from '../session.ts';
import { shortTime } from '../times.ts';
import { words } from './words.ts';

export function showScreen(session: Session, page: HTMLElement): void {
  const place = page.querySelector<HTMLElement>('[data-screen]') as HTMLElement;
  let shown = '';
  const draw = () => {
    const told = [...releases(session.state).values()].reverse();
    const state = told.map(({ id }) => id).join(' ') + String(session.state.exercise?.ended !== undefined);
    // Drawn anew only when there is something new, so that it is read out once.
    if (state === shown) return;
    shown = state;
    const parts = told.map((entry) => {
      const template = page.querySelector<HTMLTemplateElement>(
        `template[data-inject="${CSS.escape(entry.data.inject)}"]`,
      );
      return make(
        'section',
        { class: 'exercise-told-part' },
        make('p', { class: 'quiet' }, shortTime(entry.at)),
        template ? template.content.cloneNode(true) : entry.data.inject,
      );
    });
    const [last, ...earlier] = parts;
    place.replaceChildren(
      ...(session.state.exercise?.ended ? [make('p', { class: 'exercise-over' }, words.ended)] : []),
      last ?? make('p', { class: 'quiet' }, words.screenNothing),
      ...(earlier.length > 0
        ? [make('details', { class: 'exercise-earlier' }, make('summary', {}, words.screenEarlier), earlier)]
        : []),
    );
  };
  session.onChange(draw);
  draw();
}
