/** What is wrong with a field, said under it: forms have it, and a runbook has none. */

/** Says what is wrong and puts the cursor there; an empty text takes it back. */
export function fault(control: HTMLElement, words: string): void {
  control.setAttribute('aria-invalid', String(words !== ''));
  const place = document.getElementById(`${control.id}-fault`);
  if (place) place.textContent = words;
  if (words !== '') control.focus();
}
