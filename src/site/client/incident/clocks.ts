/** The page of clocks while an incident is open: its answers stand in the record. */

import { clocksForm, fieldName, fieldPlace } from '../../../model/incident/forms.ts';
import { keptFrom, placesOf } from '../../clocks/kept.ts';
import { clocksHere } from '../clocks-here.ts';
import { settled } from '../settled.ts';
import { text } from './record-words.ts';
import type { Session } from './session.ts';
import { offerTakeOver } from './take-over.ts';
import { openForm } from './written-form.ts';

export async function followClocks(session: Session): Promise<void> {
  const here = await clocksHere;
  const { root, timeZone } = here;
  const form = await openForm(session, clocksForm);
  here.keepWith({
    load: () =>
      keptFrom(
        [...form.written()].map(([name, { data }]) => [name, data.value] as const),
        timeZone,
      ),
    typed: form.typed,
    left: (place, value) => form.left(place, value),
  });
  session.onChange(settled(here.redraw));

  const head = root.querySelector('[data-kept]');
  if (head) head.textContent = text.keptInIncident(session.state.name);
  root.querySelector('[data-do="clear"]')?.remove();
  const kept = [...placesOf(here.keptBefore(), timeZone)].flatMap(([name, value]) => {
    const place = fieldPlace(name);
    return place ? [{ place, value }] : [];
  });
  offerTakeOver(root, kept, form, (rest) =>
    here.keepInstead(
      keptFrom(
        rest.map(({ place, value }) => [fieldName(place), value]),
        timeZone,
      ),
    ),
  );
}
