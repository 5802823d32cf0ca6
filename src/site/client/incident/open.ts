/** What an open incident draws into the page that it is on. */

import sheet from '../../styles/incident.css?url';
import { again } from '../again.ts';
import { loadSheet } from '../late-sheet.ts';
import { showBar } from './bar.ts';
import { runbookHere } from './plan.ts';
import type { Pointer } from './pointer.ts';
import { followRunbook } from './runbook.ts';
import { openSession, type Session, theStore } from './session.ts';

/** The style sheet of an open incident, which a page without one does not have. */
export const loadIncidentSheet = () => loadSheet(sheet);

/** The incident that was open on this device. That its record cannot be read is no sign that nothing of it is left. */
export async function openAgain(pointer: Pointer): Promise<Session | 'gone' | 'unreadable'> {
  const { store, refused } = await theStore();
  if ((await store.entries(pointer.incident)).length > 0) return openSession(pointer);
  return refused ? 'unreadable' : 'gone';
}

export async function showIncident(session: Session): Promise<void> {
  await loadIncidentSheet();
  showBar(session);
  if (session.state.exercise || document.querySelector('[data-with-incident]'))
    await again(() => import('./on-page.ts').then(({ followOnPage }) => followOnPage)).then((followOnPage) =>
      followOnPage(session),
    );
  const steps = document.querySelector<HTMLElement>('[data-ticks]');
  const runbook = steps && (await runbookHere());
  if (steps && runbook) followRunbook(session, runbook, steps);
  if (location.hash) void import('./back-to-place.ts');
}

/** A page that waits for an incident, while none is open: those of this device, a start, and a file. */
export async function showRecordPage(begin: (session: Session) => Promise<void>): Promise<void> {
  await again(() => import('./on-page.ts').then(({ showWithoutIncident }) => showWithoutIncident)).then(
    (showWithoutIncident) => showWithoutIncident(begin),
  );
}

export async function startHere(begin: (session: Session) => Promise<void>): Promise<void> {
  await loadIncidentSheet();
  const { startDialog } = await import('./start.ts');
  await startDialog(begin);
}
