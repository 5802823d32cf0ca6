/**
 * An incident on any page: loads what it needs once one is open or is to be started. Without one this script is all.
 */

import { again } from './again.ts';
import { wipeAhead } from './incident/ahead.ts';
import { openPointer, pointerKey, recoverPointer, setPointer } from './incident/pointer.ts';
import type { Session } from './incident/session.ts';

let begun = false;

async function begin(session: Session): Promise<void> {
  begun = true;
  const { showIncident } = await import('./incident/open.ts');
  await showIncident(session);
}

async function resume(): Promise<void> {
  if (begun) return;
  const pointer = openPointer();
  const { loadIncidentSheet, showRecordPage, openAgain } = await again(() =>
    import('./incident/open.ts').then(({ loadIncidentSheet, showRecordPage, openAgain }) => ({
      loadIncidentSheet,
      showRecordPage,
      openAgain,
    })),
  );
  await loadIncidentSheet();
  const session = pointer ? await openAgain(pointer) : 'gone';
  if (typeof session === 'object') await begin(session);
  else {
    // A record that cannot be read now stays open for the next page.
    if (session === 'gone') void setPointer(undefined);
    if (session === 'gone' && pointer) wipeAhead(pointer.incident);
    dispatchEvent(new Event('firebreak:no-incident'));
    await showRecordPage(begin);
  }
}

const recordPage = document.querySelector('[data-incident-page], [data-exercise-run], [data-write-lesson]');
if (openPointer()) void resume();
else void recoverPointer().then((pointer) => (pointer || recordPage) && resume());

// Another tab has started one.
addEventListener('storage', (event) => {
  if (event.key === pointerKey && event.newValue && !recordPage) void resume();
});

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest('[data-start-incident]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  // Whoever clicked in vain clicks again.
  void import('./incident/open.ts').then(({ startHere }) => startHere(begin));
});
