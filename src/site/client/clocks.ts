/**
 * The page of clocks: keeps the answers with every key, in this browser alone while no incident is open, judges every duty against them at once, and
 * makes a record for paper and a file for calendars. Words about a duty are taken from the table of the page.
 */

import { type CalendarEvent, calendarFile } from '../../model/calendar-file.ts';
import { localTime } from '../../model/deadlines.ts';
import {
  byDeadline,
  type Duty,
  type DutyRules,
  dutiesFor,
  dutyInWords,
  dutyName,
  type IncidentFacts,
  type Moment,
} from '../../model/duties.ts';
import { clocksForm, draftName, type FieldPlace, fieldName } from '../../model/incident/forms.ts';
import { interfaceText } from '../../model/interface-text.ts';
import { spokenTime, writtenMoment } from '../../model/worksheet.ts';
import {
  type DutyNote,
  type FactNote,
  factsFrom,
  generalPlaces,
  isCount,
  isDay,
  type Kept,
  momentPlace,
  readKept,
  writtenDays,
} from '../clocks/kept.ts';
import { paperRecord } from '../clocks/paper.ts';
import { type ClocksKeeper, offerClocks } from './clocks-here.ts';
import { draftAhead } from './incident/ahead.ts';
import { openPointer } from './incident/pointer.ts';
import { settled } from './settled.ts';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Part = 'dated' | 'undated' | 'waiting' | 'settled' | 'excluded';

const root = document.querySelector<HTMLElement>('[data-clocks]');
if (root) run(root);

