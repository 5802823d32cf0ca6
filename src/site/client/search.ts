/** Opens the search. All that costs something is loaded by the first use. */
export {};

const { base = '/', plan = '' } = document.documentElement.dataset;
const dialog = document.querySelector<HTMLDialogElement>('[data-search-dialog]');
const page = document.querySelector<HTMLElement>('[data-search="page"]');
const slash = document.querySelector<HTMLInputElement>('[data-search-slash]');

// A key without a modifier can be struck by accident or by speech input, so it can be switched off (WCAG 2.1.4).
const slashKey = `firebreak:slash:${plan}:${base}`;

function fieldOf(panel: HTMLElement): HTMLInputElement {
  return panel.querySelector('input[name="q"]') as HTMLInputElement;
}

const begun = new WeakSet<HTMLElement>();

function begin(panel: HTMLElement): void {
  if (begun.has(panel)) return;
  begun.add(panel);
  // What could not be loaded is tried again when the search is opened again.
  import('./search-panel.ts').then(({ startPanel }) => startPanel(panel, base)).catch(() => begun.delete(panel));
}

function open(): void {
  if (page) {
    fieldOf(page).focus();
    return;
  }
  if (!dialog || dialog.open) return;
  dialog.showModal();
  const panel = dialog.querySelector<HTMLElement>('[data-search]') as HTMLElement;
  begin(panel);
  fieldOf(panel).focus();
  fieldOf(panel).select();
}

if (page) begin(page);
// The attribute autofocus would scroll the questions of Home out of sight on a phone.
if (!location.hash) document.querySelector<HTMLElement>('[data-cursor]')?.focus({ preventScroll: true });

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target as Element).closest('[data-open-search]'))
    return;
  event.preventDefault();
  open();
});

document.addEventListener('keydown', (event) => {
  const isCommand =
    (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
  const isSlash =
    event.key === '/' &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey &&
    (slash ? slash.checked : stored() !== 'off') &&
    !isWriting(event.target);
  if (!isCommand && !isSlash) return;
  event.preventDefault();
  open();
});

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'))
  );
}

if (slash) {
  slash.checked = stored() !== 'off';
  slash.addEventListener('change', () => {
    try {
      if (slash.checked) localStorage.removeItem(slashKey);
      else localStorage.setItem(slashKey, 'off');
    } catch {
      // Without storage the choice holds for this page.
    }
  });
}

function stored(): string | null {
  try {
    return localStorage.getItem(slashKey);
  } catch {
    return null;
  }
}
