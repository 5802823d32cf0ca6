/** The incidents of this device, a start, and a file, while none is open. */

import { mergeRecords, momentOf, utcOf } from '../../../../model/incident/record.ts';
import { stateOf } from '../../../../model/incident/state.ts';
import { field, make, redraw } from '../elements.ts';
import { fault } from '../field-fault.ts';
import { lastPerson, setPointer } from '../pointer.ts';
import { text } from '../record-words.ts';
import { openSession, type Session, theStore } from '../session.ts';
import { startForm } from '../start.ts';
import { fileField, section } from './fields.ts';

/** Draws them. `begin` is called with the incident that was started or opened. */
export async function showIncidents(page: HTMLElement, begin: (session: Session) => Promise<void>): Promise<void> {
  const { store, refused } = await theStore();
  const list = make('div');
  const started = async (session: Session) => {
    await begin(session);
    // The button stood at the end of a long form, and the record begins above it.
    scrollTo(0, 0);
    document.querySelector<HTMLElement>('.incident-name')?.focus();
  };
  const draw = async () => {
    const rows = [...(await store.incidents())].map(([incident, entries]) => ({
      incident,
      state: stateOf({ schema: 1, incident, entries }),
    }));
    rows.sort((a, b) => (a.state.startedAt < b.state.startedAt ? 1 : -1));
    redraw(
      list,
      rows.length === 0
        ? make('p', { class: 'quiet' }, text.noneOnDevice)
        : make(
            'ul',
            { class: 'rows' },
            rows.map(({ incident, state }) => {
              const person = make('input', { type: 'text', required: true, maxlength: '200', autocomplete: 'name' });
              person.value = lastPerson();
              const form = make(
                'form',
                { class: 'incident-row', novalidate: true },
                make(
                  'p',
                  {},
                  make('strong', {}, state.name),
                  make(
                    'span',
                    { class: 'quiet small' },
                    ` ${utcOf(state.startedAt)} UTC${state.closed ? `, ${text.closed}` : ''}`,
                  ),
                ),
                field(text.me, person),
                make('button', { 'aria-label': `${text.open}: ${state.name}` }, text.open),
              );
              form.addEventListener('submit', (event) => {
                event.preventDefault();
                if (person.value.trim() === '') return fault(person, text.needed);
                const pointer = { incident, person: person.value.trim() };
                void setPointer(pointer);
                void openSession(pointer).then(started);
              });
              return make('li', {}, form);
            }),
          ),
    );
  };
  const taking = fileField(text.importFile, text.importHint, async (record) => {
    const known = await store.entries(record.incident);
    const merged = mergeRecords({ schema: 1, incident: record.incident, entries: known }, record);
    await store.add(record.incident, record.entries);
    await store.setMergedAt(record.incident, momentOf(new Date()));
    await draw();
    return text.imported(merged.entries.length - known.length);
  });
  await draw();
  page.replaceChildren(
    refused ? make('p', { class: 'incident-warning', role: 'alert' }, text.notKept) : '',
    section('device', text.onDevice, list),
    section('file', text.importTitle, taking),
    section('start', text.start, await startForm(started)),
  );
}
