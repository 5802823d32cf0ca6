/** The words of a site that is shown while its plan is edited: a part of interface-text.ts, in no site that is built. */

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What the diagnostics of a plan are called on its pages. They are told in English, as everywhere. */
export const devText = {
  label: 'Diagnostics',
  levels: { error: 'Error', warning: 'Warning', hint: 'Hint' },
  counts: {
    error: (count: number) => counted(count, 'error'),
    warning: (count: number) => counted(count, 'warning'),
    hint: (count: number) => counted(count, 'hint'),
  },
  onThisPage: 'on this page',
  checking: 'Checking the plan …',
  nothing: 'Nothing to report on this page',
  inPlan: (count: number) => (count === 0 ? 'Nothing to report in the plan' : `All diagnostics of the plan (${count})`),
  ofPlan: 'Diagnostics of the plan',
  noneInPlan: 'Nothing to report.',
  explain: 'More about each: firebreak explain, and its id.',
  seeAlso: 'See also',
  showOnPage: 'Show on this page',
  more: (count: number) => `${count} more are in the list of the plan.`,
  outdated: 'plan.yaml cannot be used. This page shows the plan as it was before, without what was changed since.',
  failed: 'The site could not be made of the plan as it is now. This page shows it as it was before.',
  cannotShow: (title: string) => `${title} cannot be shown`,
  cannotShowPlan: 'The plan cannot be shown',
  comesBack: 'This page comes back by itself when the file is saved without these faults.',
  faultInEngine:
    'The page could not be drawn. The text of the plan gives no reason: this is a fault of Firebreak, and worth an issue.',
  noPage: 'There is no page here',
  noPageWhy: 'No document of the plan has this address. A new file appears here as soon as it is saved.',
  home: 'To the start page',
};
