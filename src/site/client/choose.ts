/** The chooser at work: what is ticked, which signs still tell something apart, and which runbooks fit, and why. */
import {
  type Answers,
  type Candidate,
  type Fit,
  type NextSign,
  type Ranking,
  rankRunbooks,
  signsToTellApart,
  tellingSignals,
} from '../../model/chooser.ts';
import { findText } from '../../model/find-text.ts';
import { matching } from '../search/filter.ts';
import { element, finderIn } from './elements.ts';
import { keepInAddress, listIn } from './id-lists.ts';

type Answer = 'seen' | 'not';

// So few signs are shown open, whatever group they are in.
const fewSigns = 30;
const mostNext = 5;
// So few excluded runbooks are shown at once.
const fewExcluded = 3;

const root = document.querySelector<HTMLElement>('[data-choose]');
if (root) run(root);

function run(root: HTMLElement): void {
  const language = document.documentElement.lang;
  const words = findText(language).choose;
  const find = finderIn(root);
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];

  const signs = new Map(all('[data-sign]').map((row) => [row.dataset['sign'] as string, makeSign(row)]));
  const folded = new Map([...signs].map(([id, { row }]) => [id, (row.dataset['words'] ?? '').split(' ')]));
  const cards = new Map(all('[data-runbook]').map((card) => [card.dataset['runbook'] as string, card]));
  const candidates = [...cards.values()].map(candidateOf);
  const groups = all('[data-group]').map(makeGroup);
  const filter = find<HTMLInputElement>('[data-filter]');
  const answered = new Map<string, Answer>();
  let showsAll = false;

  for (const [name, answer] of [
    ['seen', 'seen'],
    ['not', 'not'],
  ] as const)
    for (const id of listIn(location.search, name)) if (signs.has(id)) answered.set(id, answer);

  const titleOf = (runbook: Candidate) => cards.get(runbook.id)?.querySelector('[data-title]')?.textContent ?? '';
  const nameOf = (sign: string) => signs.get(sign)?.title ?? sign;
  const withAnswer = (answer: Answer) => [...answered].filter(([, given]) => given === answer).map(([id]) => id);

  let ranking: Ranking = { fits: [], contested: [], excluded: [] };

  /**
   * Shows what fits at once, and what else follows from it when that is on the screen: on a slow telephone the signs
   * take longer than the answer.
   *
   * @param stays what must not move on the screen meanwhile
   */
  async function update(stays?: HTMLElement): Promise<void> {
    const answers: Answers = { seen: new Set(withAnswer('seen')), notSeen: new Set(withAnswer('not')) };
    const before = stays?.getBoundingClientRect().top;
    ranking = rankRunbooks(candidates, answers);
    showFits(ranking, answers);
    showExcluded(ranking);
    showBar(ranking);
    await painted();
    showSigns();
    showAnswers();
    if (stays && before !== undefined)
      scrollBy({ top: stays.getBoundingClientRect().top - before, behavior: 'instant' });
    keepInAddress({ seen: withAnswer('seen'), not: withAnswer('not') });
  }

  /** Which signs are shown: what was typed asks for some, else those that still tell something apart. */
  function showSigns(): void {
    const telling = tellingSignals(candidates, ranking);
    const matched = matching(filter.value, folded, language);
    const wanted = matched ?? (showsAll ? undefined : telling);
    let shown = 0;
    for (const [id, sign] of signs) {
      const answer = answered.get(id);
      const isWanted = wanted === undefined || wanted.has(id);
      if (isWanted) shown += 1;
      // What stays as it is is not touched: a slow telephone draws nothing again that did not change.
      const hidden = !isWanted && answer === undefined;
      if (sign.row.hidden !== hidden) sign.row.hidden = hidden;
      if (sign.box.checked !== (answer === 'seen')) sign.box.checked = answer === 'seen';
      put(sign.mark, answer === 'not' ? words.notSeen : '');
      sign.row.classList.toggle('is-seen', answer === 'seen');
    }
    for (const group of groups) showGroup(group, wanted !== undefined && shown <= fewSigns);
    find('[data-narrowed]').textContent = matched
      ? matched.size > 0
        ? words.matched(matched.size)
        : words.noneMatches
      : wanted
        ? words.narrowed(shown, signs.size)
        : words.all(signs.size);
    const toggle = find('[data-show-all]');
    toggle.hidden = matched !== undefined || telling === undefined;
    toggle.textContent = showsAll ? words.showTelling : words.showAll;
  }

  function showGroup({ group, rows, count, explaining }: Group, opens: boolean): void {
    const visible = rows.filter((row) => !row.hidden);
    group.hidden = visible.length === 0;
    if (opens) group.open = true;
    put(count, words.countOfSigns(visible.length));
    if (explaining) explaining.hidden = !visible.some((row) => explaining.contains(row));
  }

  /** What is ticked, in one place, each to be taken back. */
  function showAnswers(): void {
    find('[data-answered]').hidden = answered.size === 0;
    find('[data-answers]').replaceChildren(
      ...[...answered].map(([id, answer]) => {
        const back = button(words.takeBack, words.takeBackOf(nameOf(id)), () => answered.delete(id));
        return element('li', 'answer', [
          element('span', `tag answer-${answer}`, [answer === 'seen' ? words.seen : words.notSeen]),
          element('span', '', [nameOf(id)]),
          back,
        ]);
      }),
    );
  }

  function showFits({ fits, contested }: Ranking, answers: Answers): void {
    const [first, second] = fits;
    find('[data-count]').textContent =
      fits.length > 0
        ? words.fits(fits.length)
        : contested.length > 0
          ? words.onlyContested
          : answers.seen.size > 0
            ? words.nothingFits
            : answered.size > 0
              ? words.onlyNotSeen
              : words.nothingTicked;
    arrange(find('[data-fits]'), fits.slice(0, 2));
    arrange(find('[data-more-fits]'), fits.slice(2));
    find('[data-next]').hidden = first === undefined;
    if (first) showNext(first.candidate, second?.candidate, answers);
  }

  /** Puts the cards of these runbooks into a list; those that were there and are not any more wait in the hidden one. */
  function arrange(list: HTMLElement, fits: readonly Fit[]): void {
    const wanted = fits.map(cardOf);
    for (const card of [...list.children]) if (!wanted.includes(card as HTMLElement)) find('[data-cards]').append(card);
    for (const [place, card] of wanted.entries())
      if (list.children[place] !== card) list.insertBefore(card, list.children[place] ?? null);
  }

  function cardOf(fit: Fit): HTMLElement {
    const card = cards.get(fit.candidate.id) as HTMLElement;
    card.querySelector('.fit-why')?.remove();
    const reasons = (['confirms', 'pointsTo', 'missing', 'against'] as const).filter((why) => fit[why].length > 0);
    const why = element(
      'ul',
      'fit-why',
      reasons.map((reason) =>
        element('li', `why-${reason}`, [
          element('strong', '', [`${words.reasons[reason]}: `]),
          fit[reason].map(nameOf).join('; '),
        ]),
      ),
    );
    card.querySelector('h3')?.after(why);
    return card;
  }

  /** What tells the first two apart: signs to answer, then what the two runbooks say themselves. */
  function showNext(first: Candidate, second: Candidate | undefined, answers: Answers): void {
    find('[data-next-title]').textContent = second
      ? words.next(titleOf(first), titleOf(second))
      : words.nextAlone(titleOf(first));
    const next = signsToTellApart(first, second, answers, mostNext);
    const part = (runbook: Candidate, selector: string, title: string): HTMLElement[] => {
      const list = cards.get(runbook.id)?.querySelector(selector)?.cloneNode(true) as HTMLElement | undefined;
      return list ? [element('h4', '', [title]), list] : [];
    };
    find('[data-next-body]').replaceChildren(
      ...(next.length > 0 ? [element('ul', 'plain next-signs', next.map(nextSign))] : []),
      ...part(first, '[data-sure]', words.makeSure(titleOf(first))),
      ...part(first, '[data-not-this]', words.notThis(titleOf(first))),
      ...(second ? part(second, '[data-sure]', words.makeSure(titleOf(second))) : []),
    );
  }

  function nextSign({ signal, speaks, runbook }: NextSign): HTMLElement {
    const name = nameOf(signal);
    const would = speaks === 'for' ? words.wouldSpeakFor : words.wouldSpeakAgainst;
    return element('li', 'next-sign', [
      element('span', 'next-name', [name]),
      element('span', 'quiet small', [would(titleOf(runbook))]),
      element('span', 'next-answers', [
        button(words.seen, words.isSeen(name), () => answered.set(signal, 'seen')),
        button(words.notSeen, words.isNotSeen(name), () => answered.set(signal, 'not')),
      ]),
    ]);
  }

  /** What fits and has something against it stays in sight; what has nothing for it is folded where it is much. */
  function showExcluded({ contested, excluded }: Ranking): void {
    find('[data-contested]').hidden = contested.length === 0;
    arrange(find('[data-contested-list]'), contested);
    const part = find<HTMLDetailsElement>('[data-excluded]');
    if (part.hidden || excluded.length > fewExcluded) part.open = excluded.length <= fewExcluded;
    part.hidden = excluded.length === 0;
    find('[data-excluded-title]').textContent = words.excluded(excluded.length);
    arrange(find('[data-excluded-list]'), excluded);
  }

  /** The first that fits, always in sight. */
  function showBar({ fits, contested }: Ranking): void {
    const none = root.querySelector<HTMLAnchorElement>('[data-none] a');
    const link = find<HTMLAnchorElement>('[data-bar-first]');
    const why = find('[data-bar-why]');
    const first = fits[0] ?? contested[0];
    const card = first && cards.get(first.candidate.id)?.querySelector<HTMLAnchorElement>('[data-title]');
    link.href = card?.href ?? none?.href ?? '#fits';
    link.textContent = first
      ? (fits.length > 0 ? words.first : words.barContested)(titleOf(first.candidate))
      : (none?.textContent ?? words.results);
    why.textContent =
      fits.length > 0
        ? words.barFits(fits.length)
        : contested.length > 0
          ? words.barWhyContested
          : answered.size > 0
            ? words.barNone
            : '';
    why.hidden = why.textContent === '';
  }

  /** A button that changes the answers. It may be gone when they have changed: the focus then goes to its list. */
  function button(label: string, spoken: string, change: () => void): HTMLButtonElement {
    const made = element('button', '', [label]) as HTMLButtonElement;
    made.type = 'button';
    made.setAttribute('aria-label', spoken);
    made.addEventListener('click', () => {
      const inNext = made.closest('[data-next]') !== null;
      change();
      void update().then(() => {
        if (inNext) (find('[data-next]').querySelector('button') ?? find('#fits-title')).focus();
        else (find('[data-answers]').querySelector('button') ?? filter).focus();
      });
    });
    return made;
  }

  for (const sign of signs.values())
    sign.box.addEventListener('change', () => {
      if (sign.box.checked) answered.set(sign.id, 'seen');
      else answered.delete(sign.id);
      void update(sign.row);
    });
  filter.addEventListener('input', showSigns);
  find('[data-clear]').addEventListener('click', () => {
    answered.clear();
    void update();
    filter.focus();
  });
  find('[data-show-all]').addEventListener('click', () => {
    showsAll = !showsAll;
    showSigns();
  });

  for (const part of all('[data-scripted], [data-bar]')) part.hidden = false;
  find('[data-every]').hidden = true;
  root.classList.add('is-live');
  // A wide screen has room for the signs of the first place.
  const isWide = matchMedia('(min-width: 64rem)').matches;
  for (const [index, { group }] of groups.entries()) group.open = isWide && index === 0;
  void update();
}

