/**
 * Offers the hosts, accounts and indicators of the incident where a command wants a value, and warns where another one
 * was typed. It never stops anybody: what belongs to an incident is often found while a command is typed. Quoting for the
 * shell and the pattern of the value are copy.ts's.
 */

import type { Target } from '../../../model/incident/state.ts';
import { targetText } from '../../../model/incident/target-text.ts';
import { make } from './elements.ts';
import type { Session } from './session.ts';

const text = targetText(document.documentElement.lang);

type Kind = Target['kind'];

/** By the type of a placeholder; the first kind names what is meant. Other types are no targets. */
const kindsOf: Record<string, readonly [Kind, ...Kind[]]> = {
  host: ['host'],
  account: ['account'],
  'ip-address': ['host', 'indicator'],
  domain: ['indicator'],
  url: ['indicator'],
  hash: ['indicator'],
  'mail-address': ['account', 'indicator'],
};

export function offerTargets(session: Session, page: HTMLElement): void {
  const fields = [...page.querySelectorAll<HTMLElement>('dd[data-placeholder]')].flatMap((place, index) => {
    const input = place.querySelector<HTMLInputElement>('.fill-input');
    const kinds = kindsOf[place.dataset['type'] ?? ''];
    if (!input || !kinds) return [];
    const list = make('datalist', { id: `targets-${index}` });
    const warning = make('p', { class: 'fill-outside', role: 'status' });
    input.setAttribute('list', list.id);
    input.after(list, warning);
    const pattern = place.dataset['pattern'];
    const field = { input, kinds, list, warning, ...(pattern ? { fits: new RegExp(pattern, 'u') } : {}) };
    input.addEventListener('input', () => fields.forEach(warn));
    return [field];
  });
  if (fields.length === 0) return;

  const belonging = (kinds: readonly Kind[]) => session.state.targets.filter(({ kind }) => kinds.includes(kind));
  const warn = ({ input, kinds, warning }: (typeof fields)[number]) => {
    const value = input.value.trim();
    const known = belonging(kinds);
    const outside = value !== '' && input.getAttribute('aria-invalid') !== 'true' && known.length > 0;
    const words = outside && !known.some((target) => target.value === value) ? text.outsideScope(kinds[0]) : '';
    if (warning.textContent !== words) warning.textContent = words;
  };
  const draw = () => {
    for (const field of fields) {
      const values = belonging(field.kinds).filter(({ value }) => field.fits?.test(value) ?? true);
      field.list.replaceChildren(...values.map(({ value, note }) => make('option', { value }, note ?? '')));
      warn(field);
    }
  };
  session.onChange(draw);
  draw();
}
