/** The words of upkeep, on its page and at the terminal: a part of interface-text.ts, loaded only there. */

import type { UpkeepKind } from './upkeep.ts';

const english = {
  title: 'Upkeep',
  why: 'What has to be done again so that the plan stays true: by whom, and by when. For those who keep the plan; nobody needs this page in an incident.',
  today: 'What is overdue today is said by your browser: the page itself is the same on every day.',
  withoutScript: 'JavaScript is off, so nothing here is marked as overdue: compare the days yourself.',
  example: 'This plan is an example, so its days are examples too.',
  nothing: 'Nothing in this plan has a day yet: nothing is approved, and nothing was done.',
  kinds: {
    approval: 'Approval',
    review: 'Review',
    check: 'Source check',
    contact: 'Test call',
    resource: 'Trial',
    exercise: 'Exercise',
    training: 'Training',
    'action-item': 'Action item',
    change: 'Change',
    confirmation: 'Confirmation',
  } satisfies Record<UpkeepKind, string>,
  todo: {
    approval: 'Read what was published before it was approved, and approve it: firebreak approve <reference>.',
    review: 'Read it through, correct it, and record it: firebreak review <reference>.',
    check: 'Compare it with its source, correct it, and set checkedOn.',
    contact: 'Reach it as a test, correct it, and set verifiedOn.',
    resource: 'Try it, correct what is wrong, and set verifiedOn.',
    exercise: 'Hold an exercise that names it, and write the day under held.',
    training: 'Hold it, and write the day under held.',
    'action-item': 'Do it and set state: done, or agree on another day.',
    change: 'Apply it with firebreak lesson propose, or agree on another day.',
    confirmation:
      'Use what was changed in an exercise, and record that: firebreak lesson confirm <lesson> --from <record>.',
  } satisfies Record<UpkeepKind, string>,
  /** What an item is called: a document, or a part of a lesson. */
  part: (title: string, id: string) => `${title}: ${id.replaceAll('-', ' ')}`,
  nobody: 'Nobody is named',
  nobodyWhy: 'Neither the document nor plan.yaml says whose it is.',
  owner: 'Owner',
  what: 'What',
  due: 'Due by',
  next: 'Next due',
  last: 'Last time',
  lastAndEvery: (last: string, every: string) => `${last}, every ${every}`,
  never: 'never',
  document: 'Document',
  entries: 'Entries',
  of: (owner: string) => `Upkeep: ${owner}`,
  overdue: '{count} overdue today',
  atAGlance: 'At a glance',
  howToDo: 'What to do',
  show: 'Show',
  all: 'Everything',
  calendar: 'Calendar',
  calendarOf: (owner: string) => `Calendar file of ${owner}`,
  calendarWhy:
    'A calendar file (.ics) holds each day with a reminder before it. Taken in again, it replaces what it brought before.',
  calendarName: (plan: string, owner?: string) => (owner ? `Upkeep for ${owner}: ${plan}` : `Upkeep: ${plan}`),
  eventDetail: (todo: string, reference: string, owner: string, last: string) =>
    `${todo}\n${reference}\nOwner: ${owner}\nLast time: ${last}`,
  issue: {
    title: 'Upkeep of the plan',
    lead: (overdue: number, soon: number, within: string) => `${overdue} overdue, ${soon} due within ${within}.`,
    overdue: (day: string) => `**overdue since ${day}**`,
    due: (day: string) => `due by ${day}`,
    more: (count: number) => `… and ${count} more: \`firebreak upkeep\` lists all.`,
    how: 'This issue is brought up to date by a scheduled job, which closes it when nothing is left. What is written here by hand is lost; a comment is not.',
  },
  report: {
    on: (day: string, overdue: number, soon: number, until: string) =>
      `Upkeep on ${day}: ${overdue} overdue, ${soon} due by ${until}.`,
    nothing: (until: string) => `Nothing is overdue, and nothing falls due by ${until}.`,
    later: (count: number) =>
      count === 1
        ? 'One more has a later day: `firebreak upkeep --all` lists it.'
        : `${count} more have a later day: \`firebreak upkeep --all\` lists them.`,
    overdue: 'overdue',
  },
};

export type UpkeepText = typeof english;

/** These words in the language of a plan; English where there is no other. */
export function upkeepText(_language: string | undefined): UpkeepText {
  return english;
}
