/** The indicators of the open incident: added by the line or by the list, shown defanged, saved whole for machines. */

import {
  blocklistFile,
  blocklistNames,
  blocklistsOf,
  countLeftOut,
  indicatorsCsv,
  type LeftOut,
} from '../../../../model/incident/indicator-files.ts';
import {
  defang,
  type Indicator,
  type IndicatorType,
  indicatorsOf,
  indicatorTypes,
  readIndicators,
} from '../../../../model/incident/indicators.ts';
import type { Deed } from '../../../../model/incident/record.ts';
import type { IncidentPlan } from '../../../../model/incident/steps.ts';
import { stixBundle, stixFile, type Tlp, tlpMarks } from '../../../../model/incident/stix.ts';
import { button, field, make, redraw } from '../elements.ts';
import { fault } from '../field-fault.ts';
import { saveFile } from '../files.ts';
import { text } from '../record-words.ts';
import type { Session } from '../session.ts';
import { shortTime } from '../times.ts';

/** Length of a target's value in the schema of the record. */
const longest = 500;

export function indicatorSection(session: Session, plan: IncidentPlan): { element: HTMLElement; draw: () => void } {
  const list = make('div');
  const files = make('div', { class: 'screen-only' });
  const tlp = tlpChoice(plan.tlp);
  const said = make('p', { role: 'status', class: 'incident-told' });
  const element = make(
    'div',
    {},
    make('p', { class: 'small quiet' }, text.indicatorsWhy),
    list,
    addForm(session),
    files,
    said,
  );
  const draw = () => {
    const indicators = indicatorsOf(session.state);
    drawList(list, indicators, session);
    drawFiles(files, { indicators, session, plan, tlp, said });
  };
  return { element, draw };
}

function drawList(place: HTMLElement, indicators: readonly Indicator[], session: Session): void {
  if (indicators.length === 0) {
    redraw(place, make('p', { class: 'quiet' }, text.noIndicators));
    return;
  }
  const byType = Map.groupBy(indicators, ({ type }) => type);
  redraw(
    place,
    make(
      'table',
      { class: 'indicators' },
      [...byType].map(([type, those]) =>
        make(
          'tbody',
          {},
          make('tr', {}, make('th', { scope: 'rowgroup', colspan: '3' }, text.indicatorTypes[type])),
          those.map((indicator) => rowOf(indicator, session)),
        ),
      ),
    ),
  );
}

function rowOf({ type, value, note, at, by, removed }: Indicator, session: Session): HTMLElement {
  const shown = defang(value, type);
  const target = { kind: 'indicator' as const, value };
  const add: Deed = { type: 'target-added', data: { target, indicator: type, ...(note ? { note } : {}) } };
  const remove: Deed = { type: 'target-removed', data: { target } };
  const label = removed ? text.indicatorAgain : text.remove;
  return make(
    'tr',
    {},
    make(
      'td',
      {},
      make(removed ? 'del' : 'span', {}, make('code', {}, shown)),
      note && make('span', { class: 'indicator-note' }, ` ${note}`),
    ),
    make(
      'td',
      { class: 'small quiet' },
      text.indicatorBy(by, shortTime(at)),
      removed && `, ${text.indicatorRemoved(removed.by, shortTime(removed.at))}`,
    ),
    make(
      'td',
      {},
      button(label, () => void session.does(removed ? add : remove), {
        class: 'screen-only',
        'data-key': `indicator ${value}`,
        'aria-label': `${label}: ${shown}`,
      }),
    ),
  );
}

