/** What an open incident must know of the plan, as files beside the pages, and the schema of its record. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { textDigest } from '../compile/text-digest.ts';
import { effectiveAttributes } from '../model/action.ts';
import { isBlock } from '../model/content.ts';
import type { Document, NumberedStep } from '../model/document.ts';
import type { Exercise, ExpectedStep } from '../model/incident/exercise.ts';
import type { IncidentPlan, IncidentStep, RunbookSteps } from '../model/incident/steps.ts';
import { askedChanges, type OpenLoop, stateOfChange } from '../model/lesson-changes.ts';
import type { ActionParts } from '../model/lesson-suggestion.ts';
import { documentOf, documentsOf, isCurrent, type Plan, referrersOf, resolve } from '../model/plan.ts';
import { leadsTo } from '../model/steps.ts';
import { stepsThatUse } from '../proposals/confirm.ts';
import { sentenceOf } from '../proposals/sentence.ts';
import { documentPath } from './addresses.ts';
import { incidentForms } from './incident-forms.ts';
import {
  actionPartsPath,
  incidentFormsPath,
  incidentPlanPath,
  openLoopsPath,
  recordSchemaPath,
} from './incident-paths.ts';
import { lessonGiven } from './lesson-given.ts';
import { textOf } from './search/plain-text.ts';
import type { Site } from './site.ts';

/** Every such file by its path from the site's folder. */
export function incidentFiles({ plan, folder }: Pick<Site, 'plan' | 'folder'>): Map<string, string> {
  return new Map([
    [recordSchemaPath, readFileSync(new URL('../../schemas/incident-record.schema.json', import.meta.url), 'utf8')],
    [incidentPlanPath, JSON.stringify(incidentPlan(plan))],
    [incidentFormsPath, JSON.stringify(incidentForms(plan))],
    [openLoopsPath, JSON.stringify(openLoops(plan))],
    ['_firebreak/lessons.json', JSON.stringify(lessonGiven({ plan, folder }))],
    ...documentsOf(plan, 'runbook').map(
      (runbook) => [`${documentPath(runbook)}steps.json`, JSON.stringify(stepsOf(plan, runbook))] as const,
    ),
    ...documentsOf(plan, 'runbook').map(
      (runbook) => [`${documentPath(runbook)}digests.json`, JSON.stringify(digestsOf(plan, runbook))] as const,
    ),
    ...documentsOf(plan, 'action').map(
      (action) => [actionPartsPath(action.id), JSON.stringify(partsOf(plan, action))] as const,
    ),
    ...documentsOf(plan, 'exercise').map(
      (exercise) => [`${documentPath(exercise)}exercise.json`, JSON.stringify(exerciseOf(plan, exercise))] as const,
    ),
  ]);
}

/** Writes files by their paths from the site's folder, without waiting: thousands of small ones, and nothing else is left to do. */
export function writeFiles(files: ReadonlyMap<string, string>, folder: string): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export function incidentPlan(plan: Plan): IncidentPlan {
  return {
    title: plan.settings.title,
    organisation: plan.settings.organisation.name,
    timeZone: plan.settings.organisation.timeZone,
    domains: ownDomains(plan),
    tlp: plan.settings.tlp ?? 'AMBER',
    roles: documentsOf(plan, 'role')
      .filter((role) => isCurrent(role))
      .map(({ id, data }) => ({ id, title: data.title })),
    priorities: plan.settings.priority.levels.map(({ id, name }) => ({ id, name })),
    // Retired ones too: a record may name their steps.
    runbooks: documentsOf(plan, 'runbook').map((runbook) => ({
      id: runbook.id,
      code: runbook.data.code,
      title: runbook.data.title,
      path: documentPath(runbook),
    })),
    exercises: documentsOf(plan, 'exercise').map((exercise) => ({
      id: exercise.id,
      title: exercise.data.title,
      path: documentPath(exercise),
      injects: exercise.data.injects.map(({ id, title }) => ({ id, title })),
    })),
  };
}

/** An exercise as whoever runs it needs it: when each inject comes, and the steps that it should lead to. */
export function exerciseOf(plan: Plan, exercise: Document<'exercise'>): Exercise {
  return {
    id: exercise.id,
    title: exercise.data.title,
    runbooks: exercise.data.runbooks,
    injects: exercise.data.injects.map(({ id, title, at, expects = [] }) => ({
      id,
      title,
      at: clockOf(at),
      expects: expects.flatMap((reference) => expectedStep(plan, reference)),
    })),
  };
}

