/** Reads what an auditor asks of a plan: its history, what proves what, and what is open on a day. */

import { basename, join } from 'node:path';
import { type OpenPoint, openPointsOf } from '../../audit/open-points.ts';
import { auditReport } from '../../audit/pack/report.ts';
import { readAssurance } from '../../audit/read-assurance.ts';
import { forAudience } from '../../compile/audience.ts';
import { compile } from '../../compile/index.ts';
import { type ChangeLog, changeLogOf } from '../../history/change-log.ts';
import { Git } from '../../history/git.ts';
import { NoSuchPeriod, type Period, periodOf } from '../../history/period.ts';
import type { ToldHistory } from '../../history/read-history.ts';
import { releaseTags } from '../../history/release-tags.ts';
import { signaturesOf } from '../../history/signatures.ts';
import { placeInRepository, type Version, versionOf } from '../../history/version.ts';
import type { Plan } from '../../model/plan.ts';
import type { AuditReport } from '../../model/schema-types.ts';
import { sentenceOf } from '../../proposals/sentence.ts';
import { type BuildChoice, errorsOf } from '../../site/compiled.ts';
import { engine } from '../../site/manifest.ts';
import { audienceOf } from '../astro.ts';
import { CannotRun, type Outside } from '../command.ts';
import type { PlanFolder } from '../plan-folder.ts';
import { wantsColor } from '../terminal.ts';

/** What is asked. */
export interface Question {
  choice: BuildChoice;
  /** The day of the report, as 2026-11-24. */
  day: string;
  since?: string | undefined;
  until?: string | undefined;
}

/** What was found. */
export interface Examined {
  /** The plan as its readers may read it, and as it was written. */
  plan: Plan;
  whole: Plan;
  version: Version;
  history: ToldHistory;
  log: ChangeLog;
  openPoints: OpenPoint[];
  /** The same of the plan as it was written: what is kept from its readers is no less open. */
  writtenPoints: OpenPoint[];
  report: AuditReport;
}

/**
 * Examines a plan; undefined where it has errors, which are told.
 *
 * @throws CannotRun where the audience or the period is not known
 */
export async function examine(
  outside: Outside,
  { root, prefix }: PlanFolder,
  { choice, day, since, until }: Question,
): Promise<Examined | undefined> {
  const compiled = await compile(root, new Date(`${day}T00:00:00Z`), choice.overlay);
  const errors = errorsOf(compiled, { color: wantsColor(outside.stderr, outside.env), prefix });
  if (errors || !compiled.plan) {
    outside.stderr.write(`${errors?.text ?? ''}A plan with errors is not examined.\n`);
    return undefined;
  }
  const whole = compiled.plan;
  const audience = audienceOf(whole, choice).id;
  const plan = forAudience(whole, audience);
  const git = new Git({ folder: root, env: { ...outside.env }, signal: outside.signal });
  const { history, assurance, written } = await readAssurance(whole, plan, root, join(outside.cwd, '.firebreak'));
  const period = await asked(periodOf(git, since, until));
  const log = changeLogOf(plan, history, period, (await placeInRepository(root)) ?? basename(root));
  const openPoints = openPointsOf(plan, assurance, day);
  const writtenPoints = openPointsOf(whole, written, day);
  const version = await versionOf(root, choice.overlay);
  const { allowedSigners } = whole.settings;
  const commits = log.documents.flatMap(({ versions }) => versions.map((shown) => shown.version.commit));
  const report = auditReport({
    plan,
    version,
    day,
    engine,
    audience,
    leftOut: whole.documents.size - plan.documents.size,
    assurance,
    openPoints,
    log,
    tags: history.known === 'nothing' ? [] : await releaseTags(git, allowedSigners),
    signatures: allowedSigners ? await signaturesOf(git, commits, allowedSigners) : new Map(),
    sentence: (change) => sentenceOf(change, plan),
  });
  return { plan, whole, version, history, log, openPoints, writtenPoints, report };
}

/** What cannot be asked is told in one line. */
async function asked(period: Promise<Period>): Promise<Period> {
  return period.catch((reason: unknown) => {
    throw reason instanceof NoSuchPeriod ? new CannotRun(reason.message) : reason;
  });
}
