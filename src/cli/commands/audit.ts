import { relative, resolve } from 'node:path';
import { type Condition, conditions, type OpenPoint } from '../../audit/open-points.ts';
import { periodInWords } from '../../history/change-log.ts';
import { isDay } from '../../history/period.ts';
import { shortVersion } from '../../history/version.ts';
import { type AssuranceText, assuranceText } from '../../model/assurance-text.ts';
import { usualAudience } from '../../model/audience.ts';
import { nearestName } from '../../model/nearest-name.ts';
import type { AuditReport } from '../../model/schema-types.ts';
import { audienceHelp, audienceOptions, buildChoice } from '../astro.ts';
import { type Examined, examine } from '../audit/examine.ts';
import { makePack, type PackOrder } from '../audit/pack.ts';
import { requireRoom, writePack } from '../audit/write-pack.ts';
import { CannotRun, type Command, type Outside } from '../command.ts';
import { requirePrinter } from '../pdf/printer.ts';
import { contentHelp, contentOption, type PlanFolder, planFolder } from '../plan-folder.ts';

type Values = Record<string, string | boolean | undefined>;

/** Tells what an auditor asks, and fails where it is told to. */
export const audit: Command = {
  name: 'audit',
  summary: 'Tell what is approved, reviewed, exercised and changed; write the audit pack; fail where asked to',
  usage: '',
  progress: 'Examining the plan',
  options: {
    out: { type: 'string' },
    since: { type: 'string' },
    until: { type: 'string' },
    at: { type: 'string' },
    'fail-on': { type: 'string' },
    json: { type: 'boolean' },
    'no-binder': { type: 'boolean' },
    ...contentOption,
    ...audienceOptions,
  },
  help: {
    out: 'folder, or file.zip, that the audit pack is written to; without it nothing is written',
    since: 'tag, commit or day after which changes are told; default: the beginning',
    until: 'tag, commit or day up to which they are; default: the present version',
    at: 'day of the report, as 2026-11-24: what was due before is overdue; default: today',
    'fail-on': `ends with 1 where one of these is found: ${conditions.join(', ')}; or all`,
    json: 'print what was found as JSON',
    'no-binder': 'leave the printed plan out of the pack: no browser is needed then',
    ...contentHelp,
    ...audienceHelp,
    audience:
      'for whom: internal, auditor, public, or another audience of plan.yaml; default: auditor for a pack, else internal',
  },
  examples: ['firebreak audit', 'firebreak audit --since v1.0 --fail-on overdue-review,unexercised'],
  async run(outside, values, positionals) {
    if (positionals.length > 0) throw new CannotRun('Options alone: firebreak audit --since v1.0.');
    const failOn = conditionsOf(values['fail-on']);
    const day = dayOf(outside, values['at']);
    const folder = await planFolder(outside, values['content']);
    const place = await placeOf(outside, values);
    const usual = place ? auditors : usualAudience;
    const choice = await buildChoice(outside, { ...values, audience: values['audience'] ?? usual });
    const examined = await examine(outside, folder, {
      choice,
      day,
      since: textOf(values['since']),
      until: textOf(values['until']),
    });
    if (!examined) return 1;
    if (failOn.length > 0) requireHistory(examined);
    const files = place && (await makePack(outside, examined, orderOf(values, folder, place, day)));
    if (place && !files) return 1;
    if (place && files) await writePack(place.out, files, new Date(examined.version.committedAt ?? `${day}T00:00:00Z`));
    outside.stdout.write(values['json'] ? inJson(examined, failOn) : inWords(examined, failOn, folder.prefix));
    if (place && files) {
      const told = assuranceText(examined.plan.settings.language).pack.written(
        files.size,
        relative(outside.cwd, place.out),
      );
      (values['json'] ? outside.stderr : outside.stdout).write(`${told}\n`);
    }
    return failOn.some((condition) => standing(examined, condition).isOpen) ? 1 : 0;
  },
};

/** The audience of a pack that names none. */
const auditors = 'auditor';

/** Where a pack goes, and with which browser its binder is printed. What is missing is told before the work begins. */
interface Place {
  out: string;
  browser: string | undefined;
}

async function placeOf(outside: Outside, values: Values): Promise<Place | undefined> {
  const out = textOf(values['out']);
  if (out === undefined) return undefined;
  const path = resolve(outside.cwd, out);
  await requireRoom(path);
  if (values['no-binder']) return { out: path, browser: undefined };
  try {
    return { out: path, browser: requirePrinter(outside.env) };
  } catch (reason) {
    if (!(reason instanceof CannotRun)) throw reason;
    throw new CannotRun(`${reason.message} Or leave the binder out of the pack: --no-binder.`);
  }
}

