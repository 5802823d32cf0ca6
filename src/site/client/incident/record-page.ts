/** The page of the record: what is open and whose, the timeline, the hand-over, and files. */

import { correctionOf } from '../../../model/incident/correction.ts';
import type { IncidentForms } from '../../../model/incident/forms.ts';
import type { DutyLine } from '../../../model/incident/prefill.ts';
import {
  canonicalEntry,
  type Deed,
  instantOf,
  localOf,
  mergeRecords,
  momentOf,
  utcOf,
} from '../../../model/incident/record.ts';
import { aboutOf, csvOf, markdownOf, type Names, namesOf, sentenceOf } from '../../../model/incident/report.ts';
import { type IncidentState, type Line, rolesOf, stateOf } from '../../../model/incident/state.ts';
import { type IncidentPlan, openSteps, type RunbookSteps } from '../../../model/incident/steps.ts';
import type { IncidentEntry } from '../../../model/schema-types.ts';
import { dutyLines } from './duties.ts';
import { button, fault, field, make, redraw } from './elements.ts';
import { saveFile, saveRecord } from './files.ts';
import { drawHandOver } from './hand-over.ts';
import { indicatorSection } from './indicators.ts';
import { loadForms, loadPlan, runbooksInUse, stepAddress } from './plan.ts';
import { lastPerson, setPointer } from './pointer.ts';
import { NotRecord, readRecord } from './read-file.ts';
import { text } from './record-words.ts';
import { openSession, type Session, theStore } from './session.ts';
import { startForm, timeField } from './start.ts';
import { shortTime } from './times.ts';
import { typedMoment } from './typed-moment.ts';
import { recordLeftDrafts } from './written-form.ts';

/** What the page is drawn from at one moment. */
export interface View {
  session: Session;
  plan: IncidentPlan;
  runbooks: RunbookSteps[];
  names: Names;
  duties: DutyLine[];
}