function run(root: HTMLElement): void {
  const text = interfaceText(document.documentElement.lang);
  const words = text.clocks;
  const rules = JSON.parse(root.dataset['rules'] ?? '') as DutyRules;
  const { base = '/', plan = '' } = document.documentElement.dataset;
  const key = `firebreak:clocks:${plan}:${base}`;
  const names = new Map(rules.facts.map(({ id, name }) => [id, name]));
  const find = <E extends HTMLElement = HTMLElement>(selector: string) => root.querySelector<E>(selector) as E;
  const all = <E extends HTMLElement = HTMLElement>(selector: string) => [...root.querySelectorAll<E>(selector)];
  const say = (said: string) => {
    find('[data-said]').textContent = said;
  };
  const zone = find<HTMLSelectElement>('[data-zone]');
  const results = find('[data-results]');
  const ownZone = zone.value;
  let showsAllFacts = false;
  /** In this browser alone. */
  const here: ClocksKeeper = {
    load: keptHere,
    typed: (_place, _value, all) => keepHere(all),
    left: (_place, _value, all) => keepHere(all),
  };
  // An incident is open, and its record is being read: what is written meanwhile is handed over.
  const early = new Map<string, [FieldPlace, string]>();
  const keepEarly = (place: FieldPlace, value: string) => {
    early.set(fieldName(place), [place, value]);
    draftAhead(draftName(clocksForm, fieldName(place)), JSON.stringify(value));
  };
  const nowhere: ClocksKeeper = { load: () => readKept(null, ownZone), typed: keepEarly, left: keepEarly };
  let keeper = openPointer() ? nowhere : here;
  let state = keeper.load();
  let duties: Duty[] = [];

  root.hidden = false;
  (document.querySelector('[data-all]') as HTMLElement).hidden = true;
  for (const name of Intl.supportedValuesOf?.('timeZone') ?? [])
    if (![...zone.options].some((option) => option.value === name)) zone.add(new Option(name, name));

  // One entry a duty, made once, so that what is typed in it stays where it is.
  const entries = new Map<string, HTMLElement>();
  for (const notification of rules.notifications)
    for (const clock of notification.clocks) {
      const name = dutyName({ notification: notification.id, clock: clock.id });
      entries.set(name, makeEntry(name, notification.id));
    }

  function makeEntry(name: string, notification: string): HTMLElement {
    const template = find<HTMLTemplateElement>('template[data-entry]');
    const entry = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    entry.dataset['entry'] = name;
    const law = document.querySelector(`tbody[data-notification="${CSS.escape(notification)}"]`);
    const row = document.querySelector(`tr[data-duty="${CSS.escape(name)}"]`);
    for (const part of ['title', 'template', 'decides', 'source', 'what', 'starts', 'recipient']) {
      const slot = slotOf(entry, part);
      const from = row?.querySelector(`[data-part="${part}"]`) ?? law?.querySelector(`[data-part="${part}"]`);
      if (from) slot.replaceChildren(...[...from.childNodes].map((node) => node.cloneNode(true)));
      else if (slot.tagName === 'DD') {
        slot.previousElementSibling?.remove();
        slot.remove();
      }
    }
    slotOf(entry, 'record').textContent = words.recordOf(slotOf(entry, 'what').textContent ?? '');
    for (const radio of entry.querySelectorAll<HTMLInputElement>('[data-decision]')) radio.name = `decision-${name}`;
    return entry;
  }

  function keptHere(): Kept {
    try {
      return readKept(localStorage.getItem(key), ownZone);
    } catch {
      return readKept(null, ownZone);
    }
  }

  let keeps = true;
  function keepHere(all: Kept): void {
    try {
      localStorage.setItem(key, JSON.stringify(all));
    } catch {
      if (keeps && keeper === here) find('[data-kept]').textContent = words.notKept;
      keeps = false;
    }
  }

  function update(): void {
    const facts = factsFrom(state, rules.facts);
    duties = dutiesFor(facts, rules.notifications);
    for (const duty of duties) showDuty(duty, facts);
    if (!results.contains(document.activeElement?.closest('.clock-entry') ?? null)) sortEntries();
    showFacts(facts);
    showFaults();
    showCounts();
    showTimeLeft();
  }

  function showDuty(duty: Duty, facts: IncidentFacts): void {
    const entry = entries.get(dutyName(duty)) as HTMLElement;
    const { timeZone } = facts.calendar;
    const put = (slot: string, said: string) => {
      const element = slotOf(entry, slot);
      if (element.textContent !== said) element.textContent = said;
    };
    const rule = clockOf(duty);
    entry.dataset['verdict'] = duty.verdict;
    put('verdict', words.verdicts[duty.verdict]);
    put('why', dutyInWords(duty, names, text).join(' '));
    put('within', rule?.within ? words.within(rule.within) : words.noTime);
    const { at, latest } = duty.deadline ?? {};
    put('local', at ? localTime(at, timeZone) : '');
    put('utc', at ? words.utc(spokenTime(at)) : '');
    put('latest', latest && latest.getTime() !== at?.getTime() ? words.latest(localTime(latest, timeZone)) : '');
    const { start } = duty;
    const assumed = start && start.event === 'awareness' && rule?.countedFrom?.event !== 'awareness';
    put(
      'from',
      start
        ? `${words.from(words.events[start.event], localTime(start.at, timeZone))} ${assumed ? words.assumed(words.events[rule?.countedFrom?.event ?? 'awareness']) : ''}`.trim()
        : '',
    );
    const note = state.duties[dutyName(duty)] ?? {};
    (entry.querySelector('[data-reason-fault]') as HTMLElement).hidden = !(
      note.decision === 'do-not-notify' && !note.why?.trim()
    );
  }

  const clockOf = ({ notification, clock }: Duty) =>
    rules.notifications.find(({ id }) => id === notification)?.clocks.find(({ id }) => id === clock);

  /** Where a duty stands on the page. */
  function partOf(duty: Duty): Part {
    const note = state.duties[dutyName(duty)];
    if (duty.verdict === 'does-not-apply') return 'excluded';
    if (writtenMoment(note?.sent) || (note?.decision === 'do-not-notify' && note.why?.trim())) return 'settled';
    if (duty.deadline) return 'dated';
    const rule = clockOf(duty);
    return rule?.within === undefined && (duty.start || !rule?.countedFrom) ? 'undated' : 'waiting';
  }

  const listOf = (part: Part) => find(`[data-part-of="${part}"] [data-list]`);

  function sortEntries(): void {
    const firm = ({ verdict }: Duty) => (verdict === 'applies' ? 0 : 1);
    const sorted = duties.toSorted((a, b) => byDeadline(a, b) || firm(a) - firm(b));
    const parts = Map.groupBy(sorted, partOf);
    for (const part of ['dated', 'undated', 'waiting', 'settled', 'excluded'] as const) {
      const wanted = (parts.get(part) ?? []).map((duty) => entries.get(dutyName(duty)) as HTMLElement);
      const list = listOf(part);
      // Only where the order has changed, so that a reader of the page is not disturbed.
      if (wanted.length !== list.children.length || wanted.some((entry, index) => list.children[index] !== entry))
        list.replaceChildren(...wanted);
    }
  }

  function showCounts(): void {
    const count = (verdict: Duty['verdict']) => duties.filter((duty) => duty.verdict === verdict).length;
    const said = words.found(count('applies'), count('may-apply'), count('does-not-apply'));
    if (find('[data-count]').textContent !== said) find('[data-count]').textContent = said;
    for (const part of all('[data-part-of]')) {
      const { length } = (part.querySelector('[data-list]') as HTMLElement).children;
      (part.querySelector('[data-part-count]') as HTMLElement).textContent = String(length);
      (part.querySelector('[data-part-empty]') as HTMLElement).hidden = length > 0;
    }
  }

  /** The only thing on the page that moves by itself, once a minute. */
  function showTimeLeft(): void {
    const now = Date.now();
    const left = ({ deadline }: Duty) => {
      if (!deadline) return '';
      const minutes = Math.floor((deadline.at.getTime() - now) / 60_000);
      return minutes < 0 ? words.over(text.form.elapsed(-minutes)) : words.left(text.form.elapsed(minutes));
    };
    for (const duty of duties) {
      const slot = slotOf(entries.get(dutyName(duty)) as HTMLElement, 'left');
      slot.textContent = left(duty);
      slot.classList.toggle('clock-over', (duty.deadline?.at.getTime() ?? now) < now);
    }
    const next = duties.filter((duty) => partOf(duty) === 'dated').toSorted(byDeadline)[0];
    find('[data-bar]').textContent = next
      ? words.next(left(next), duties.filter((duty) => partOf(duty) === 'dated').length)
      : words.noNext;
  }

  /** The facts on which a duty still depends. */
  function wantedFacts(): Set<string> {
    const wanted = new Set<string>();
    for (const duty of duties) {
      for (const reason of duty.missing)
        if (reason.about === 'facts') for (const fact of reason.facts) wanted.add(fact);
      const from = clockOf(duty)?.countedFrom;
      if (duty.verdict !== 'does-not-apply' && from?.finding) wanted.add(from.finding);
    }
    return wanted;
  }

  function showFacts({ answers }: IncidentFacts): void {
    const wanted = wantedFacts();
    let hidden = 0;
    for (const fact of all('[data-fact]')) {
      const id = fact.dataset['fact'] as string;
      const given = state.facts[id]?.answer;
      const answer = answers[id]?.answer ?? 'unknown';
      for (const radio of fact.querySelectorAll<HTMLInputElement>('input[type=radio]'))
        radio.checked = radio.value === answer;
      const known = rules.facts.find((candidate) => candidate.id === id)?.known;
      const own = given !== undefined && given !== 'unknown';
      (fact.querySelector('[data-tag]') as HTMLElement).textContent =
        own || answer === 'unknown' ? '' : known === answer && given === undefined ? words.known : words.follows;
      const shown = showsAllFacts || own || wanted.has(id) || fact.contains(document.activeElement);
      fact.hidden = !shown;
      if (!shown) hidden += 1;
    }
    for (const group of all('[data-group]')) {
      const shown = [...group.querySelectorAll<HTMLElement>('[data-fact]')].filter((fact) => !fact.hidden);
      (group.querySelector('[data-none]') as HTMLElement).hidden = shown.length > 0;
      const button = group.querySelector('[data-rest-no]') as HTMLButtonElement;
      // A button that was just pressed stays, so that the place on the page is not lost.
      button.hidden = button !== document.activeElement && openIn(group).length < 2;
    }
    const note = find('[data-hidden-facts]');
    note.textContent = hidden > 0 ? words.hiddenFacts(hidden) : '';
    note.hidden = hidden === 0;
    const toggle = find('[data-show-facts]');
    toggle.hidden = hidden === 0 && !showsAllFacts;
    toggle.textContent = showsAllFacts ? words.hideFacts : words.showFacts;
    toggle.setAttribute('aria-pressed', String(showsAllFacts));
  }

  /** The facts of a group that are asked for and not answered. */
  function openIn(group: Element): string[] {
    const { answers } = factsFrom(state, rules.facts);
    return [...group.querySelectorAll<HTMLElement>('[data-fact]')]
      .filter((fact) => !fact.hidden)
      .map((fact) => fact.dataset['fact'] as string)
      .filter((id) => (answers[id]?.answer ?? 'unknown') === 'unknown');
  }

  function showFaults(): void {
    const check = (control: Control, fine: boolean) => {
      const fault = control.closest('.field')?.querySelector<HTMLElement>('[data-fault]');
      // Nobody is corrected in the middle of a word.
      if (!fault || control === document.activeElement) return;
      fault.hidden = fine;
      control.setAttribute('aria-invalid', String(!fine));
    };
    for (const control of all<HTMLInputElement>('[data-time]')) {
      const moment = writtenMoment(control.value);
      check(control, control.value.trim() === '' || moment !== undefined);
      const read = control.closest('.field')?.querySelector('[data-read]');
      if (read) read.textContent = moment ? localTime(moment, state.timeZone) : '';
    }
    const people = find<HTMLInputElement>('[data-people]');
    if (people) check(people, isCount(people.value));
    const holidays = find<HTMLInputElement>('[data-holidays]');
    check(holidays, writtenDays(holidays.value).every(isDay));
  }

  /** Shows what was typed. A control in which somebody is writing at this moment is left alone. */
  function show(): void {
    const fill = (control: Control | null, value: string | undefined) => {
      if (control && control !== document.activeElement) control.value = value ?? '';
    };
    for (const fact of all('[data-fact]'))
      for (const field of ['at', 'by', 'why'] as const)
        fill(
          fact.querySelector<Control>(`[data-note="${field}"]`),
          state.facts[fact.dataset['fact'] as string]?.[field],
        );
    for (const moment of all('[data-moment]'))
      fill(moment.querySelector('input'), state.moments[moment.dataset['moment'] as Moment]);
    fill(root.querySelector('[data-people]'), state.people);
    fill(find('[data-holidays]'), state.holidays);
    if (![...zone.options].some((option) => option.value === state.timeZone))
      zone.add(new Option(state.timeZone, state.timeZone));
    fill(zone, state.timeZone);
    for (const [name, entry] of entries) {
      const note = state.duties[name] ?? {};
      for (const radio of entry.querySelectorAll<HTMLInputElement>('[data-decision]'))
        radio.checked = radio.value === (note.decision ?? 'open');
      for (const control of entry.querySelectorAll<Control>('[data-record]'))
        fill(control, note[control.dataset['record'] as keyof DutyNote]);
    }
    update();
  }

  /** Where an answer is kept, and what stands there now. */
  function answerOf(control: Control): { place: FieldPlace; value: string } | undefined {
    const { value } = control;
    const entry = control.closest<HTMLElement>('[data-entry]')?.dataset['entry'];
    const fact = control.closest<HTMLElement>('[data-fact]')?.dataset['fact'];
    const moment = control.closest<HTMLElement>('[data-moment]')?.dataset['moment'] as Moment | undefined;
    if (entry !== undefined) {
      const field = control.hasAttribute('data-decision') ? 'decision' : (control.dataset['record'] ?? '');
      return { place: { section: 'duties', row: entry, field }, value };
    }
    if (fact !== undefined)
      return { place: { section: 'facts', row: fact, field: control.dataset['note'] ?? 'answer' }, value };
    if (moment !== undefined) return { place: momentPlace(moment), value };
    if (control === zone) return { place: generalPlaces.timeZone, value };
    if (control.hasAttribute('data-holidays')) return { place: generalPlaces.holidays, value };
    return control.hasAttribute('data-people') ? { place: generalPlaces.people, value } : undefined;
  }

  /** Puts an answer into what is shown. */
  function put({ section, row, field }: FieldPlace, value: string): void {
    if (section === 'duties') state.duties[row] = { ...state.duties[row], [field as keyof DutyNote]: value };
    else if (section === 'facts') state.facts[row] = { ...state.facts[row], [field as keyof FactNote]: value };
    else if (section === 'moments') state.moments[field as Moment] = value;
    else if (field === generalPlaces.timeZone.field) state.timeZone = value;
    else if (field === generalPlaces.holidays.field) state.holidays = value;
    else if (field === generalPlaces.people.field) state.people = value;
  }

  /** Takes over what was typed in one control. */
  function read(control: Control, how: 'typed' | 'left'): void {
    const answer = answerOf(control);
    if (!answer) return;
    put(answer.place, answer.value);
    keeper[how](answer.place, answer.value, state);
  }

  /** Shows what is kept; what somebody is typing at this moment stands. */
  function redraw(): void {
    state = keeper.load();
    const active = document.activeElement as Control | null;
    const answer = active && root.contains(active) && isTyped(active) ? answerOf(active) : undefined;
    if (answer) put(answer.place, answer.value);
    show();
  }

  root.addEventListener('input', ({ target }) => {
    const control = target as Control;
    read(control, isTyped(control) ? 'typed' : 'left');
    update();
  });
  const updateLater = settled(update);
  root.addEventListener('focusout', ({ target }) => {
    if (isTyped(target as Control)) read(target as Control, 'left');
    updateLater();
  });
  root.addEventListener('submit', (event) => event.preventDefault());
  root.addEventListener('click', (event) => {
    const button = (event.target as HTMLElement).closest('button');
    if (!button) return;
    if (button.matches('[data-now]')) {
      const control = button.parentElement?.querySelector('input');
      if (!control) return;
      control.value = spokenTime(new Date());
      read(control, 'left');
      update();
    } else if (button.matches('[data-rest-no]')) {
      for (const row of openIn(button.closest('[data-group]') as Element)) {
        const place = { section: 'facts', row, field: 'answer' };
        put(place, 'no');
        keeper.left(place, 'no', state);
      }
      update();
    } else if (button.matches('[data-show-facts]')) {
      showsAllFacts = !showsAllFacts;
      update();
    } else if (button.dataset['do'] === 'calendar') saveCalendar();
    else if (button.dataset['do'] === 'print') window.print();
    else if (button.dataset['do'] === 'clear' && confirm(words.clearReally)) {
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was kept.
      }
      state = keeper.load();
      show();
      say(words.cleared);
    }
  });
  // The same page in another window: both show the same answers, so neither overwrites what the other wrote.
  addEventListener('storage', (event) => {
    if (event.key !== key || keeper !== here) return;
    state = keeper.load();
    show();
    say(words.keptElsewhere);
  });
  // What was open on this device is gone.
  addEventListener('firebreak:no-incident', () => {
    if (keeper !== nowhere) return;
    keeper = here;
    state = keeper.load();
    for (const [place, value] of early.values()) put(place, value);
    if (early.size > 0) keepHere(state);
    show();
  });
  addEventListener('pagehide', () => {
    const active = document.activeElement as Control | null;
    if (active && root.contains(active) && isTyped(active)) read(active, 'left');
  });

  /** What an entry says of a duty, in one line. */
  const spoken = (duty: Duty, slot: string) =>
    (entries.get(dutyName(duty))?.querySelector(`[data-slot="${slot}"]`)?.textContent ?? '')
      .replace(/\s+/g, ' ')
      .trim();

  function saveCalendar(): void {
    const events = duties
      .filter((duty) => partOf(duty) === 'dated')
      .flatMap((duty): CalendarEvent[] => {
        if (!duty.deadline) return [];
        const description = [
          spoken(duty, 'what'),
          `${words.to}: ${spoken(duty, 'recipient')}`,
          spoken(duty, 'from'),
          spoken(duty, 'why'),
          spoken(duty, 'source'),
          words.calendarNote(words.verdicts[duty.verdict]),
          location.href.split('#')[0],
        ];
        return [
          {
            uid: `${duty.notification}.${duty.clock}.${encodeURIComponent(plan)}@${location.hostname}`,
            at: duty.deadline.at,
            summary: `${words.verdicts[duty.verdict]}: ${spoken(duty, 'title')} (${duty.clock.replaceAll('-', ' ')})`,
            description: description.filter(Boolean).join('\n'),
          },
        ];
      });
    if (events.length === 0) {
      say(words.calendarEmpty);
      return;
    }
    const now = new Date();
    const name = `clocks-${now.toISOString().slice(0, 16).replace(/[-:]/g, '')}Z.ics`;
    const file = calendarFile(`${words.title}: ${plan}`, events, now);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say(words.calendarSaved(name, events.length));
  }

  const paper = document.querySelector('[data-paper]') as HTMLElement;
  addEventListener('beforeprint', () => {
    const facts = factsFrom(state, rules.facts);
    const sorted = duties.toSorted(byDeadline);
    paper.replaceChildren(...paperRecord({ state, facts, duties: sorted, names, text, spoken, now: new Date() }));
  });
  addEventListener('afterprint', () => paper.replaceChildren());

  show();
  setInterval(showTimeLeft, 60_000);
  offerClocks({
    root,
    timeZone: ownZone,
    keptBefore: keptHere,
    keepInstead: keepHere,
    keepWith: (other) => {
      keeper = other;
      for (const [place, value] of early.values()) keeper.left(place, value, state);
      early.clear();
      redraw();
    },
    redraw,
  });
}

/** Whether a control is answered in words, key by key. */
function isTyped(control: Element): boolean {
  if (control instanceof HTMLTextAreaElement) return true;
  return control instanceof HTMLInputElement && control.type !== 'radio';
}

function slotOf(entry: HTMLElement, slot: string): HTMLElement {
  return entry.querySelector<HTMLElement>(`[data-slot="${slot}"]`) as HTMLElement;
}