function expectedStep(plan: Plan, reference: string): ExpectedStep[] {
  const found = resolve(plan, reference);
  if (found?.document.kind !== 'runbook' || !found.step) return [];
  const { code } = (found.document as Document<'runbook'>).data;
  const { number, text, within } = incidentStep(plan, found.document.id, found.step);
  return [{ ref: reference, name: `${code} ${number}`, text, ...(within ? { within } : {}) }];
}

/** Milliseconds of a time on the clock of an exercise: `90 min`, and also `0 min`, which is no duration. */
function clockOf(at: string): number {
  const [amount, unit] = at.split(' ');
  return Number(amount) * (unit === 'h' ? 3_600_000 : 60_000);
}

/** The organisation's own domains, which are never put on a list to block. */
function ownDomains({ settings: { organisation } }: Plan): string[] {
  return [...new Set([organisation.domain, ...(organisation.domains ?? [])])].filter((domain) => domain !== undefined);
}

/** The steps of a runbook, the response before Preparation, as on its page. */
export function stepsOf(plan: Plan, runbook: Document<'runbook'>): RunbookSteps {
  return {
    id: runbook.id,
    code: runbook.data.code,
    title: runbook.data.title,
    digest: runbook.digest,
    steps: (runbook.body?.steps ?? []).map((step) => incidentStep(plan, runbook.id, step)),
  };
}

/** The digest of each step's text, which a lesson names when it asks for a change beside it. */
function digestsOf(plan: Plan, runbook: Document<'runbook'>): Record<string, string> {
  const digests = (runbook.body?.steps ?? []).map(({ id }) => {
    const reference = `runbook:${runbook.id}#${id}`;
    return [reference, textDigest(plan, reference) ?? ''] as const;
  });
  return Object.fromEntries(digests);
}

/** What a record may show the use of. */
function openLoops(plan: Plan): OpenLoop[] {
  return askedChanges(plan)
    .filter(({ change }) => stateOfChange(change) === 'applied')
    .map(({ lesson, change }) => ({
      lesson: lesson.id,
      title: lesson.data.title,
      path: documentPath(lesson as Document),
      sentence: sentenceOf(change, plan),
      refs: stepsThatUse(change, plan),
    }))
    .filter(({ refs }) => refs.length > 0);
}

/** An action with its lettered parts, and the runbooks that a change of it reaches. */
function partsOf(plan: Plan, action: Document<'action'>): ActionParts {
  return {
    title: action.data.title,
    runbooks: referrersOf(plan, action as Document, 'runbook')
      .filter((runbook) => isCurrent(runbook as Document) && uses(runbook, action.id))
      .map(({ id, data }) => ({ id, title: data.title })),
    parts: (action.body?.steps ?? []).map(({ id, number, instruction }) => ({
      id,
      letter: number,
      text: instruction,
      digest: textDigest(plan, `action:${action.id}#${id}`) ?? '',
    })),
  };
}

const uses = ({ body }: Document<'runbook'>, action: string) =>
  (body?.steps ?? []).some(({ block }) => isBlock(block, 'use') && block.attributes.action === action);

const listed = { hosts: 'host', accounts: 'account', indicators: 'indicator' } as const;

function incidentStep(plan: Plan, runbook: string, step: NumberedStep): IncidentStep {
  const { block, id, number } = step;
  const common = {
    id,
    number,
    text: step.instruction,
    ...(number.startsWith('P') ? { preparation: true as const } : {}),
  };
  if (isBlock(block, 'decision')) {
    const { decider, deputy, within, from } = block.attributes;
    return {
      ...common,
      roles: [decider, deputy].filter((role) => role !== undefined),
      ...timeBox(within, from),
      options: block.children.flatMap((child) => {
        if (!isBlock(child, 'option')) return [];
        const to = leadsTo(child.attributes.to, runbook);
        return [{ id: child.attributes.id, answer: textOf(child.children, plan), ...(to ? { to } : {}) }];
      }),
    };
  }
  const action = isBlock(block, 'use') ? documentOf(plan, 'action', block.attributes.action) : undefined;
  const { role, within, from, targets } =
    isBlock(block, 'use') && action
      ? effectiveAttributes(block, action)
      : (block.attributes as Partial<ReturnType<typeof effectiveAttributes>>);
  const kind = targets && targets in listed ? listed[targets as keyof typeof listed] : undefined;
  const next = leadsTo((block.attributes as { next?: string }).next, runbook);
  return {
    ...common,
    ...(next ? { next } : {}),
    roles: role ? [role] : [],
    ...timeBox(within, from),
    ...(kind ? { targets: kind } : {}),
    ...(action ? { action: action.id } : {}),
  };
}

function timeBox(within: string | undefined, from: IncidentStep['from']): Pick<IncidentStep, 'within' | 'from'> {
  return within ? { within, ...(from ? { from } : {}) } : {};
}
