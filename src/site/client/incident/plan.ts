/** What an open incident knows of the plan, from the files beside the pages. */

import type { IncidentState } from '../../../model/incident/state.ts';
import type { IncidentPlan, RunbookSteps } from '../../../model/incident/steps.ts';

const { base = '/', plan: title = '' } = document.documentElement.dataset;

// The record goes on without them: ids stand for names then.
const nothing: IncidentPlan = {
  title,
  organisation: title,
  timeZone: 'Etc/UTC',
  domains: [],
  tlp: 'AMBER',
  roles: [],
  priorities: [],
  runbooks: [],
  exercises: [],
};

let planOnce: Promise<IncidentPlan> | undefined;
const runbooksOnce = new Map<string, Promise<RunbookSteps | undefined>>();

/** A file of the site; undefined where it cannot be had now. */
export async function read<T>(path: string): Promise<T | undefined> {
  try {
    const response = await fetch(base + path);
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}

export function loadPlan(): Promise<IncidentPlan> {
  planOnce ??= read<IncidentPlan>('_firebreak/incident-plan.json').then((found) => {
    // Tried again when it is asked for again.
    if (!found) planOnce = undefined;
    return found ?? nothing;
  });
  return planOnce;
}

/** The steps of a runbook; undefined where the plan has no such runbook, or it cannot be had now. */
async function loadSteps(runbook: string): Promise<RunbookSteps | undefined> {
  const path = (await loadPlan()).runbooks.find(({ id }) => id === runbook)?.path;
  if (!path) return undefined;
  const known = runbooksOnce.get(runbook) ?? read<RunbookSteps>(`${path}steps.json`);
  runbooksOnce.set(runbook, known);
  const found = await known;
  if (!found) runbooksOnce.delete(runbook);
  return found;
}

/** The runbooks that the incident uses, with their steps. */
export async function runbooksInUse(state: IncidentState): Promise<RunbookSteps[]> {
  const loaded = await Promise.all(state.runbooks.map(loadSteps));
  return loaded.filter((runbook) => runbook !== undefined);
}

/** Address of a page. */
export function address(path: string): string {
  return base + path;
}

/** The runbook whose page this is. */
export async function runbookHere(): Promise<RunbookSteps | undefined> {
  const page = document.querySelector<HTMLElement>('[data-ticks]');
  if (!page) return undefined;
  const path = location.pathname.slice(base.length);
  const runbook = (await loadPlan()).runbooks.find((candidate) => candidate.path === path);
  return (runbook && (await loadSteps(runbook.id))) ?? stepsOnPage(page, path);
}

/** What the page itself says of its steps: a tick is recorded also when the network went before the files came. */
function stepsOnPage(page: HTMLElement, path: string): RunbookSteps {
  const last = (address: string) => address.split('/').filter(Boolean).at(-1) ?? '';
  const wordsOf = (place: Element | null | undefined) => place?.textContent?.trim() ?? '';
  const steps = [...page.querySelectorAll<HTMLInputElement>('input[data-tick]')].map((box) => {
    const step = box.closest('.step');
    const number = wordsOf(step?.querySelector('.step-number')).split(' ').at(-1) ?? '';
    return {
      id: box.dataset['tick'] ?? '',
      number,
      text: wordsOf(step?.querySelector('.step-instruction')),
      roles: [...(step?.querySelectorAll<HTMLAnchorElement>('.mark-role a') ?? [])].map(({ pathname }) =>
        last(pathname),
      ),
      ...(number.startsWith('P') ? { preparation: true as const } : {}),
    };
  });
  return {
    id: last(path),
    code: wordsOf(page.querySelector('.code')),
    title: wordsOf(page.querySelector('h1')),
    steps,
  };
}

/** Address of a step, from its reference. */
export function stepAddress(plan: IncidentPlan, reference: string): string | undefined {
  const [, id, step] = /^runbook:([^#]+)#(.+)$/.exec(reference) ?? [];
  const path = plan.runbooks.find((runbook) => runbook.id === id)?.path;
  return path && `${base}${path}#${step}`;
}