/** The incidents of this device, a start, and a file, while none is open. */
export async function showIncidents(page: HTMLElement, begin: (session: Session) => Promise<void>): Promise<void> {
  const { store, refused } = await theStore();
  const list = make('div');
  const started = (session: Session) => void begin(session);
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

function section(id: string, title: string, ...children: (Node | string)[]): HTMLElement {
  return make('section', { class: 'incident-section', 'aria-labelledby': id }, make('h2', { id }, title), ...children);
}

/** A field that takes a record's file; what came of it is said under it. */
function fileField(
  label: string,
  hint: string,
  take: (record: Awaited<ReturnType<typeof readRecord>>) => Promise<string>,
): HTMLElement {
  const input = make('input', { type: 'file', accept: '.json,application/json' });
  const said = make('p', { role: 'status', class: 'incident-told' });
  input.addEventListener('change', async () => {
    const [file] = input.files ?? [];
    if (!file) return;
    fault(input, '');
    said.textContent = '';
    try {
      said.textContent = await take(await readRecord(file));
    } catch (reason) {
      if (reason instanceof NotRecord) fault(input, text.notRecord(reason.message));
      else fault(input, reason instanceof Error && reason.name === 'QuotaExceededError' ? text.full : String(reason));
    }
    input.value = '';
  });
  return make('div', {}, field(label, input, hint), said);
}

/** The open incident. */
export async function showRecord(session: Session, page: HTMLElement): Promise<void> {
  await recordLeftDrafts(session);
  const head = make('div', { class: 'incident-head' });
  const conflicts = make('div');
  const open = make('div');
  const roles = make('div');
  const facts = make('div');
  const targets = make('div');
  const indicators = indicatorSection(session, await loadPlan());
  const timeline = make('div', { class: 'table', tabindex: '0', role: 'group', 'aria-label': text.timeline });
  const handOver = make('div');
  const ending = make('div');
  const hold = make('div');

  page.replaceChildren(
    head,
    conflicts,
    section('note', text.freeNote, noteForm(session)),
    section('open', text.openAndWhose, open),
    section('roles', text.rolesTitle, roles),
    section('facts', text.facts, facts, factForm(session), clockForm(session)),
    section('targets', text.targets, targets, targetForm(session)),
    section('indicators', text.indicators, indicators.element),
    section('timeline', text.timeline, timeline),
    section('hand-over', text.handOver, handOver),
    section('files', text.files, filesOf(session)),
    section('close', text.closeTitle, ending, hold, wipeForm(session)),
  );
  const changePriority = await priorityForm(session);
  ending.before(changePriority.priority, changePriority.name);

  let turn = 0;
  const draw = async () => {
    const mine = ++turn;
    const { state } = session;
    const [plan, runbooks, forms, mergedAt] = await Promise.all([
      loadPlan(),
      runbooksInUse(state),
      formsInUse(state),
      session.store.mergedAt(state.incident),
    ]);
    if (mine !== turn) return;
    const names = namesOf(plan, runbooks, forms?.forms);
    const view: View = { session, plan, runbooks, names, duties: dutyLines(state, forms, plan.timeZone) };
    drawHead(head, view, mergedAt);
    drawConflicts(conflicts, view);
    drawOpen(open, view);
    drawRoles(roles, view);
    drawFacts(facts, view);
    drawTargets(targets, view);
    indicators.draw();
    drawTimeline(timeline, view);
    drawHandOver(handOver, view);
    drawEnding(ending, view);
    drawHold(hold, view);
  };
  session.onChange(() => void draw());
  await draw();
  // The sections were not there yet when the browser looked for the one that the address names.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** What forms are called, once something was written on one. */
function formsInUse(state: IncidentState): Promise<IncidentForms | undefined> {
  return state.forms.size > 0 ? loadForms() : Promise.resolve(undefined);
}

function drawHead(place: HTMLElement, { session, names }: View, mergedAt: string | undefined): void {
  const { state, keeping, person } = session;
  redraw(
    place,
    make('p', { class: 'incident-title' }, state.name),
    make(
      'dl',
      { class: 'facts' },
      make('dt', {}, text.priority),
      make('dd', {}, state.priority ? names.priority(state.priority.entry.data.priority) : text.priorityLater),
      make('dt', {}, text.startedAt),
      make('dd', {}, `${utcOf(state.startedAt)} UTC, ${localOf(state.startedAt)}`),
      make('dt', {}, text.by),
      make('dd', {}, text.youAre(person)),
      make('dt', {}, text.where),
      make('dd', {}, mergedAt ? text.mergedAt(shortTime(mergedAt)) : text.deviceOnly),
    ),
    make(
      'p',
      { class: 'small quiet' },
      { kept: text.kept, 'may-drop': text.mayDrop, full: text.full, refused: text.notKept }[keeping],
    ),
  );
}

function drawConflicts(place: HTMLElement, { session, names }: View): void {
  const { conflicts } = session.state;
  redraw(
    place,
    conflicts.length > 0 &&
      make(
        'section',
        { class: 'incident-conflicts', 'aria-labelledby': 'conflicts' },
        make('h2', { id: 'conflicts' }, text.conflicts),
        make('p', {}, text.conflictsWhy),
        conflicts.map(({ about, entries }) => {
          const words = () => {
            switch (about.kind) {
              case 'step': {
                const { name, text: instruction } = names.reference(about.name);
                return `${name} ${instruction}`;
              }
              case 'role':
                return text.about.role(names.role(about.name));
              case 'fact':
                return text.about.fact(text.factNames[about.name] ?? about.name);
              case 'form': {
                const { form, place } = names.written({ form: about.name, field: about.field, value: '' });
                return text.about.form(form, place);
              }
              case 'id':
                return text.about.id(about.name);
              default:
                return text.about[about.kind];
            }
          };
          return make(
            'div',
            {},
            make('h3', {}, words()),
            make(
              'ul',
              {},
              entries.map((entry) =>
                make('li', {}, `${utcOf(entry.at)} UTC, ${entry.by}: ${sentenceOf(entry, names, text)}`),
              ),
            ),
          );
        }),
      ),
  );
}

/** By role: whose it is comes first, since that is what is asked. */
function drawOpen(place: HTMLElement, { session, plan, runbooks, names }: View): void {
  const { state } = session;
  const groups = new Map<string, { runbook: RunbookSteps; step: RunbookSteps['steps'][number] }[]>();
  for (const runbook of runbooks)
    for (const step of openSteps(state, runbook)) {
      const [role = ''] = step.roles;
      groups.set(role, [...(groups.get(role) ?? []), { runbook, step }]);
    }
  const mine = rolesOf(state, session.person);
  const order = [...groups].sort(([a], [b]) => Number(mine.includes(b)) - Number(mine.includes(a)));
  redraw(
    place,
    runbooks.length === 0 && make('p', { class: 'quiet' }, text.noRunbook),
    runbooks.length > 0 && groups.size === 0 && make('p', { class: 'quiet' }, text.nothingOpen),
    order.map(([role, steps], index) =>
      make(
        'details',
        { class: 'open-of-role', open: index === 0 },
        make(
          'summary',
          {},
          `${role ? names.role(role) : text.nobody} `,
          make(
            'span',
            { class: 'quiet' },
            `${state.roles.get(role)?.join(', ') ?? text.nobody}, ${text.openForAll(steps.length)}`,
          ),
        ),
        make(
          'ul',
          { class: 'rows' },
          steps.map(({ runbook, step }) =>
            make(
              'li',
              {},
              make(
                'a',
                { href: stepAddress(plan, `runbook:${runbook.id}#${step.id}`) },
                `${runbook.code} ${step.number} ${step.text}`,
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

function drawRoles(place: HTMLElement, { session, plan, names }: View): void {
  const { state } = session;
  const row = (role: string) => {
    const holders = state.roles.get(role) ?? [];
    const isMine = holders.includes(session.person) && holders.length === 1;
    return make(
      'li',
      { class: 'incident-role' },
      make('span', {}, make('strong', {}, names.role(role)), ` ${holders.join(', ')}`),
      button(
        isMine ? text.giveUp : text.take,
        () => void session.does({ type: isMine ? 'role-left' : 'role-taken', data: { role } }),
        { 'data-key': `role ${role}`, 'aria-label': `${isMine ? text.giveUp : text.take}: ${names.role(role)}` },
      ),
    );
  };
  const held = [...state.roles.keys()];
  const free = plan.roles.map(({ id }) => id).filter((id) => !held.includes(id));
  const wasOpen = place.querySelector('details')?.open ?? held.length === 0;
  redraw(
    place,
    held.length > 0 && make('ul', { class: 'rows' }, held.map(row)),
    make(
      'details',
      { open: wasOpen },
      make('summary', {}, text.freeRoles),
      make('ul', { class: 'rows incident-roles' }, free.map(row)),
    ),
  );
}

function drawFacts(place: HTMLElement, { session }: View): void {
  const { facts, clocks } = session.state;
  redraw(
    place,
    make(
      'dl',
      { class: 'facts' },
      [...facts.values()].flatMap(({ data, by }) => [
        make('dt', {}, text.factNames[data.name] ?? data.name),
        make(
          'dd',
          {},
          [data.time ? `${utcOf(data.time)} UTC, ${localOf(data.time)}` : '', data.text ?? '']
            .filter(Boolean)
            .join(', '),
          make('span', { class: 'quiet small' }, ` ${by}`),
        ),
      ]),
      [...clocks].flatMap(([device, { data, by }]) => [
        make('dt', {}, text.clockOf(by, device === session.store.device)),
        make('dd', {}, text.clockSays(data.ahead, data.with)),
      ]),
    ),
  );
}

function drawTargets(place: HTMLElement, { session }: View): void {
  const targets = session.state.targets.filter(({ kind }) => kind !== 'indicator');
  redraw(
    place,
    targets.length === 0
      ? make('p', { class: 'quiet' }, text.noTargets)
      : make(
          'ul',
          { class: 'rows' },
          targets.map(({ kind, value, note }) =>
            make(
              'li',
              { class: 'incident-role' },
              make('span', {}, `${text.targetKinds[kind]} `, make('code', {}, value), note ? ` ${note}` : ''),
              button(
                text.remove,
                () => void session.does({ type: 'target-removed', data: { target: { kind, value } } }),
                {
                  'data-key': `target ${kind} ${value}`,
                  'aria-label': `${text.remove}: ${value}`,
                },
              ),
            ),
          ),
        ),
  );
}

function drawTimeline(place: HTMLElement, { session, plan, names }: View): void {
  redraw(
    place,
    make(
      'table',
      {},
      make(
        'thead',
        {},
        make(
          'tr',
          {},
          [text.utc, text.local, text.by, text.what].map((title) => make('th', { scope: 'col' }, title)),
        ),
      ),
      make(
        'tbody',
        {},
        togetherOnForms(session.state.timeline).map((lines) => {
          const [line] = lines;
          return make(
            'tr',
            {},
            make('td', { class: 'time' }, utcOf(line.entry.at)),
            make('td', { class: 'time quiet' }, localOf(line.entry.at)),
            make('td', {}, line.entry.by),
            make(
              'td',
              {},
              lines.length > 1 ? writtenOf(lines, names) : whatOf(line, names, plan),
              correcting(line, session),
            ),
          );
        }),
      ),
    ),
  );
}

/** Milliseconds within which answers on one form are one line of the timeline. */
const together = 10 * 60_000;

/** The lines as they are read: answers that one person gave on one form soon after each other are together. */
function togetherOnForms(lines: readonly Line[]): [Line, ...Line[]][] {
  const groups: [Line, ...Line[]][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const last = group?.at(-1)?.entry;
    const { entry } = line;
    if (
      group &&
      last?.type === 'form-written' &&
      entry.type === 'form-written' &&
      last.by === entry.by &&
      last.data.form === entry.data.form &&
      instantOf(entry.at) - instantOf(last.at) < together
    )
      group.push(line);
    else groups.push([line]);
  }
  return groups;
}

/** Several answers on one form; of each the last. */
function writtenOf(lines: readonly Line[], names: Names): Node[] {
  const answers = new Map<string, { place: string; value: string }>();
  let form = '';
  for (const { entry } of lines)
    if (entry.type === 'form-written') {
      const written = names.written(entry.data);
      form = written.form;
      answers.set(entry.data.field, written);
    }
  return [
    make(
      'details',
      {},
      make('summary', {}, `${form}: ${text.answers(answers.size)}`),
      make(
        'ul',
        {},
        [...answers.values()].map(({ place, value }) => make('li', {}, `${place}: ${value || text.answerTakenBack}`)),
      ),
    ),
  ];
}

function whatOf(line: Line, names: Names, plan: IncidentPlan): (Node | string | false | undefined)[] {
  const { entry } = line;
  const about = aboutOf(entry, names);
  const href = 'ref' in entry && entry.ref ? stepAddress(plan, entry.ref) : undefined;
  const name = about && [about.name, about.text].filter(Boolean).join(' ');
  const said = sentenceOf(entry, names, text);
  const correction = correctionOf(line, text);
  return [
    name !== undefined && (href ? make('a', { href }, name) : name),
    name !== undefined && ': ',
    correction ? make('del', {}, said) : said,
    correction !== undefined && ` ${correction}`,
    line.reason !== undefined && ` ${text.reason(line.reason)}`,
  ];
}

/** What somebody wrote in words can be wrong; what is right is said beside it. */
function correcting({ entry, correction }: Line, session: Session): Node | false {
  if (entry.type !== 'note' || correction) return false;
  const place = make('div', { class: 'screen-only' });
  const begin = button(
    text.correct,
    () => {
      const right = make('textarea', { rows: '2', maxlength: '20000' });
      right.value = entry.data.text;
      redraw(
        place,
        field(text.correctLabel, right),
        make(
          'div',
          { class: 'incident-buttons' },
          button(text.correct, () => {
            const words = right.value.trim();
            void session.does({ type: 'corrected', data: { of: entry.id, ...(words ? { text: words } : {}) } });
          }),
          button(text.cancel, () => redraw(place, begin)),
        ),
      );
      right.focus();
    },
    { class: 'button-quiet', 'data-key': `correct ${entry.id}` },
  );
  place.append(begin);
  return place;
}

function drawEnding(place: HTMLElement, { session }: View): void {
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
function drawHold(place: HTMLElement, { session }: View): void {
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

/** A form of a few fields that adds one entry. */
function entryForm(
  label: string,
  fields: Node[],
  deed: () => Deed | undefined,
  session: Session,
  clear: (HTMLInputElement | HTMLTextAreaElement)[],
): HTMLFormElement {
  const form = make(
    'form',
    { class: 'incident-form', novalidate: true },
    ...fields,
    make('p', {}, make('button', {}, label)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const made = deed();
    if (!made) return;
    for (const control of clear) {
      control.value = '';
      control.dispatchEvent(new Event('input'));
    }
    void session.does(made);
  });
  return form;
}

/** The text of a control that must have one, or undefined, which is said. */
function needed(control: HTMLInputElement | HTMLTextAreaElement): string | undefined {
  const words = control.value.trim();
  fault(control, words === '' ? text.needed : '');
  return words === '' ? undefined : words;
}

function noteForm(session: Session): HTMLElement {
  const note = make('textarea', { rows: '3', maxlength: '20000', 'data-note': true });
  session.draft('note', note);
  return entryForm(
    text.saveNote,
    [field(text.noteFree, note)],
    () => {
      const words = needed(note);
      return words === undefined ? undefined : { type: 'note', data: { text: words } };
    },
    session,
    [note],
  );
}

function factForm(session: Session): HTMLElement {
  const name = make(
    'select',
    { autocomplete: 'off' },
    Object.entries(text.factNames).map(([id, title]) => make('option', { value: id }, title)),
    make('option', { value: '' }, text.factOther),
  );
  const own = make('input', { type: 'text', maxlength: '100', autocomplete: 'off' });
  const time = make('input', { type: 'text', autocomplete: 'off' });
  const words = make('input', { type: 'text', maxlength: '20000', autocomplete: 'off' });
  const ownField = field(text.factName, own);
  ownField.hidden = true;
  name.addEventListener('change', () => {
    ownField.hidden = name.value !== '';
  });
  return details(
    text.addFact,
    entryForm(
      text.add,
      [field(text.factKind, name), ownField, timeField(text.factTime, time), field(text.factText, words)],
      () => {
        const called = name.value || needed(own);
        const moment = typedMoment(time.value, new Date());
        if (time.value.trim() !== '' && !moment) fault(time, text.timeFault);
        else if (!moment && words.value.trim() === '') fault(time, text.needed);
        else {
          fault(time, '');
          const said = words.value.trim();
          if (called)
            return {
              type: 'fact',
              data: { name: called, ...(moment ? { time: moment } : {}), ...(said ? { text: said } : {}) },
            };
        }
        return undefined;
      },
      session,
      [own, time, words],
    ),
  );
}

function clockForm(session: Session): HTMLElement {
  const ahead = make('input', { type: 'text', inputmode: 'numeric', autocomplete: 'off' });
  const other = make('input', { type: 'text', maxlength: '200', autocomplete: 'off' });
  return details(
    text.clock,
    entryForm(
      text.add,
      [field(text.clockAhead, ahead), field(text.clockWith, other)],
      () => {
        const seconds = Number(needed(ahead)?.replace(',', '.').replace('−', '-') ?? Number.NaN);
        if (Number.isNaN(seconds)) {
          fault(ahead, text.numberFault);
          return undefined;
        }
        const clock = needed(other);
        return clock === undefined ? undefined : { type: 'clock-compared', data: { ahead: seconds, with: clock } };
      },
      session,
      [ahead, other],
    ),
  );
}

function targetForm(session: Session): HTMLElement {
  const kind = make(
    'select',
    { autocomplete: 'off' },
    (['host', 'account'] as const).map((id) => make('option', { value: id }, text.targetKinds[id])),
  );
  const value = make('input', { type: 'text', maxlength: '500', autocomplete: 'off', spellcheck: 'false' });
  const note = make('input', { type: 'text', maxlength: '20000', autocomplete: 'off' });
  return entryForm(
    text.add,
    [field(text.targetKind, kind), field(text.targetValue, value), field(text.targetNote, note)],
    () => {
      const words = needed(value);
      if (words === undefined) return undefined;
      const said = note.value.trim();
      const target = { kind: kind.value as 'host' | 'account', value: words };
      return { type: 'target-added', data: { target, ...(said ? { note: said } : {}) } };
    },
    session,
    [value, note],
  );
}

async function priorityForm(session: Session): Promise<{ priority: HTMLElement; name: HTMLElement }> {
  const plan = await loadPlan();
  const priority = make(
    'select',
    { autocomplete: 'off' },
    plan.priorities.map(({ id, name }) => make('option', { value: id }, name)),
  );
  const why = make('input', { type: 'text', maxlength: '20000', autocomplete: 'off' });
  const name = make('input', { type: 'text', maxlength: '200', autocomplete: 'off' });
  return {
    priority: details(
      text.changePriority,
      entryForm(
        text.set,
        [field(text.priority, priority), field(text.reasonLabel, why)],
        () => {
          const reason = why.value.trim();
          return { type: 'priority-set', data: { priority: priority.value, ...(reason ? { reason } : {}) } };
        },
        session,
        [why],
      ),
    ),
    name: details(
      text.rename,
      entryForm(
        text.rename,
        [field(text.name, name)],
        () => {
          const words = needed(name);
          return words === undefined ? undefined : { type: 'incident-named', data: { name: words } };
        },
        session,
        [name],
      ),
    ),
  };
}

function details(label: string, content: Node): HTMLElement {
  return make('details', {}, make('summary', {}, label), content);
}

function filesOf(session: Session): HTMLElement {
  const said = make('p', { role: 'status', class: 'incident-told' });
  const saving = (label: string, save: () => string | Promise<string>) =>
    button(label, async () => {
      said.textContent = text.saved(await save());
    });
  const timeline = async (form: 'md' | 'csv') => {
    const { state } = session;
    const forms = await formsInUse(state);
    const names = namesOf(await loadPlan(), await runbooksInUse(state), forms?.forms);
    return saveFile(state.name, form, (form === 'md' ? markdownOf : csvOf)(state, names, text));
  };
  return make(
    'div',
    {},
    make('p', { class: 'small quiet' }, text.filesHint),
    make(
      'p',
      { class: 'incident-buttons' },
      saving(text.asJson, () => saveRecord(session)),
      saving(text.asMarkdown, () => timeline('md')),
      saving(text.asCsv, () => timeline('csv')),
    ),
    said,
    fileField(text.importFile, text.importHint, async (record) => {
      if (record.incident !== session.record.incident) {
        await session.store.add(record.incident, record.entries);
        await session.store.setMergedAt(record.incident, momentOf(new Date()));
        return text.importedOther;
      }
      const before = session.record.entries.length;
      await session.store.setMergedAt(record.incident, momentOf(new Date()));
      await session.takeIn(record.entries);
      return text.imported(session.record.entries.length - before);
    }),
  );
}

/** Wiping asks for the saved file, whole and of this incident, and for the name. */
function wipeForm(session: Session): HTMLElement {
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
