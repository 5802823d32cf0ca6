/**
 * Which incident is open on this device, and who writes. Small and read at once, since every page asks it before
 * anything else of an incident is loaded.
 */

import { answer, kept, lastAnswer } from './database.ts';

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

/** Opens an incident on this device, or none. Resolves once that outlasts a crash or a reload. */
export function setPointer(pointer: Pointer | undefined): Promise<void> {
  here = pointer;
  try {
    if (pointer) {
      localStorage.setItem(pointerKey, JSON.stringify(pointer));
      localStorage.setItem(personKey, pointer.person);
    } else localStorage.removeItem(pointerKey);
  } catch {
    // It holds for this page.
  }
  return keepSafe(pointer).catch(() => {});
}

// Browsers write localStorage seconds later: after a crash the line may be missing though the record is there. So it is
// also kept where a write is on the disk at once; slower to read, and asked only where the line is missing.
const safe = `firebreak:open:${scope}`;

async function openSafe(): Promise<IDBObjectStore> {
  const opening = indexedDB.open(safe, 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore('open');
  return (await answer(opening)).transaction('open', 'readwrite', { durability: 'strict' }).objectStore('open');
}

async function keepSafe(pointer: Pointer | undefined): Promise<void> {
  const store = await openSafe();
  if (pointer) store.put(pointer, 'pointer');
  else store.delete('pointer');
  store.transaction.commit();
  await kept(store);
}

/** The incident that was open before a crash. */
export async function recoverPointer(): Promise<Pointer | undefined> {
  try {
    // Nothing is made on a device that never had an incident.
    if (!(await indexedDB.databases()).some(({ name }) => name === safe)) return undefined;
    const found = await lastAnswer<Pointer | undefined>((await openSafe()).get('pointer'));
    if (found && !openPointer()) void setPointer(found);
    return found;
  } catch {
    return undefined;
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
