/** Working backward: what was seen is entered, and the lanes show what commonly comes before it. */
import { type Hypothesis, walkBackward } from '../../model/backward.ts';
import { findText } from '../../model/find-text.ts';
import { matching } from '../search/filter.ts';
import { element, finderIn } from './elements.ts';
import { keepInAddress, listIn } from './id-lists.ts';

/** Something that people notice, and the techniques that it may show. */
interface Observation {
  id: string;
  title: string;
  techniques: string[];
  words: string;
}

// More would push what was entered out of sight.
const mostOffers = 8;

const root = document.querySelector<HTMLElement>('[data-backward]');
if (root) run(root);

function run(root: HTMLElement): void {
  const language = document.documentElement.lang;
  const words = findText(language).backward;
  const find = finderIn(root);
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];

  const cards = new Map(all('[data-technique]').map((card) => [card.dataset['technique'] as string, makeCard(card)]));
  const precededBy = new Map([...cards].map(([id, { before }]) => [id, before]));
  const observations = new Map(
    (JSON.parse(root.dataset['observations'] ?? '[]') as Observation[]).map((one) => [one.id, one]),
  );
  const folded = new Map([
    ...[...cards].map(([id, { card }]) => [id, (card.dataset['words'] ?? '').split(' ')] as const),
    ...[...observations].map(([id, one]) => [id, one.words.split(' ')] as const),
  ]);
  const field = find<HTMLInputElement>('[data-enter]');
  const steps = find<HTMLSelectElement>('[data-steps]');
  // Ids of techniques and of observations, in the order in which they were entered.
  const entered = new Set<string>();
  const unknown: string[] = [];

  for (const id of [...listIn(location.search, 'technique').map(upper), ...listIn(location.search, 'seen')])
    if (folded.has(id)) entered.add(id);
    else unknown.push(id);
  const asked = listIn(location.search, 'steps')[0];
  if ([...steps.options].some(({ value }) => value === asked)) steps.value = asked as string;

  const nameOf = (id: string) => cards.get(id)?.name ?? observations.get(id)?.title ?? id;
  const enteredTechniques = () => [...entered].filter((id) => cards.has(id));
  const enteredObservations = () => [...entered].flatMap((id) => observations.get(id) ?? []);

  function update(): void {
    const techniques = enteredTechniques();
    keepInAddress({
      technique: techniques,
      seen: enteredObservations().map(({ id }) => id),
      steps: steps.value === '2' ? [] : [steps.value],
    });
    const observed = new Map<string, string>();
    for (const { title, techniques: shown } of enteredObservations())
      for (const id of shown)
        if (cards.has(id) && !techniques.includes(id) && !observed.has(id)) observed.set(id, title);
    const start = [...techniques, ...observed.keys()];
    const hypotheses = walkBackward(precededBy, start, Number(steps.value));
    showEntered();
    showCards(observed, hypotheses);
    showLanes();
    const lanes = all('[data-lane]').filter((lane) => lane.querySelector('[data-standing="hypothesis"]:not([hidden])'));
    find('[data-count]').textContent = start.length > 0 ? words.counted(hypotheses.length, lanes.length) : '';
  }

  function showEntered(): void {
    find('[data-nothing]').hidden = entered.size > 0;
    find('[data-seen]').replaceChildren(
      ...[...entered].map((id) => {
        const back = element('button', '', [words.takeBack]) as HTMLButtonElement;
        back.type = 'button';
        back.setAttribute('aria-label', words.takeBackOf(nameOf(id)));
        back.addEventListener('click', () => {
          entered.delete(id);
          update();
          (find('[data-seen]').querySelector('button') ?? field).focus();
        });
        const observation = observations.get(id);
        return element('li', 'answer', [
          element('span', '', [
            nameOf(id),
            ...(observation
              ? [element('span', 'quiet small answer-more', [words.mayShow(observation.techniques.join(', '))])]
              : []),
          ]),
          back,
        ]);
      }),
    );
    find('[data-clear]').hidden = entered.size === 0;
    find('[data-print]').hidden = entered.size === 0;
  }

  /** Shows the techniques that were seen and those that may have come before, the nearest first in each lane. */
  function showCards(observed: ReadonlyMap<string, string>, hypotheses: readonly Hypothesis[]): void {
    const show = (id: string, standing: string, tag: string, whys: string[]) => {
      const { card, why, goOn } = cards.get(id) as Card;
      card.hidden = false;
      card.dataset['standing'] = standing;
      why.replaceChildren(
        element('strong', 'tag', [tag]),
        ...whys.map((sentence) => element('span', '', [` ${sentence}`])),
      );
      goOn.hidden = standing === 'seen';
      // The order in the lane is that of appending.
      card.parentElement?.append(card);
    };
    const shown = new Set([
      ...enteredTechniques(),
      ...observed.keys(),
      ...hypotheses.map(({ technique }) => technique),
    ]);
    for (const [id, { card }] of cards) if (!shown.has(id) && !card.hidden) card.hidden = true;
    for (const id of enteredTechniques()) show(id, 'seen', words.wasSeen, []);
    for (const [id, title] of observed) show(id, 'maybe', words.maybe, [words.maybeSeen(title)]);
    for (const { technique, before } of hypotheses) {
      const standings = { seen: [] as string[], maybe: [] as string[], hypothesis: [] as string[] };
      for (const later of before)
        standings[observed.has(later) ? 'maybe' : entered.has(later) ? 'seen' : 'hypothesis'].push(nameOf(later));
      const { seen, maybe, hypothesis } = standings;
      show(technique, 'hypothesis', words.hypothesis, [
        ...(seen.length > 0 ? [words.because.seen(seen.join(', '))] : []),
        ...(maybe.length > 0 ? [words.because.maybe(maybe.join(', '))] : []),
        ...(hypothesis.length > 0
          ? [words.because[hypothesis.length > 1 ? 'hypotheses' : 'hypothesis'](hypothesis.join(', '))]
          : []),
      ]);
    }
  }

  function showLanes(): void {
    const nothing = entered.size === 0;
    find('[data-strip]').hidden = nothing;
    for (const lane of all('[data-lane]')) {
      const shown = [...lane.querySelectorAll<HTMLElement>('[data-technique]')].filter((card) => !card.hidden);
      const seen = shown.filter((card) => card.dataset['standing'] === 'seen').length;
      lane.hidden = shown.length === 0;
      const entry = find(`[data-strip-of="${lane.dataset['lane']}"]`);
      entry.classList.toggle('is-empty', shown.length === 0);
      (entry.querySelector('[data-lane-count]') as HTMLElement).textContent =
        shown.length === 0 ? words.laneEmpty : words.laneCount(seen, shown.length - seen);
      const link = entry.querySelector('a') as HTMLAnchorElement;
      // A lane that is not shown leads nowhere.
      if (shown.length === 0) link.removeAttribute('href');
      else link.setAttribute('href', `#lane-${lane.dataset['lane']}`);
    }
  }

  let offered: string[] = [];
  function offer(): void {
    const matched = matching(field.value, folded, language);
    offered = [...(matched ?? [])].filter((id) => !entered.has(id)).slice(0, mostOffers);
    find('[data-offered]').textContent = !matched
      ? ''
      : offered.length > 0
        ? words.found(offered.length)
        : words.noneFound;
    find('[data-offers]').replaceChildren(
      ...offered.map((id) => {
        const take = element('button', 'backward-offer', [
          ...(cards.has(id) ? [] : [element('span', 'tag', [words.observation]), ' ']),
          nameOf(id),
        ]) as HTMLButtonElement;
        take.type = 'button';
        take.addEventListener('click', () => enter([id]));
        return element('li', '', [take]);
      }),
    );
  }

  function enter(ids: readonly string[], leftOut: readonly string[] = []): void {
    for (const id of ids) entered.add(id);
    field.value = '';
    offer();
    if (leftOut.length > 0) find('[data-offered]').textContent = words.unknown(leftOut.join(', '));
    update();
    field.focus();
  }

  field.addEventListener('input', offer);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    const typed = field.value
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(upper);
    if (typed.length > 0 && typed.every((id) => techniqueId.test(id)))
      enter(
        typed.filter((id) => cards.has(id)),
        typed.filter((id) => !cards.has(id)),
      );
    else if (offered[0]) enter([offered[0]]);
  });
  steps.addEventListener('change', update);
  find('[data-clear]').addEventListener('click', () => {
    entered.clear();
    update();
    field.focus();
  });
  find('[data-print]').addEventListener('click', () => window.print());

  function makeCard(card: HTMLElement): Card {
    const id = card.dataset['technique'] as string;
    const why = element('p', 'technique-why', []);
    card.querySelector('h3')?.after(why);
    const goOn = element('button', 'technique-go-on', [words.goOn]) as HTMLButtonElement;
    goOn.type = 'button';
    goOn.setAttribute('aria-label', words.goOnFrom(id));
    goOn.addEventListener('click', () => {
      entered.add(id);
      update();
      card.querySelector<HTMLElement>('h3 a')?.focus();
    });
    const paper = element(
      'p',
      'technique-paper',
      words.answers.map((answer) => element('span', 'paper-box', [answer])),
    );
    paper.append(element('span', 'paper-line', [words.answeredBy]));
    card.append(goOn, paper);
    return {
      card,
      why,
      goOn,
      name: (card.querySelector('h3')?.textContent ?? id).trim().replace(/\s+/g, ' '),
      before: (card.dataset['before'] ?? '').split(' ').filter(Boolean),
    };
  }

  for (const part of all('[data-scripted]')) part.hidden = false;
  root.classList.add('is-live');
  if (unknown.length > 0) find('[data-offered]').textContent = words.unknown(unknown.join(', '));
  update();
}

interface Card {
  card: HTMLElement;
  /** Why it is shown. */
  why: HTMLElement;
  goOn: HTMLButtonElement;
  /** Id and name, as they are read. */
  name: string;
  before: string[];
}

const techniqueId = /^T\d{4}(\.\d{3})?$/;

function upper(id: string): string {
  return id.toUpperCase();
}
