/** A form whose answers stand in the record of the open incident. */

import { draftName, type FieldPlace, type FormValue, fieldName, isSameValue } from '../../../model/incident/forms.ts';
import type { EntryOf } from '../../../model/incident/record.ts';
import type { Session } from './session.ts';

export interface WrittenForm {
  /** What holds, by the name of the place, in the order in which places were first written. */
  written: () => ReadonlyMap<string, EntryOf<'form-written'>>;
  valueOf: (place: FieldPlace) => FormValue | undefined;
  /** Keeps what is being typed, with every key. */
  typed: (place: FieldPlace, value: FormValue) => void;
  /** Records what stands in a field, if that is news; `shown` is what stands there without anybody writing. */
  left: (place: FieldPlace, value: FormValue, shown?: FormValue) => void;
}

/** @param digest of the definition that is filled in */
export async function openForm(session: Session, form: string, digest?: string): Promise<WrittenForm> {
  const { store, record } = session;
  const { incident } = record;
  const prefix = draftName(form);
  const nothing: ReadonlyMap<string, EntryOf<'form-written'>> = new Map();
  const written = () => session.state.forms.get(form) ?? nothing;
  const isNews = (name: string, value: FormValue) => {
    const known = written().get(name)?.data.value;
    return known === undefined ? value.length > 0 : !isSameValue(known, value);
  };
  const enter = async (name: string, value: FormValue) => {
    const draft = JSON.stringify(value);
    const data = { form, field: name, value: typeof value === 'string' ? value : [...value] };
    await session.does({ type: 'form-written', ...(digest ? { digest } : {}), data });
    // What could not be written stays as it was typed.
    if (session.keeping !== 'full') await store.dropDraft(incident, prefix + name, draft).catch(() => {});
  };

  // What was typed and never left: the browser was closed, or it crashed.
  for (const [name, draft] of await store.drafts(incident, prefix)) {
    const value = JSON.parse(draft) as FormValue;
    if (isNews(name, value)) await enter(name, value);
    else await store.dropDraft(incident, prefix + name, draft);
  }

  return {
    written,
    valueOf: (place) => written().get(fieldName(place))?.data.value,
    typed: (place, value) => session.keepDraft(prefix + fieldName(place), JSON.stringify(value)),
    left: (place, value, shown) => {
      const name = fieldName(place);
      const known = written().get(name)?.data.value;
      const before = known === undefined || known.length === 0 ? (shown ?? known ?? '') : known;
      if (isSameValue(before, value)) session.forgetDraft(prefix + name);
      else void enter(name, value);
    },
  };
}

/** Records what was typed on any form and never left, so that the record and its files are whole. */
export async function recordLeftDrafts(session: Session): Promise<void> {
  const drafts = await session.store.drafts(session.record.incident, 'form ');
  const forms = new Set([...drafts.keys()].map((name) => name.slice(0, name.indexOf(' '))));
  for (const form of forms) await openForm(session, form);
}
