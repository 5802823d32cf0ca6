/**
 * Which incident is open on this device, and who writes. Small and read at once, since every page asks it before
 * anything else of an incident is loaded.
 */

const { base = '/', plan = '' } = document.documentElement.dataset;

/** Storage, channel and database of one plan under one base do not meet those of another. */
export const scope = `${plan}:${base}`;
export const pointerKey = `firebreak:incident:${scope}`;
const personKey = `firebreak:person:${scope}`;

export interface Pointer {
  incident: string;
  /** Who writes on this device. */
  person: string;
}

/** Boxes that were ticked while the rest was still loading, on a slow line: they are recorded once it is there. */
export const early = new Set<HTMLInputElement>();

// Where storage is forbidden the incident is open on this page only.
let here: Pointer | undefined;

/** The incident that is open, or undefined. */
export function openPointer(): Pointer | undefined {
  if (here) return here;
  try {
    const { incident, person } = JSON.parse(localStorage.getItem(pointerKey) ?? 'null') ?? {};
    if (typeof incident === 'string' && typeof person === 'string') here = { incident, person };
  } catch {
    // Nothing is open.
  }
  return here;
}

export function setPointer(pointer: Pointer | undefined): void {
  here = pointer;
  try {
    if (pointer) {
      localStorage.setItem(pointerKey, JSON.stringify(pointer));
      localStorage.setItem(personKey, pointer.person);
    } else localStorage.removeItem(pointerKey);
  } catch {
    // It holds for this page.
  }
}

/** Who wrote last on this device, so that nobody types a name twice. */
export function lastPerson(): string {
  try {
    return localStorage.getItem(personKey) ?? '';
  } catch {
    return '';
  }
}
