/** An incident that is open on this page: its record, what it says, and how something is added to it. */

import { incidentText } from '../../../model/incident/interface-text.ts';
import { type Deed, emptyRecord, momentOf, withEntries } from '../../../model/incident/record.ts';
import { type IncidentState, replacedBy, stateOf } from '../../../model/incident/state.ts';
import type { IncidentEntry, IncidentRecord } from '../../../model/schema-types.ts';
import { dropAhead, type EarlyTick, earlyTicks, randomDigits, runbookOnPage, writeAhead } from './ahead.ts';
import { type Pointer, setPointer } from './pointer.ts';
import { type Message, openChannel, openStore, type Store } from './store.ts';

export const text = incidentText(document.documentElement.lang);

/**
 * How safe the record is here: `kept`; `may-drop` where the browser did not promise to keep it; `full` and `refused`
 * where what is written now is lost with the page.
 */
type Keeping = 'kept' | 'may-drop' | 'full' | 'refused';

export interface Session {
  readonly person: string;
  readonly record: IncidentRecord;
  readonly state: IncidentState;
  readonly keeping: Keeping;
  readonly store: Store;
  /** Adds what somebody does, in order, as of now. Shown at once; kept as soon as the browser has written it. */
  does: (...deeds: Deed[]) => Promise<void>;
  /** Makes entries of what was ticked on the page of this runbook before the record was at hand. */
  takeUp: (runbook: { id: string; digest?: string }) => void;
  /** Adds entries from a file. */
  takeIn: (entries: readonly IncidentEntry[]) => Promise<void>;
  /** Called at every change, from here or from another tab. */
  onChange: (hear: () => void) => void;
  /** Keeps what is typed into a field with every key, and gives back what was typed before. */
  draft: (field: string, control: HTMLInputElement | HTMLTextAreaElement) => void;
  /** Keeps what is being typed. */
  keepDraft: (field: string, text: string) => void;
  forgetDraft: (field: string) => void;
  leave: () => void;
  wipe: () => Promise<void>;
}

/** How long a store that did not open is left alone, in milliseconds: a busy browser fails once and opens it then. */
const breath = 300;

/** The store of this browser, or one that forgets. Asked for once a page. */
export const theStore: () => Promise<{ store: Store; refused: boolean }> = (() => {
  let opening: Promise<{ store: Store; refused: boolean }> | undefined;
  return () => {
    const onceMore = () => new Promise((resolve) => setTimeout(resolve, breath)).then(openStore);
    opening ??= openStore()
      .catch(onceMore)
      .then(
        (store) => ({ store, refused: false }),
        async () => ({ store: (await import('./forgetful-store.ts')).forgetfulStore(), refused: true }),
      );
    return opening;
  };
})();

