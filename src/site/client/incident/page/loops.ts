/** Which changes that lessons asked for this record has used: with the saved file, whoever keeps the plan confirms them. */

import type { OpenLoop } from '../../../../model/lesson-changes.ts';
import { openLoopsPath } from '../../../incident-paths.ts';
import { make, redraw } from '../elements.ts';
import { address, read } from '../plan.ts';
import { text } from '../record-words.ts';
import type { View } from './view.ts';

/** Draws them once it is over: until then nobody needs to know. */
export async function drawLoops(place: HTMLElement, { session, runbooks }: View): Promise<void> {
  const { state } = session;
  if (!state.closed && !state.exercise?.ended) return redraw(place);
  const loops = (await read<OpenLoop[]>(openLoopsPath)) ?? [];
  // A step that was followed by another version of the runbook may have been another step.
  const versions = new Map(runbooks.map(({ id, digest }) => [`runbook:${id}`, digest]));
  const used = new Set(
    [...state.steps].flatMap(([ref, { state: how, line }]) => {
      const digest = 'digest' in line.entry ? line.entry.digest : undefined;
      return how === 'done' && digest && versions.get(ref.split('#')[0] as string) === digest ? [ref] : [];
    }),
  );
  const found = loops.filter(({ refs }) => refs.some((ref) => used.has(ref)));
  const lessons = [...new Map(found.map((loop) => [loop.lesson, loop])).values()];
  redraw(
    place,
    found.length > 0 &&
      make(
        'div',
        {},
        make('h3', {}, text.loops),
        make(
          'ul',
          { class: 'rows' },
          found.map(({ path, title, sentence }) =>
            make('li', {}, `${sentence}. `, make('a', { href: address(path) }, title)),
          ),
        ),
        make('p', { class: 'small' }, text.loopsHow),
        lessons.map(({ lesson }) =>
          make(
            'pre',
            { class: 'loop-command' },
            make('code', {}, `firebreak lesson confirm ${lesson} --from record.json`),
          ),
        ),
      ),
  );
}
