/** The text of the one issue that a scheduled job keeps: what is overdue or due soon, for those who see to it. */

import { editPage, repositoryOf } from '../model/forge-address.ts';
import type { Plan } from '../model/plan.ts';
import { upkeepKinds } from '../model/upkeep.ts';
import { upkeepText } from '../model/upkeep-text.ts';
import { byOwner, type DatedItem, titleOfItem } from './upkeep.ts';

// GitHub takes 65,536 characters; a list that nobody reads to its end need not be whole.
const mostItems = 150;

/**
 * Markdown of what is overdue or due soon; empty where nothing is. It says the same as long as nothing changes, so that
 * the issue is left alone on most days.
 *
 * @param within how long `soon` is, as `30 days`
 * @param folder of the plan in its repository, with a slash at its end, or empty
 */
export function upkeepIssue(plan: Plan, all: readonly DatedItem[], within: string, folder: string): string {
  const items = all.filter(({ state }) => state !== 'later');
  if (items.length === 0) return '';
  const text = upkeepText(plan.settings.language);
  const overdue = items.filter(({ state }) => state === 'overdue').length;
  const shown = items.slice(0, mostItems);
  const groups = byOwner(plan, shown).flatMap(({ owner, name, items: own }) => [
    `### ${inert(name)}${mentions(plan, owner)}`,
    '',
    ...own.map((item) => `- ${line(plan, item, folder)}`),
    '',
  ]);
  const todo = upkeepKinds
    .filter((kind) => shown.some((item) => item.kind === kind))
    .map((kind) => `- ${text.kinds[kind]}: ${inert(text.todo[kind])}`);
  return [
    text.issue.lead(overdue, items.length - overdue, within),
    '',
    ...groups,
    ...(shown.length < items.length ? [text.issue.more(items.length - shown.length), ''] : []),
    `### ${text.howToDo}`,
    '',
    ...todo,
    '',
    text.issue.how,
    '',
  ].join('\n');
}

function line(plan: Plan, item: DatedItem, folder: string): string {
  const text = upkeepText(plan.settings.language);
  const title = inert(titleOfItem(item, plan));
  // What lies outside the repository cannot be opened there.
  const address = item.document?.overlaid ? undefined : addressOf(plan, folder + (item.document?.path ?? 'plan.yaml'));
  const when = item.state === 'overdue' ? text.issue.overdue(item.due) : text.issue.due(item.due);
  return `${text.kinds[item.kind]}: ${address ? `[${title}](${address})` : title}, ${when}`;
}

function addressOf({ settings: { repository } }: Plan, path: string): string | undefined {
  return repository && editPage(repositoryOf(repository), path);
}

/** Accounts are names of the forge alone: the schema allows no other sign in them. */
function mentions({ settings }: Plan, owner: string | undefined): string {
  const accounts = (settings.upkeep?.mention ?? []).filter(({ role }) => role === owner).flatMap((one) => one.accounts);
  return accounts.length > 0 ? ` (${accounts.map((name) => `@${name}`).join(' ')})` : '';
}

/** A title is text: nothing in it is a mention, a reference to an issue, a link or HTML. */
function inert(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\\`*_[\]<>|~!&$]/g, '\\$&')
    .replace(/[@#]|:(?=\/\/)|www(?=\.)|GH(?=-\d)/gi, '$&\u200B');
}
