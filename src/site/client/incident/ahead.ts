/**
 * Written ahead: what a person ticks, decides, saves or types is in localStorage before anything else happens to it,
 * since IndexedDB may give up what it is writing when the page is left. Whichever page of the incident opens next takes
 * it up. It is removed once it is in IndexedDB, so that only what is under way stands here.
 */

import { openPointer, scope } from './pointer.ts';

/** What is written ahead: whole entries, ticks that are no entry yet, and texts that are being typed. */
type Kind = 'entry' | 'tick' | 'draft';

/** A tick from before the record was at hand: the entry it becomes lacks the device, and what it takes the place of. */
export interface EarlyTick {
  id: string;
  by: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Minutes by which local time was ahead of UTC. */
  offset: number;
  type: 'step-ticked' | 'step-unticked';
  ref: string;
}

/** A text that is being typed; empty where it was saved or given up. */
export interface Draft {
  text: string;
  /** Milliseconds since 1970: the later of two is the one that holds. */
  at: number;
}

const ours = `firebreak:ahead:${scope}:`;
// In characters. A device without room for the record must not fill up with this; what is beyond goes on without it.
const room = 1_000_000;

const keyOf = (incident: string, kind: Kind, name = '') => `${ours}${incident}:${kind} ${name}`;

/** Hexadecimal digits that nobody can guess. */
export function randomDigits(count: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(count / 2));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Writes before it returns. */
export function writeAhead(incident: string, kind: Kind, name: string, value: object): void {
  ifAllowed(() => {
    const text = JSON.stringify(value);
    const taken = keys(ours).reduce((sum, key) => sum + (localStorage.getItem(key) ?? '').length, text.length);
    if (taken <= room) localStorage.setItem(keyOf(incident, kind, name), text);
  });
}

/** What stands ahead of an incident, by name. */
export function aheadOf<T>(incident: string, kind: Kind): Map<string, T> {
  const found = new Map<string, T>();
  const start = keyOf(incident, kind);
  ifAllowed(() => {
    for (const key of keys(start)) {
      // Another tab may have removed it meanwhile.
      const text = localStorage.getItem(key);
      if (text) found.set(key.slice(start.length), JSON.parse(text));
    }
  });
  return found;
}

/** Removes what is in IndexedDB now. A draft that was written again meanwhile stays: `at` says which one is meant. */
export function dropAhead(incident: string, kind: Kind, name: string, at?: number): void {
  if (at === undefined || aheadOf<Draft>(incident, kind).get(name)?.at === at)
    ifAllowed(() => localStorage.removeItem(keyOf(incident, kind, name)));
}

/** Forgets all that stands ahead of an incident. */
export function wipeAhead(incident: string): void {
  ifAllowed(() => {
    for (const key of keys(`${ours}${incident}:`)) localStorage.removeItem(key);
  });
}

/** Where storage is forbidden or full, nothing is ahead and nothing else changes: IndexedDB is asked as well. */
function ifAllowed(act: () => void): void {
  try {
    act();
  } catch {
    // Nothing can be kept here.
  }
}

/** Keeps what is typed before the record is at hand. */
export function draftAhead(field: string, text: string): void {
  const incident = openPointer()?.incident;
  if (incident) writeAhead(incident, 'draft', field, { text, at: Date.now() } satisfies Draft);
}

// Where nothing can be kept, a tick waits here for the record of its own page.
const waiting: { incident: string; tick: EarlyTick }[] = [];

/** The ticks that are no entry yet: what pages wrote ahead, and what this one could not. */
export function earlyTicks(incident: string): EarlyTick[] {
  const ticks = aheadOf<EarlyTick>(incident, 'tick');
  for (const { incident: of, tick } of waiting) if (of === incident) ticks.set(tick.id, tick);
  return [...ticks.values()];
}

/** Writes ticks ahead until the page records them itself. */
export function beginEarlyTicks(): void {
  document.addEventListener('change', tickAhead);
}

export function endEarlyTicks(): void {
  document.removeEventListener('change', tickAhead);
}

/** The runbook whose page this is: `runbook:ransomware`. */
export function runbookOnPage(): string | undefined {
  return document.querySelector<HTMLElement>('[data-ticks]')?.dataset['ticks'];
}

function tickAhead({ target }: Event): void {
  const pointer = openPointer();
  const box = target as HTMLInputElement;
  const step = box.dataset['tick'];
  const runbook = runbookOnPage();
  if (!pointer || step === undefined || !runbook) return;
  const now = new Date();
  const tick: EarlyTick = {
    id: randomDigits(16),
    by: pointer.person,
    at: now.getTime(),
    offset: -now.getTimezoneOffset(),
    type: box.checked ? 'step-ticked' : 'step-unticked',
    ref: `${runbook}#${step}`,
  };
  waiting.push({ incident: pointer.incident, tick });
  writeAhead(pointer.incident, 'tick', tick.id, tick);
}

function keys(start: string): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(start));
}
