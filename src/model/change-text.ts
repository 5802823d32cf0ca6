/** The words in which a change of the plan is told: on the page of its lesson, in a terminal, and in a pull request. */

import type { Confirmation } from './schema-types.ts';

/** Titles of documents, by their ids. */
interface NamesFor {
  role: (id: string) => string;
  exercise: (id: string) => string;
}

const english = {
  // A change in one sentence. `where` is a document, or a document and its part: "Ransomware, Containment".
  inserted: (where: string, side: 'before' | 'after', step: string, text: string) =>
    `${where}: new step ${side} '${step}': '${text}'`,
  cautioned: (where: string, step: string) => `${where}: new caution before '${step}'`,
  reworded: (where: string, step: string, text: string) => `${where}: '${step}' becomes '${text}'`,
  // In the plan already: what it said before is in the history.
  wordedAnew: (where: string, text: string) => `${where}: new wording, '${text}'`,
  detailed: (where: string, step: string) => `${where}: the detail of '${step}' changes`,
  moved: (where: string, step: string, side: 'before' | 'after', other: string, to: string | undefined) =>
    `${where}: '${step}' moves ${side} '${other}'${to === undefined ? '' : ` in ${to}`}`,
  retired: (where: string, step: string, instead: string | undefined) =>
    `${where}: '${step}' is taken out${instead === undefined ? '' : `; '${instead}' takes its place`}`,
  retiredDocument: (title: string) => `${title} is retired`,
  set: (where: string, field: string, value: string | undefined) =>
    value === undefined
      ? `${where}: the property '${field}' gets a new value`
      : `${where}: the property '${field}' becomes '${value}'`,
  removed: (where: string, field: string) => `${where}: the property '${field}' is removed`,
  added: (where: string, what: string, value: string, list: string | undefined) =>
    `${where}: new ${what} '${value}'${list === undefined ? '' : ` in '${list}'`}`,
  created: (kind: string, title: string) => `New ${kind} '${title}'`,
  plan: 'The plan',
  // On the page of a lesson.
  changes: 'Changes of the plan',
  // On the page of what was changed, and on that of all lessons.
  changedAfter: 'Changed after',
  loops: 'Changes that lessons ask for',
  loopsWhy:
    'A change is proposed until it is merged, and applied until an exercise or an incident has used the new text and says that it works. Only that closes the loop.',
  loopCount: (state: 'proposed' | 'applied' | 'confirmed', count: number) =>
    `${count} ${{ proposed: 'proposed', applied: 'applied and not yet confirmed', confirmed: 'confirmed' }[state]}`,
  // The browser counts what is past its day: the same commit gives the same page on every day.
  loopsOverdue: 'Past their day: {count}.',
  loopDays: (days: number, count: number) =>
    `From the review to the merge it took ${days === 0 ? 'less than a day' : days === 1 ? 'a day' : `${days} days`}${count === 1 ? '' : ` (the median of ${count} changes)`}.`,
  appliedOn: 'on',
  appliedSince: 'in the plan since',
  commit: 'commit',
  loopOf: 'Lesson',
  noLoops: 'No lesson asks for a change of the plan yet.',
  states: { proposed: 'Proposed', applied: 'Applied', confirmed: 'Confirmed' },
  confirmedBy: ({ on, by, exercise, in: kind, ticket }: Confirmation, names: NamesFor) => {
    const where = exercise ? ` in “${names.exercise(exercise)}”` : kind ? ` in an ${kind}` : '';
    return `used on ${on}${where}${ticket ? ` (${ticket})` : ''}, says the ${names.role(by)}`;
  },
  due: 'due',
  confirmBy: 'to be confirmed by',
  // In a pull request.
  pullRequest: {
    title: (lesson: string) => `Lesson: ${lesson}`,
    why: 'Why',
    lesson: (link: string) => `The lesson ${link} asks for these changes.`,
    responders: 'What changes for responders',
    touched: 'Other documents that this touches',
    touchedBecause: (document: string, names: readonly string[]) => `${document}, which uses ${names.join(', ')}`,
    invalidated: 'What has to be done again',
    approvals: (document: string, people: readonly string[]) =>
      `${document}: the approval of ${people.join(', ')} was for the text before`,
    exercises: (exercise: string, runbooks: readonly string[]) =>
      `${exercise} exercised ${runbooks.join(', ')} as ${runbooks.length === 1 ? 'it was' : 'they were'} before`,
    nothing: 'Nothing.',
    owners: 'Who should review it',
    owner: (role: string, documents: readonly string[]) => `${role}: ${documents.join(', ')}`,
    codeOwner: (owner: string, paths: readonly string[]) => `${owner} (CODEOWNERS): ${paths.join(', ')}`,
    difference: 'The difference',
    check: 'Result of the check',
    clean: 'The changed plan has no diagnostic that the plan did not have.',
    found: (count: number) => `The changed plan has ${count === 1 ? 'one diagnostic' : `${count} diagnostics`} more:`,
    checklist: 'Before this is merged',
    tasks: [
      'Somebody who was not in the review has read the changed steps aloud, in the order of the runbook.',
      'Each step can be done by its role, at night, with the rights and tools that it has.',
      'No name, host, address, indicator or blame is in the lesson or in the changes.',
      'The owners of the documents agree, and approvals are given again where they are lost.',
      'It is known which exercise will use the changed steps, so that the lesson can be confirmed.',
    ],
  },
  // In a terminal.
  terminal: {
    stopped: (count: number) =>
      count === 1
        ? 'One change does not fit; nothing was changed.'
        : `${count} changes do not fit; nothing was changed.`,
    today: 'The text today:',
    wanted: 'What the change asks for:',
    rebase: (digest: string) =>
      `Read today's text. Adapt the change so that it keeps what is new there, then set its digest: ${digest}`,
    nothing: 'The lesson has no changes.',
    applied: 'All changes of the lesson are applied already; there is nothing to do.',
    already: 'is in the plan already; the lesson will say so',
    pendingNone: 'Every lesson has its changes in the plan; there is nothing to propose.',
    pendingOf: (path: string) => `== ${path}`,
    dryRun: 'Nothing was written (--dry-run).',
    commit: (path: string) => `Applies the changes that ${path} asks for.`,
    published: {
      opened: (branch: string) => `Pull request opened from ${branch}:`,
      updated: (branch: string) => `Pull request of ${branch} brought up to date:`,
      unchanged: (branch: string) => `There is a pull request of ${branch} already, and it says the same:`,
      declined: (branch: string) => `${branch} was proposed and declined; it is not proposed again:`,
      kept: (branch: string) => `There is a pull request of ${branch} already:`,
      pushed: (branch: string) => `Branch ${branch} is pushed. Open the pull request here:`,
      pushedOnly: (branch: string) => `Branch ${branch} is pushed.`,
      asked: (branch: string) => `Branch ${branch} is pushed, and the merge request was asked for with it.`,
      patch: (branch: string) => `Branch ${branch} is made.`,
      'already-there': () => 'There is nothing to propose.',
    },
    confirm: {
      unshown: {
        'not-applied': 'Not confirmed: it is not in the plan yet.',
        'confirmed-before': 'Confirmed before; left as it is.',
        'never-shown':
          'Not confirmed: only the use of runbooks and actions is recorded. Who knows that it works writes “confirmed: {on: …, by: …, in: exercise}” into the change by hand.',
        'not-used': 'Not confirmed: nothing there says that it was used.',
        'no-version': 'Not confirmed: the step was done, but the record does not say by which version of the plan.',
        'other-version':
          'Not confirmed: the step was done by a version of the plan from before the change, or by one that git does not know.',
        before:
          'Not confirmed: the exercise was held before the change was in the plan, or git does not tell since when it is.',
        judged: 'Not confirmed: the facilitator says that the step was missed, or that nobody could say how it went.',
      },
      byDay: 'The exercise leads to this step, and was held after the change; who did the step is in its record alone.',
      changedSince: 'The text has changed again since: what was used is the later one.',
      late: 'It was done late, says the facilitator.',
      noted: (count: number) =>
        `The record holds ${count === 1 ? 'one thing' : `${count} things`} to learn from it: read ${count === 1 ? 'it' : 'them'} before this is committed.`,
      written: (path: string, count: number) =>
        `${path}: ${count === 1 ? 'one change is' : `${count} changes are`} confirmed. Read it, and commit it.`,
    },
    patch: (name: string) =>
      `The changes are in ${name}; whoever maintains the plan takes them in with: git am --keep-cr ${name}`,
    branchStays: (branch: string) => `The branch ${branch} stays on this machine; run the command again to go on.`,
  },
};

export type ChangeText = typeof english;

/** The words for changes in the language of a plan; English where there is no other. */
export function changeText(_language: string | undefined): ChangeText {
  return english;
}
