/** Fills values into commands, quoted for their shell, and copies commands that are complete. */
import { type PlaceholderType, placeholderPatterns, quoted } from '../../model/placeholder.ts';

const words = document.querySelector<HTMLElement>('[data-command-text]')?.dataset ?? {};
const types = JSON.parse(words['types'] ?? '{}') as Record<string, string>;
const commands = [...document.querySelectorAll<HTMLElement>('figure.command')];

/** A value is wanted once on a page: commands share it when name and pattern agree. */
interface Wanted {
  name: string;
  pattern: RegExp;
  type: string;
  value: string;
  inputs: HTMLInputElement[];
}

const wanted = new Map<string, Wanted>();
/** Where values stand in commands. */
const places: { entry: Wanted; place: HTMLElement; shell: string }[] = [];
let count = 0;

for (const command of commands) prepare(command);
listAll();

function prepare(command: HTMLElement): void {
  const own = new Map<string, Wanted>();
  for (const place of command.querySelectorAll<HTMLElement>('dd[data-placeholder]')) {
    const { placeholder: name = '', type = 'text' } = place.dataset;
    const pattern = place.dataset['pattern'] ?? placeholderPatterns[type as PlaceholderType];
    const key = `${name} ${pattern}`;
    const entry = wanted.get(key) ?? {
      name,
      pattern: new RegExp(pattern, 'u'),
      type: types[type] ?? '',
      value: '',
      inputs: [],
    };
    wanted.set(key, entry);
    own.set(name, entry);
    place.append(inputFor(entry));
  }
  const code = command.querySelector<HTMLElement>('pre code');
  if (!code) return;
  for (const place of code.querySelectorAll<HTMLElement>('var[data-placeholder]')) {
    const entry = own.get(place.dataset['placeholder'] ?? '');
    if (entry) places.push({ entry, place, shell: command.dataset['shell'] ?? '' });
  }
  addCopyButton(command, code, own);
}

function inputFor(entry: Wanted): HTMLElement {
  const id = `fill-${++count}`;
  const box = element('div', 'fill');
  const label = element('label', 'visually-hidden');
  label.setAttribute('for', id);
  label.textContent = entry.name;
  const input = element('input', 'fill-input');
  Object.assign(input, { id, type: 'text', autocomplete: 'off', spellcheck: false, autocapitalize: 'off' });
  input.setAttribute('aria-describedby', `${id}-fault`);
  const fault = element('p', 'field-fault');
  fault.id = `${id}-fault`;
  fault.setAttribute('role', 'status');
  input.addEventListener('input', () => fill(entry, input.value));
  entry.inputs.push(input);
  box.append(label, input, fault);
  return box;
}

function fill(entry: Wanted, value: string): void {
  const fits = value === '' || entry.pattern.test(value);
  entry.value = fits ? value : '';
  for (const input of entry.inputs) {
    if (input.value !== value) input.value = value;
    input.setAttribute('aria-invalid', String(!fits));
    const fault = document.getElementById(`${input.id}-fault`);
    if (fault) fault.textContent = fits ? '' : (words['fillInBad'] ?? '').replace('{wanted}', entry.type);
  }
  for (const { entry: of, place, shell } of places) if (of === entry) write(place, entry, shell);
}

function write(place: HTMLElement, { name, value }: Wanted, shell: string): void {
  place.classList.toggle('placeholder-filled', value !== '');
  if (value === '') place.textContent = `<${name}>`;
  else place.textContent = place.dataset['quote'] === 'yes' ? quoted(value, shell) : value;
}

function addCopyButton(command: HTMLElement, code: HTMLElement, own: ReadonlyMap<string, Wanted>): void {
  const row = element('p', 'copy');
  const button = element('button');
  button.type = 'button';
  button.textContent = words['copy'] ?? '';
  const told = element('span', 'copy-told');
  told.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    const missing = [...own.values()].filter((entry) => entry.value === '');
    if (missing.length > 0) {
      told.textContent = (words['fillInMissing'] ?? '').replace('{names}', missing.map(({ name }) => name).join(', '));
      missing[0]?.inputs.find((input) => command.contains(input))?.focus();
      return;
    }
    try {
      await navigator.clipboard.writeText(code.textContent ?? '');
      told.textContent = words['copied'] ?? '';
    } catch {
      getSelection()?.selectAllChildren(code);
      told.textContent = words['copyFailed'] ?? '';
    }
  });
  row.append(button, told);
  command.querySelector('pre')?.after(row);
}

/** All values of a page in one place, for who knows them before reaching the commands. */
function listAll(): void {
  const list = document.querySelector<HTMLElement>('[data-fill-in]');
  if (!list || wanted.size < 2) return;
  const entries = element('dl', 'placeholders');
  for (const entry of wanted.values()) {
    const name = element('dt');
    name.textContent = entry.name;
    const place = element('dd');
    place.textContent = entry.type;
    place.append(inputFor(entry));
    entries.append(name, place);
  }
  list.querySelector('[data-fill-in-list]')?.append(entries);
  list.hidden = false;
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, className = ''): HTMLElementTagNameMap[K] {
  const created = document.createElement(name);
  created.className = className;
  return created;
}
