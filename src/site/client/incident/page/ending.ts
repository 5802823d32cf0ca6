/** The end of a record: closing, a legal hold, and wiping. */

import { canonicalEntry, utcOf } from '../../../../model/incident/record.ts';
import type { IncidentEntry } from '../../../../model/schema-types.ts';
import { button, field, make, redraw } from '../elements.ts';
import { fault } from '../field-fault.ts';
import { NotRecord } from '../read-file.ts';
import { text } from '../record-words.ts';
import type { Session } from '../session.ts';
import { details, entryForm, fileField, needed } from './fields.ts';
import type { View } from './view.ts';

export function drawEnding(place: HTMLElement, { session }: View): void {
  const { closed } = session.state;
  redraw(
    place,
    make('p', { class: 'small quiet' }, text.closeHint),
    make(
      'p',
      { class: 'incident-buttons' },
      button(
        closed ? text.reopen : text.close,
        () => void session.does({ type: closed ? 'incident-reopened' : 'incident-closed', data: {} }),
        { 'data-key': 'closing' },
      ),
      button(text.leave, () => session.leave(), { 'data-key': 'leave' }),
    ),
  );
}

/** A legal hold: placed and lifted with a reason. The form stays as it is until that changes, so that nothing typed is lost. */
export function drawHold(place: HTMLElement, { session }: View): void {
  const { hold } = session.state;
  const now = hold?.entry.id ?? 'none';
  if (place.dataset['hold'] === now) return;
  place.dataset['hold'] = now;
  const reason = make('input', { type: 'text', maxlength: '20000', autocomplete: 'off', 'data-hold': 'reason' });
  const form = entryForm(
    hold ? text.holdLift : text.holdPlace,
    [field(hold ? text.holdLiftReason : text.holdReason, reason)],
    () => {
      const words = needed(reason);
      return words === undefined ? undefined : { type: hold ? 'hold-lifted' : 'hold-placed', data: { reason: words } };
    },
    session,
    [reason],
  );
  redraw(
    place,
    make('h3', {}, text.hold),
    hold
      ? make(
          'p',
          { class: 'incident-told' },
          text.holdInForce(utcOf(hold.entry.at), hold.entry.by, hold.reason ?? hold.entry.data.reason),
        )
      : make('p', { class: 'small quiet' }, text.holdHint),
    hold ? form : details(text.holdPlace, form),
  );
}

/** Wiping asks for the saved file, whole and of this incident, and for the name. */
export function wipeForm(session: Session): HTMLElement {
  let verified = new Set<string>();
  const name = make('input', { type: 'text', autocomplete: 'off', 'data-wipe': 'name' });
  const check = (texts: Iterable<string>): IncidentEntry[] => {
    const saved = new Set(texts);
    return session.record.entries.filter((entry) => !saved.has(canonicalEntry(entry)));
  };
  const file = fileField(text.wipeVerify, text.wipeFile, async (record) => {
    verified = new Set();
    if (record.incident !== session.record.incident) throw new NotRecord(text.wipeOther);
    const texts = record.entries.map(canonicalEntry);
    const missing = check(texts).length;
    if (missing > 0) throw new NotRecord(text.wipeMissing(missing));
    verified = new Set(texts);
    return text.wipeVerified;
  });
  const nameField = field(text.wipeName, name);
  const form = make(
    'form',
    { class: 'incident-form', novalidate: true },
    make('p', { class: 'small' }, text.wipeHint),
    file,
    nameField,
    make('p', {}, make('button', { class: 'button-danger' }, text.wipeNow)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const input = form.querySelector<HTMLInputElement>('input[type="file"]') as HTMLInputElement;
    if (session.state.hold) return fault(name, text.wipeHeld);
    // Something may have been added since the file was chosen.
    const missing = check(verified).length;
    if (missing > 0) return fault(input, verified.size === 0 ? text.needed : text.wipeMissing(missing));
    if (name.value.trim() !== session.state.name) return fault(name, text.wipeWrongName(session.state.name));
    void session.wipe().then(() => location.reload());
  });
  return details(text.wipe, form);
}