/** Resolves when what was changed before is on the screen, or would be if the page were. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    // In a window that nobody sees there are no frames.
    if (document.hidden) setTimeout(resolve);
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}

interface Group {
  group: HTMLDetailsElement;
  rows: HTMLElement[];
  count: HTMLElement;
  /** Signs that only speak against, where the group has any. */
  explaining: HTMLElement | null;
}

function makeGroup(group: HTMLElement): Group {
  return {
    group: group as HTMLDetailsElement,
    rows: [...group.querySelectorAll<HTMLElement>('[data-sign]')],
    count: group.querySelector('[data-group-count]') as HTMLElement,
    explaining: group.querySelector('[data-explaining]'),
  };
}

interface Sign {
  id: string;
  title: string;
  row: HTMLElement;
  box: HTMLInputElement;
  /** Says that it is not there. */
  mark: HTMLElement;
}

/** Puts a box before a sign of the list. */
function makeSign(row: HTMLElement): Sign {
  const name = row.querySelector('[data-title]') as HTMLElement;
  const box = document.createElement('input');
  box.type = 'checkbox';
  // Firefox would tick again what was ticked before a reload, against the address.
  box.autocomplete = 'off';
  const mark = element('span', 'sign-mark', []);
  const label = element('label', 'sign-box', [box]);
  name.before(label);
  label.append(name, mark);
  return { id: row.dataset['sign'] as string, title: name.textContent ?? '', row, box, mark };
}

function put(into: HTMLElement, said: string): void {
  if (into.textContent !== said) into.textContent = said;
}

function candidateOf({ dataset }: HTMLElement): Candidate {
  const list = (ids: string | undefined) => (ids ?? '').split(' ').filter(Boolean);
  return {
    id: dataset['runbook'] as string,
    code: dataset['code'] as string,
    urgency: Number(dataset['urgency']),
    confirm: list(dataset['confirm']),
    exclude: list(dataset['exclude']),
    mistakenFor: list(dataset['mistakenFor']),
  };
}
