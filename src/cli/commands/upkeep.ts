import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { byOwner, type DatedItem, titleOfItem, upkeepOn } from '../../audit/upkeep.ts';
import { upkeepCalendar } from '../../audit/upkeep-calendar.ts';
import { upkeepIssue } from '../../audit/upkeep-issue.ts';
import { type Compiled, compile } from '../../compile/index.ts';
import { placeInRepository } from '../../history/version.ts';
import { dayAfter, parseDuration } from '../../model/duration.ts';
import { nearestName } from '../../model/nearest-name.ts';
import { documentsOf, type Plan } from '../../model/plan.ts';
import { nameOfItem, periodsOf } from '../../model/upkeep.ts';
import { upkeepText } from '../../model/upkeep-text.ts';
import { CannotRun, type Command, type Outside } from '../command.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';
import { wantsColor } from '../terminal.ts';
import { upkeepReport } from '../upkeep-report.ts';
import { writeAtomically } from '../write-atomically.ts';

/** Lists what has to be done again so that the plan stays true, by whom and by when. */
export const upkeep: Command = {
  name: 'upkeep',
  summary: 'List what is overdue or falls due: reviews, checks, trials, exercises, action items; by owner',
  usage: '',
  progress: 'Reading the plan',
  options: {
    within: { type: 'string' },
    all: { type: 'boolean' },
    owner: { type: 'string' },
    json: { type: 'boolean' },
    markdown: { type: 'boolean' },
    ics: { type: 'string' },
    strict: { type: 'boolean' },
    ...contentOption,
  },
  help: {
    within: 'how far ahead to look: 30d, 6w, 3 months; default: remindBefore of plan.yaml, or 30 days',
    all: 'everything that has a day, also what falls due later',
    owner: 'only what this role sees to: legal-counsel',
    json: 'tell it as JSON',
    markdown: 'tell it as Markdown, for an issue; nothing where nothing is due',
    ics: 'write every day into a file for calendars',
    strict: 'exit with 1 when something is overdue',
    ...contentHelp,
  },
  examples: [
    'firebreak upkeep',
    'firebreak upkeep --within 3m --owner legal-counsel',
    'firebreak upkeep --ics upkeep.ics',
    'firebreak upkeep --markdown > issue.md',
  ],
  async run(outside, values) {
    const folder = await planFolder(outside, values['content']);
    const compiled = await compile(folder.root, outside.now);
    const { plan } = compiled;
    if (!plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
    const within = lengthOf(values['within'] as string | undefined) ?? periodsOf(plan.settings).remindBefore;
    const today = outside.now.toISOString().slice(0, 10);
    const until = dayAfter(today, within);
    const owner = ownerOf(plan, values['owner'] as string | undefined);
    const items = upkeepOn(plan, today, until).filter((item) => owner === undefined || item.owner === owner);
    const overdue = items.some(({ state }) => state === 'overdue');
    if (values['ics'] !== undefined) await writeCalendar(outside, plan, items, values['ics'] as string, owner);
    else if (values['markdown']) await tellIssue(outside, plan, items, { within, until, root: folder.root });
    else {
      const listed = values['all'] ? items : items.filter(({ state }) => state !== 'later');
      const lineOf = (item: DatedItem) => lineIn(compiled, item);
      outside.stdout.write(
        values['json']
          ? asJson(plan, listed, { today, until, prefix: folder.prefix, lineOf })
          : upkeepReport(plan, items, listed, {
              color: wantsColor(outside.stdout, outside.env),
              prefix: folder.prefix,
              today,
              until,
              lineOf,
            }),
      );
    }
    return values['strict'] && overdue ? 1 : 0;
  },
};

const units: Record<string, string> = { d: 'days', w: 'weeks', m: 'months' };

/** `30d` and `3 months` as a plan writes a length of time. */
function lengthOf(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const [, amount, unit = ''] = /^(\d+)([dwm])$/.exec(given.trim()) ?? [];
  const length = amount === undefined ? given.trim() : `${amount} ${units[unit]}`;
  try {
    parseDuration(length);
    return length;
  } catch {
    throw new CannotRun(`"${given}" is no length of time. Write it as 30d, 6w, 3m or "30 days".`);
  }
}

function ownerOf(plan: Plan, given: string | undefined): string | undefined {
  const id = given?.replace(/^role:/, '');
  if (id === undefined || plan.documents.has(`role:${id}`)) return id;
  const meant = nearestName(
    id,
    documentsOf(plan, 'role').map((role) => role.id),
  );
  throw new CannotRun(`The plan has no role "${id}".${meant ? ` Did you mean "${meant}"?` : ''}`);
}

/** Where an item stands in its file. plan.yaml is read for its settings alone, so its first line is meant. */
function lineIn({ plan }: Compiled, { document, place }: DatedItem): number | undefined {
  if (!document || !plan) return undefined;
  return document.rangeOf(place).start.line;
}

async function writeCalendar(
  { cwd, stdout, now }: Outside,
  plan: Plan,
  items: readonly DatedItem[],
  given: string,
  owner: string | undefined,
): Promise<void> {
  const path = resolve(cwd, given);
  const kind = (of: string) => stat(of).catch(() => undefined);
  if (!(await kind(dirname(path)))?.isDirectory())
    throw new CannotRun(`There is no folder ${dirname(path)}. Make it, or name another file with --ics.`);
  if ((await kind(path))?.isDirectory())
    throw new CannotRun(`${path} is a folder. Name a file: --ics ${join(given, 'upkeep.ics')}`);
  const before = await readFile(path, 'utf8').catch(() => undefined);
  if (before !== undefined && !before.startsWith('BEGIN:VCALENDAR'))
    throw new CannotRun(`${given} is there and is no calendar. Name another file with --ics.`);
  const name = owner === undefined ? undefined : byOwner(plan, items)[0]?.name;
  await writeAtomically(path, upkeepCalendar(plan, items, now, name), before);
  stdout.write(
    `${items.length} ${items.length === 1 ? 'day' : 'days'} written to ${relative(cwd, path) || basename(path)}.\n`,
  );
}

async function tellIssue(
  { stdout, stderr }: Outside,
  plan: Plan,
  items: readonly DatedItem[],
  { within, until, root }: { within: string; until: string; root: string },
): Promise<void> {
  const place = await placeInRepository(root);
  const issue = upkeepIssue(plan, items, within, place ? `${place}/` : '');
  // For a job an empty text says that nothing is left; a person reads why.
  if (issue === '') stderr.write(`${upkeepText(plan.settings.language).report.nothing(until)}\n`);
  stdout.write(issue);
}

interface JsonOptions {
  today: string;
  until: string;
  prefix: string;
  lineOf: (item: DatedItem) => number | undefined;
}

function asJson(plan: Plan, items: readonly DatedItem[], { today, until, prefix, lineOf }: JsonOptions): string {
  const text = upkeepText(plan.settings.language);
  const list = items.map((item) => ({
    kind: item.kind,
    state: item.state,
    due: item.due,
    reference: nameOfItem(item),
    title: titleOfItem(item, plan),
    owner: item.owner ?? null,
    last: item.last ?? null,
    every: item.every ?? null,
    todo: text.todo[item.kind],
    path: `${prefix}${item.document?.path ?? 'plan.yaml'}`,
    line: lineOf(item) ?? null,
  }));
  return `${JSON.stringify({ today, until, example: plan.settings.example ?? false, items: list }, null, 2)}\n`;
}