function orderOf(values: Values, { root }: PlanFolder, { browser }: Place, day: string): PackOrder {
  const { content, overlay, since, until } = values;
  const audience = values['audience'] ?? auditors;
  const told = { at: day, since, until, audience, 'no-binder': values['no-binder'] };
  const again = Object.entries(told).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}${value === true ? '' : ` ${value}`}`],
  );
  return { root, browser, values: { content, overlay, audience }, again: again.join(' ') };
}

const textOf = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined);

function conditionsOf(value: string | boolean | undefined): readonly Condition[] {
  if (typeof value !== 'string') return [];
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('all')) return conditions;
  return names.map((name) => {
    const known = conditions.find((condition) => condition === name);
    if (known) return known;
    const meant = nearestName(name, [...conditions, 'all']);
    throw new CannotRun(
      `There is no condition "${name}". ${meant ? `Did you mean "${meant}"?` : `Known are ${conditions.join(', ')}, and all.`}`,
    );
  });
}

function dayOf({ now }: Outside, value: string | boolean | undefined): string {
  const day = textOf(value) ?? now.toISOString().slice(0, 10);
  if (!isDay(day)) throw new CannotRun(`"${day}" is no day: write it as 2026-11-24.`);
  return day;
}

/** Without the history nothing is proven, and everything would fail for the wrong reason. */
function requireHistory({ history }: Examined): void {
  if (history.known === 'part')
    throw new CannotRun(
      'This is a shallow clone, in which git cannot tell who wrote what: fetch all of it (git fetch --unshallow --tags; in GitHub Actions fetch-depth: 0, in GitLab GIT_DEPTH: 0), and run the command again.',
    );
  if (history.known === 'nothing')
    throw new CannotRun(
      'This folder is in no git repository with a commit, so nothing that the plan says of itself is proven. Run the command in a clone.',
    );
}

/** The points of a condition that readers are told, and how many are kept from them: the verdict is on the whole plan. */
function standing({ openPoints, writtenPoints }: Examined, wanted: Condition) {
  const points = openPoints.filter(({ condition }) => condition === wanted);
  const all = writtenPoints.filter(({ condition }) => condition === wanted).length;
  const withheld = Math.max(0, all - points.length);
  return { points, withheld, isOpen: points.length > 0 || withheld > 0 };
}

function inJson(examined: Examined, failOn: readonly Condition[]): string {
  const failed = failOn.filter((condition) => standing(examined, condition).isOpen);
  return `${JSON.stringify({ failOn, failed, ...examined.report }, null, 2)}\n`;
}

/** How the plan stands, in a page of a terminal; the points that it fails for each with its place. */
function inWords(examined: Examined, failOn: readonly Condition[], prefix: string): string {
  const { plan, version, report, log, openPoints } = examined;
  const words = assuranceText(plan.settings.language);
  const versions = log.documents.reduce((sum, { versions: some }) => sum + some.length, 0);
  const lines = [
    words.report.head(report.plan, shortVersion(version), report.day, report.audience),
    ...(report.example ? [words.report.example] : []),
    ...(report.leftOut > 0 ? [words.report.leftOut(report.leftOut)] : []),
    ...(report.reasons ? [words.report.notReproducible(report.reasons)] : []),
    ...periodInWords(plan, log),
    words.report.changed(versions, log.documents.length),
    ...releaseLine(report, words),
    '',
    openPoints.length > 0
      ? `${words.open.title}:`
      : (report.leftOut > 0 ? words.open.noneTold : words.open.none)(report.day),
    ...counted(openPoints).map(
      ({ condition, count }) =>
        `  ${condition.padEnd(widest)} ${String(count).padStart(4)}  ${words.conditions[condition]}`,
    ),
    ...failOn.flatMap((condition) => pointsOf(examined, condition, prefix, words)),
  ];
  return `${lines.join('\n')}\n`;
}

const widest = Math.max(...conditions.map((condition) => condition.length));

function counted(points: readonly OpenPoint[]): { condition: Condition; count: number }[] {
  const by = Map.groupBy(points, ({ condition }) => condition);
  return conditions.flatMap((condition) => {
    const count = by.get(condition)?.length ?? 0;
    return count > 0 ? [{ condition, count }] : [];
  });
}

function releaseLine({ releases }: AuditReport, words: AssuranceText): string[] {
  const [newest] = releases;
  return newest
    ? [words.releases.newest(newest.tag, newest.on, words.releases.states[newest.signature], newest.signer)]
    : [];
}

function pointsOf(examined: Examined, condition: Condition, prefix: string, words: AssuranceText): string[] {
  const { points, withheld, isOpen } = standing(examined, condition);
  if (!isOpen) return [];
  return [
    '',
    `${condition}: ${words.conditions[condition]}`,
    ...points.map(({ document, what }) => `  ${prefix}${document.path}  ${document.data.title}: ${what}`),
    ...(withheld > 0 ? [`  ${words.open.withheld(withheld)}`] : []),
  ];
}
