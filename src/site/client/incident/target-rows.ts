/** A row for each target of the incident, at the steps that are done one by one. */

import { defang } from '../../../model/incident/indicators.ts';
import { targetKey } from '../../../model/incident/state.ts';
import { doneElsewhere, type IncidentStep, type RunbookSteps } from '../../../model/incident/steps.ts';
import { targetText } from '../../../model/incident/target-text.ts';
import { make, redraw } from './elements.ts';
import { runbooksInUse } from './plan.ts';
import type { Session } from './session.ts';
import { shortTime } from './times.ts';

const text = targetText(document.documentElement.lang);

export interface TargetStep {
  step: IncidentStep;
  ref: string;
  /** Where its rows stand. */
  place: HTMLElement;
}

/** Draws the rows, again after each change. What another runbook of the incident did for a target is shown as done. */
export function drawTargetRows(session: Session, runbook: RunbookSteps, steps: readonly TargetStep[]): void {
  const digest = runbook.digest ? { digest: runbook.digest } : {};
  if (steps.length === 0) return;
  // What stands there while no target of that kind is known.
  const empty = new Map(steps.map(({ place }) => [place, place.firstElementChild ?? undefined]));
  let others: RunbookSteps[] = [];
  let using = '';

  const draw = () => {
    for (const { step, ref, place } of steps) {
      const { state } = session;
      const done = state.targetsDone.get(ref);
      const elsewhere = doneElsewhere(state, others, runbook, step);
      const rows = state.targets
        .filter(({ kind }) => kind === step.targets)
        .map(({ kind, value, indicator }) => {
          const key = targetKey({ kind, value });
          const here = done?.get(key);
          const there = here ? undefined : elsewhere.get(key);
          const tick = here ?? there?.entry;
          const box = make('input', { type: 'checkbox', autocomplete: 'off', 'data-key': key });
          box.checked = tick !== undefined;
          box.addEventListener('change', () => {
            const type = box.checked ? 'target-done' : 'target-undone';
            // Done in another runbook is taken back where it was recorded.
            const at = there
              ? { ref: there.ref, ...(there.digest ? { digest: there.digest } : {}) }
              : { ref, ...digest };
            void session.does({ type, ...at, data: { target: { kind, value } } });
          });
          return make(
            'label',
            { class: 'choice-box' },
            box,
            ` ${kind === 'indicator' ? defang(value, indicator) : value}`,
            tick &&
              make(
                'span',
                { class: 'quiet small' },
                ` ${[there?.name, shortTime(tick.at), tick.by].filter(Boolean).join(', ')}`,
              ),
          );
        });
      redraw(
        place,
        rows.length > 0 &&
          make(
            'fieldset',
            { class: 'field' },
            make('legend', {}, text.forTargets),
            make('div', { class: 'choices' }, rows),
          ),
        rows.length === 0 && empty.get(place),
      );
    }
    // Whoever shows a step elsewhere shows its rows there too.
    steps[0]?.place.dispatchEvent(new Event('firebreak:ticks', { bubbles: true }));
  };
  const follow = () => {
    draw();
    const now = session.state.runbooks.join(' ');
    if (now === using) return;
    using = now;
    void runbooksInUse(session.state).then((found) => {
      others = found;
      draw();
    });
  };
  session.onChange(follow);
  follow();
}