/** Opens an incident on this page. */
export async function openSession(pointer: Pointer): Promise<Session> {
  const { incident, person } = pointer;
  const { store, refused } = await theStore();
  let record = emptyRecord(incident);
  let state = stateOf(record);
  let keeping: Keeping = refused ? 'refused' : (await isKept('persisted')) ? 'kept' : 'may-drop';
  const hearers: (() => void)[] = [];

  const changed = () => {
    state = stateOf(record);
    for (const hear of hearers) hear();
  };
  const take = (entries: readonly IncidentEntry[]) => {
    const before = record.entries.length;
    record = withEntries(record, entries);
    if (record.entries.length !== before) changed();
  };
  /** What somebody did as an entry that takes the place of what holds now. */
  const entryOf = (deed: Deed, before: readonly IncidentEntry[], head: { id: string; at: string; by: string }) => {
    const replaces = replacedBy(withEntries(record, before), deed);
    return {
      ...head,
      id: `${store.device}-${head.id}`,
      ...deed,
      data: { ...deed.data, ...(replaces.length > 0 ? { replaces } : {}) },
    } as IncidentEntry;
  };
  const tell = openChannel((message) => {
    if ('wiped' in message && message.wiped === incident) {
      // Written again by this tab, what was wiped would be back.
      void setPointer(undefined).then(() => location.reload());
    } else if ('incident' in message && message.incident === incident) take(message.entries);
  });
  // What another tab adds from here on is heard.
  take(await store.entries(incident));
  const keep = async (entries: readonly IncidentEntry[]): Promise<boolean> => {
    try {
      // All of them where something could not be written before: room may have been made since.
      await store.add(incident, keeping === 'full' ? record.entries : entries);
      if (keeping === 'full') setKeeping((await isKept('persisted')) ? 'kept' : 'may-drop');
    } catch {
      setKeeping('full');
    }
    if (entries.length > 0) tell({ incident, entries: [...entries] } satisfies Message);
    return keeping !== 'full';
  };
  const add = (entries: readonly IncidentEntry[]) => {
    // Before anything is drawn, and before the page can be left.
    for (const entry of entries) writeAhead(incident, 'entry', entry.id, entry);
    take(entries);
    return keep(entries);
  };
  const setKeeping = (now: Keeping) => {
    if (keeping === 'refused' || keeping === now) return;
    keeping = now;
    changed();
  };

  /** What pages that were left too soon had no time to record; ticks of the runbook on this page wait for its digest. */
  const takeUp = (runbook?: { id: string; digest?: string }) => {
    const digest = runbook?.digest ? { digest: runbook.digest } : {};
    const isHere = ({ ref }: EarlyTick) => ref.startsWith(`${runbook ? `runbook:${runbook.id}` : runbookOnPage()}#`);
    const ticks = earlyTicks(incident)
      .filter((tick) => isHere(tick) === (runbook !== undefined))
      .sort((a, b) => a.at - b.at);
    const entries: IncidentEntry[] = [];
    for (const { id, at, offset, by, ...tick } of ticks) {
      const deed = { ...tick, ...digest, data: {} };
      const entry = entryOf(deed, entries, { id, at: momentOf(new Date(at), offset), by });
      // After a crash a tick may stand there that is an entry already.
      if (!record.entries.some((known) => known.id === entry.id)) entries.push(entry);
    }
    // What a tick became stands ahead in its place: left now, the next page would not know the digest.
    void add(entries);
    for (const { id } of ticks) dropAhead(incident, 'tick', id);
    store.takeUp(incident).catch(() => setKeeping('full'));
  };

  const keepDraft = (field: string, text: string) => {
    store.setDraft(incident, field, text).catch(() => setKeeping('full'));
  };

  // A page that comes back out of the browser's memory has heard nothing meanwhile.
  addEventListener('pageshow', (event) => {
    if (event.persisted) void store.entries(incident).then(take);
  });
  addEventListener('beforeunload', (event) => {
    if ((keeping === 'full' || keeping === 'refused') && record.entries.length > 0) event.preventDefault();
  });
  if (!refused)
    void isKept('persist').then((kept) => setKeeping(keeping === 'full' ? 'full' : kept ? 'kept' : 'may-drop'));

  takeUp();

  return {
    person,
    get record() {
      return record;
    },
    get state() {
      return state;
    },
    get keeping() {
      return keeping;
    },
    store,
    does: async (...deeds) => {
      const entries: IncidentEntry[] = [];
      for (const deed of deeds) {
        const at = momentOf(new Date(Date.now() + entries.length));
        entries.push(entryOf(deed, entries, { id: randomDigits(16), at, by: person }));
      }
      await add(entries);
    },
    takeUp,
    takeIn: async (entries) => {
      take(entries);
      await keep(entries);
    },
    onChange: (hear) => void hearers.push(hear),
    draft: (field, control) => {
      void store.draft(incident, field).then((typed) => {
        if (control.value === '' && typed !== '') control.value = typed;
      });
      control.addEventListener('input', () => keepDraft(field, control.value));
    },
    keepDraft,
    forgetDraft: (field) => void store.setDraft(incident, field, '').catch(() => {}),
    leave: () => {
      void setPointer(undefined).then(() => location.reload());
    },
    wipe: async () => {
      await store.wipe(incident);
      record = emptyRecord(incident);
      tell({ wiped: incident });
      await setPointer(undefined);
    },
  };
}

/** Whether the browser keeps what is stored here; `persist` asks it to. */
async function isKept(ask: 'persisted' | 'persist'): Promise<boolean> {
  return (await navigator.storage?.[ask]?.().catch(() => false)) ?? false;
}

/** A new incident's id. */
export function newIncident(): string {
  return randomDigits(32);
}