function addForm(session: Session): HTMLFormElement {
  const pasted = make('textarea', { rows: '3', spellcheck: 'false', autocomplete: 'off', 'data-indicators': true });
  session.draft('indicators', pasted);
  const type = make(
    'select',
    { autocomplete: 'off' },
    make('option', { value: '' }, text.indicatorTypeTold),
    indicatorTypes.map((id) => make('option', { value: id }, text.indicatorTypes[id])),
  );
  const note = make('input', { type: 'text', maxlength: '20000', autocomplete: 'off' });
  const said = make('p', { role: 'status', class: 'incident-told' });
  const form = make(
    'form',
    { class: 'incident-form', novalidate: true },
    field(text.indicatorPaste, pasted, text.indicatorPasteHint),
    field(text.indicatorType, type),
    field(text.indicatorNote, note),
    make('p', {}, make('button', {}, text.indicatorAdd)),
    said,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const read = readIndicators(pasted.value);
    said.textContent = '';
    if (read.length === 0) return fault(pasted, text.needed);
    if (read.some(({ value }) => value.length > longest)) return fault(pasted, text.indicatorTooLong);
    fault(pasted, '');
    const known = new Set(session.state.targets.flatMap(({ kind, value }) => (kind === 'indicator' ? [value] : [])));
    const fresh = read.filter(({ value }) => !known.has(value));
    const deeds = fresh.map(({ type: told, value, port }): Deed => {
      const words = [port ? text.indicatorPort(port) : '', note.value.trim()].filter(Boolean).join(', ');
      const indicator = (type.value || told) as IndicatorType;
      return {
        type: 'target-added',
        data: { target: { kind: 'indicator', value }, indicator, ...(words ? { note: words } : {}) },
      };
    });
    pasted.value = '';
    note.value = '';
    type.value = '';
    session.forgetDraft('indicators');
    said.textContent = text.indicatorsAdded(fresh.length, read.length - fresh.length);
    void session.does(...deeds);
  });
  return form;
}

function tlpChoice(ofPlan: Tlp): HTMLSelectElement {
  const choice = make(
    'select',
    { autocomplete: 'off' },
    tlpMarks.map((mark) => make('option', { value: mark }, `TLP:${mark}`)),
  );
  choice.value = ofPlan;
  return choice;
}

interface Files {
  indicators: readonly Indicator[];
  session: Session;
  plan: IncidentPlan;
  tlp: HTMLSelectElement;
  /** Where it is said what was saved, and what was left out. */
  said: HTMLElement;
}

function drawFiles(place: HTMLElement, { indicators, session, plan, tlp, said }: Files): void {
  if (indicators.length === 0) {
    redraw(place);
    return;
  }
  const { name } = session.state;
  const told = (file: string, leftOut: readonly LeftOut[]) => {
    said.textContent = `${text.saved(file)} ${leftOutWords(leftOut)}`;
  };
  const { lists, leftOut } = blocklistsOf(indicators, plan.domains);
  const blocklists = (names: readonly (typeof blocklistNames)[number][]) =>
    names.flatMap((list) => {
      const values = lists.get(list);
      if (!values) return [];
      return [
        button(
          text.blocklist(text.blocklistNames[list], values.length),
          () => told(saveFile(name, 'txt', blocklistFile(values), `blocklist-${list}`), leftOut),
          { 'data-key': `blocklist ${list}` },
        ),
      ];
    });
  const listed = (title: string, buttons: HTMLElement[]) =>
    make(
      'p',
      { class: 'incident-buttons' },
      make('span', {}, title),
      buttons.length > 0 ? buttons : make('span', { class: 'quiet' }, text.noBlocklist),
    );
  redraw(
    place,
    make('h3', {}, text.indicatorFiles),
    make('p', { class: 'small quiet' }, text.indicatorFilesWhy),
    field(text.indicatorTlp, tlp),
    make(
      'p',
      { class: 'incident-buttons' },
      button(
        text.asStix,
        () => {
          const incident = { record: session.record, name, organisation: plan.organisation, tlp: tlp.value as Tlp };
          const { bundle, leftOut: without } = stixBundle(indicators, incident);
          told(saveFile(name, 'json', stixFile(bundle), 'indicators-stix'), without);
        },
        { 'data-key': 'stix' },
      ),
      button(
        text.asIndicatorCsv,
        () => {
          const { file, leftOut: without } = indicatorsCsv(indicators, text.indicatorCsv);
          told(saveFile(name, 'csv', file, 'indicators'), without);
        },
        { 'data-key': 'indicators csv' },
      ),
    ),
    listed(text.blocklistNetwork, blocklists(blocklistNames.slice(0, 3))),
    listed(text.blocklistHost, blocklists(blocklistNames.slice(3))),
    make('p', { class: 'small' }, leftOutWords(leftOut)),
  );
}

function leftOutWords(leftOut: readonly LeftOut[]): string {
  const reasons = [...countLeftOut(leftOut)].map(([reason, count]) => `${count} ${text.leftOutReasons[reason]}`);
  return text.leftOut(leftOut.length, reasons);
}
