/** Upkeep as it is told at a terminal: role by role, a line an item, and what is to be done. */

import { styleText } from 'node:util';
import { byOwner, type DatedItem, titleOfItem } from '../audit/upkeep.ts';
import type { Plan } from '../model/plan.ts';
import { upkeepKinds } from '../model/upkeep.ts';
import { upkeepText } from '../model/upkeep-text.ts';

interface ReportOptions {
  color: boolean;
  /** Stands before a path of the plan: `content/`. */
  prefix: string;
  today: string;
  /** The last day that counts as soon. */
  until: string;
  /** Where an item stands in its file. */
  lineOf: (item: DatedItem) => number | undefined;
}

// What is longer is cut: the path behind it leads to the whole title.
const widestTitle = 50;

/**
 * @param all every item, also those that are not listed
 * @param listed those that are
 */
export function upkeepReport(
  plan: Plan,
  all: readonly DatedItem[],
  listed: readonly DatedItem[],
  { color, prefix, today, until, lineOf }: ReportOptions,
): string {
  const text = upkeepText(plan.settings.language);
  const style = (format: Parameters<typeof styleText>[0], words: string) =>
    color ? styleText(format, words, { validateStream: false }) : words;
  const count = (state: DatedItem['state']) => all.filter((item) => item.state === state).length;
  const left = all.length - listed.length;
  const later = left > 0 ? `${text.report.later(left)}\n` : '';
  const example = plan.settings.example ? `${text.example}\n` : '';
  if (listed.length === 0) return `${all.length === 0 ? text.nothing : text.report.nothing(until)}\n${later}${example}`;
  const titles = new Map(listed.map((item) => [item, cut(titleOfItem(item, plan))]));
  const width = (words: Iterable<string>) => Math.max(...[...words].map(({ length }) => length));
  const kindWidth = width(listed.map(({ kind }) => text.kinds[kind]));
  const titleWidth = width(titles.values());
  const stateWidth = listed.some(({ state }) => state === 'overdue') ? text.report.overdue.length : 0;
  const lines = (items: readonly DatedItem[]) =>
    items.map((item) => {
      const overdue = item.state === 'overdue';
      const state = (overdue ? text.report.overdue : '').padEnd(stateWidth);
      const path = `${prefix}${item.document?.path ?? 'plan.yaml'}`;
      const line = lineOf(item);
      return [
        `  ${style(overdue ? 'yellow' : 'reset', item.due)}`,
        ...(stateWidth > 0 ? [overdue ? style(['bold', 'yellow'], state) : state] : []),
        text.kinds[item.kind].padEnd(kindWidth),
        (titles.get(item) ?? '').padEnd(titleWidth),
        style('dim', line === undefined ? path : `${path}:${line}`),
      ].join('  ');
    });
  const groups = byOwner(plan, listed).map(
    ({ owner, name, items }) =>
      `${style('bold', plain(name))}${owner === undefined ? '' : style('dim', ` role:${owner}`)}\n${lines(items).join('\n')}\n`,
  );
  const howTo = upkeepKinds
    .filter((kind) => listed.some((item) => item.kind === kind))
    .map((kind) => `  ${text.kinds[kind].padEnd(kindWidth)}  ${text.todo[kind]}`);
  return `${text.report.on(today, count('overdue'), count('soon'), until)}\n${example}
${groups.join('\n')}
${style('bold', text.howToDo)}
${howTo.join('\n')}
${later ? `\n${later}` : ''}`;
}

function cut(title: string): string {
  const words = plain(title);
  return words.length > widestTitle ? `${words.slice(0, widestTitle - 1).trimEnd()}…` : words;
}

/** Without what would move the cursor or colour the screen. */
const plain = (text: string) => text.replace(/\p{Cc}+/gu, ' ');
