/** The slim bar that shows the open incident on every page. */

import { instantOf } from '../../../model/incident/record.ts';
import { rolesOf } from '../../../model/incident/state.ts';
import { openSteps, openStepsOf, stepReference } from '../../../model/incident/steps.ts';
import { button, make, redraw } from './elements.ts';
import { saveRecord } from './files.ts';
import { address, loadPlan, runbooksInUse, stepAddress } from './plan.ts';
import { type Session, text } from './session.ts';

const warnings = { full: text.full, refused: text.notKept };

export function showBar(session: Session): void {
  const name = make('a', { class: 'incident-name', href: address('incident/') });
  const running = make('span', { class: 'incident-running' });
  const open = make('span', { class: 'incident-open' });
  const warning = make('div', { class: 'incident-warning', role: 'alert' });
  const said = make('p', { class: 'incident-said', role: 'status' });
  const saving = () => {
    said.textContent = text.saved(saveRecord(session));
  };
  const actions = make(
    'details',
    { class: 'incident-actions' },
    make('summary', {}, text.actions),
    make(
      'ul',
      {},
      make('li', {}, make('a', { class: 'button', href: address('incident/') }, text.record)),
      make('li', {}, make('a', { class: 'button', href: address('incident/#hand-over') }, text.handOver)),
      make('li', {}, button(text.saveFile, saving)),
      make(
        'li',
        {},
        button(text.leave, () => session.leave()),
      ),
      make('li', {}, make('a', { class: 'button', href: address('incident/#close') }, text.close)),
    ),
  );
  actions.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !actions.open) return;
    actions.open = false;
    actions.querySelector('summary')?.focus();
  });
  document.addEventListener('click', (event) => {
    if (!actions.contains(event.target as Node)) actions.open = false;
  });
  const bar = make(
    'section',
    { class: 'incident-bar', 'aria-label': text.barLabel },
    make('div', { class: 'incident-bar-inner' }, name, running, open, actions),
    warning,
    said,
  );
  document.querySelector('.site-header')?.after(bar);

  let turn = 0;
  const draw = async () => {
    const { state, keeping, person } = session;
    name.textContent = state.name;
    showRunning();
    const words = keeping === 'full' || keeping === 'refused' ? warnings[keeping] : '';
    if (warning.dataset['says'] !== words) {
      warning.dataset['says'] = words;
      warning.replaceChildren(...(words ? [make('p', {}, words), button(text.saveFile, saving)] : []));
    }
    const mine = ++turn;
    const [plan, runbooks] = await Promise.all([loadPlan(), runbooksInUse(state)]);
    // A later change may have been drawn meanwhile.
    if (mine !== turn) return;
    const hasRole = rolesOf(state, person).length > 0;
    const steps = runbooks.flatMap((runbook) =>
      (hasRole ? openStepsOf(state, runbook, person) : openSteps(state, runbook)).map((step) => ({ runbook, step })),
    );
    const count = (hasRole ? text.openForMe : text.openForAll)(steps.length);
    const [next] = steps;
    redraw(
      open,
      next
        ? make(
            'a',
            {
              href: stepAddress(plan, stepReference(next.runbook.id, next.step.id)),
              'data-key': 'next',
            },
            count,
          )
        : runbooks.length > 0 && count,
    );
  };
  const showRunning = () => {
    const { state } = session;
    const end = state.closed ? instantOf(state.closed.entry.at) : Date.now();
    const minutes = Math.max(0, Math.floor((end - instantOf(state.startedAt)) / 60_000));
    const words = text.running(minutes) + (state.closed ? `, ${text.closed}` : '');
    if (running.dataset['says'] === words) return;
    running.dataset['says'] = words;
    redraw(running, make('span', { class: 'visually-hidden' }, `${text.runningFor} `), words);
  };
  setInterval(showRunning, 10_000);
  session.onChange(() => void draw());
  void draw();
}
