/** The words of the assurance page and of the audit pack: a part of interface-text.ts, loaded only there. */
const english = {
  title: 'Assurance',
  why: 'What was approved, reviewed, exercised and changed, and what proves it. For owners and auditors; nobody needs this page in an incident.',
  claimMeans:
    'Claim: the plan says so, and neither a commit of that time nor a record outside was found. A claim counts for nothing.',
  today: 'What is overdue today is said by your browser: the page itself is the same on every day.',
  withoutScript: 'JavaScript is off, so nothing here is marked as overdue: compare the days yourself.',
  unknownHistory: 'Without the history of the repository no date here is proven by a commit.',
  evidence: 'Look it up',
  glance: 'At a glance',
  question: 'Question',
  answer: 'Answer',
  of: (some: number, all: number) => `${some} of ${all}`,
  overdue: '{count} overdue today',
  links: {
    history: 'History of the plan',
    upkeep: 'Upkeep: what falls due next, by owner',
    coverage: 'Coverage',
    about: 'About this plan',
    manifest: 'Manifest: the digest of every file',
  },
  proof: 'What proves it',
  proofs: {
    evidence: 'record',
    commit: (id: string, on: string) => `commit ${id} of ${on}`,
    claim: 'Claim',
    late: (id: string, on: string) => `first written in commit ${id} of ${on}`,
    unknown: 'git does not tell who wrote it',
  },
  document: 'Document',
  runbook: 'Runbook',
  never: 'never',
  none: 'None.',
  every: 'Every',
  last: 'Last',
  due: 'Due by',
  on: 'On',
  state: 'State',
  approvals: {
    title: 'Approvals',
    unapproved: (since: string, role: string) =>
      `In use since ${since} without an approval; that of the ${role} is due by`,
    why: 'An approval counts when a signed commit of an approver wrote it, or when the approver approved its pull request and wrote no part of it; and only for the text whose digest it names.',
    asked: 'Approved for what they say now',
    askedOutdated: 'Approved, but changed since',
    askedUnapproved: 'Published before they were approved',
    askedClaims: 'Say that they are approved, without proof',
    states: {
      counts: 'Counts',
      outdated: 'Outdated: the text has changed',
      claim: 'Claim',
      example: 'Example, does not count',
    },
    groups: {
      unapproved: 'Published before they were approved',
      approved: 'Approved for what they say now',
      outdated: 'Approved before they were changed',
      claim: 'Claims',
      example: 'Examples',
      without: 'Without an approval',
    },
    by: 'Approved by',
    digest: 'Of the text with the digest',
    signature: 'signed commit',
    review: 'review of the pull request',
    noDigest: 'none named',
    reasons: {
      'no digest': 'it names no text: it has no digest',
      'not an approver': 'plan.yaml lists nobody of that name as an approver',
      'not in this role': 'plan.yaml does not let this person approve in that role',
      'not committed': 'git does not tell who wrote it',
      'no signature or review': 'no commit that the approver signed wrote it, and no merge names the approver',
      'approver is author': 'the approver wrote a part of what was approved',
      'no evidence link': 'the merge names the approver, but no pull request that could be looked at',
    },
  },
  holders: {
    title: 'Who holds the plan',
    asked: 'Holders that acknowledged a version',
    role: 'Held by',
    copy: 'As',
    copies: { site: 'the site', 'one-file': 'the copy that is one file', paper: 'paper' },
    acknowledged: 'Acknowledged',
    version: (version: string, on: string) => `version ${version}, on ${on}`,
    since: (changes: number) =>
      changes === 0 ? 'the newest' : changes === 1 ? 'one change since' : `${changes} changes since`,
    unknownVersion: 'git knows no such version',
    none: 'No register says who holds the plan.',
  },
  incidents: {
    title: 'Incidents, and the plan that they followed',
    asked: 'Incidents in the registers',
    askedFollowed: 'Incidents with the runbook and the version that they followed',
    ticket: 'Ticket',
    period: 'From, to',
    open: 'open',
    followed: 'Followed',
    noRunbook: 'no runbook named',
    noVersion: 'no version named',
    none: 'No register names an incident.',
  },
  reviews: {
    title: 'Reviews',
    asked: 'Documents with a review that is proven',
    all: (count: number) => `All ${count} documents, the soonest due first`,
  },
  exercises: {
    title: 'Exercises, by runbook',
    asked: 'Runbooks exercised, with proof',
    held: 'Held',
    until: 'Counts until',
    named: 'Not yet held:',
    none: 'no exercise names it',
  },
  lessons: {
    title: 'Lessons, their changes and action items',
    asked: {
      proposed: 'Changes that are proposed',
      applied: 'Changes in the plan, not yet confirmed',
      confirmed: 'Changes confirmed by use',
    },
    askedItems: 'Action items that are open',
    changes: 'Changes',
    items: 'Action items',
    lesson: 'Lesson',
    states: { proposed: 'Proposed', applied: 'In the plan', confirmed: 'Confirmed' },
    itemStates: { open: 'Open', done: 'Done', dropped: 'Dropped' },
  },
  readiness: {
    title: 'Contacts and resources that were tried',
    asked: 'Contacts and resources tried, with proof',
    all: (count: number) => `All ${count}, the soonest due first`,
  },
  trainings: {
    title: 'Training',
    asked: 'Trainings held, with proof',
    people: (count: number) => (count === 1 ? 'one person' : `${count} people`),
  },
  conditions: {
    unapproved: 'Not approved, with proof, for what it says now',
    'outdated-approval': 'Approved, but changed since',
    'overdue-review': 'Review overdue',
    unexercised: 'Runbook without a proven exercise in twelve months',
    'overdue-change': 'Change of a lesson overdue',
    'overdue-action': 'Action item overdue',
    unverified: 'Contact or resource not tried in time',
    'overdue-training': 'Training overdue',
    unacknowledged: 'Holder that acknowledged no version',
    claim: 'Day that nothing proves',
  },
  releases: {
    title: 'Tagged versions',
    why: 'A tag is signed by whoever released the version; only keys of the plan’s own list count. A tag is no approval.',
    none: 'No version of this plan is tagged.',
    tag: 'Tag',
    commit: 'Version',
    signature: 'Signature',
    states: {
      good: 'signed',
      unlisted: 'signed with a key that the plan does not list',
      bad: 'NOT what was signed',
      none: 'not signed',
      unknown: 'signed; it cannot be told here by whom',
    },
    by: (state: string, signer: string | undefined) => (signer ? `${state} by ${signer}` : state),
    newest: (tag: string, on: string, state: string, signer: string | undefined) =>
      `Newest tag: ${tag} of ${on}, ${signer ? `${state} by ${signer}` : state}.`,
  },
  report: {
    head: (plan: string, version: string, day: string, audience: string) =>
      `${plan}, version ${version}, on ${day}, for ${audience}`,
    example: 'The plan is an example: nothing in it counts.',
    leftOut: (count: number) =>
      `${count === 1 ? 'One document' : `${count} documents`} that these readers may not read ${count === 1 ? 'is' : 'are'} left out.`,
    notReproducible: (reasons: readonly string[]) =>
      `Another report of this version may differ: ${reasons.join(', ')}.`,
    changed: (versions: number, documents: number) =>
      `Changed: ${documents} ${documents === 1 ? 'document' : 'documents'}, ${versions} ${versions === 1 ? 'version' : 'versions'}.`,
  },
  open: {
    title: 'Open points',
    why: (day: string) => `What is not as it should be on ${day}. A claim counts for nothing.`,
    none: (day: string) => `On ${day} nothing is open.`,
    outdated: (by: string, on: string) => `${by} approved it on ${on}; the text has changed since.`,
    published: (since: string, due: string) =>
      `It was published on ${since} before it was approved; the approval is due by ${due}.`,
    noApproval: 'It has no approval.',
    exampleApproval: 'Its approval is an example.',
    claimedApproval: (by: string, reason: string | undefined) =>
      `The approval of ${by} is a claim${reason ? `: ${reason}` : ''}.`,
    never: {
      'overdue-review': 'It was never reviewed.',
      unverified: 'It was never tried.',
      'overdue-training': 'It was never held.',
    },
    overdue: {
      'overdue-review': (due: string, last: string) =>
        `The review was due by ${due}; the last one is said to be of ${last}.`,
      unverified: (due: string, last: string) => `It was to be tried by ${due}; the last time is said to be ${last}.`,
      'overdue-training': (due: string, last: string) =>
        `It was to be held by ${due}; the last time is said to be ${last}.`,
    },
    exercisedLast: (on: string, due: string) => `It was exercised on ${on}, which counted until ${due}.`,
    exerciseClaimed: (on: string) => `It is said to have been exercised on ${on}, and nothing proves it.`,
    exerciseNotHeld: (count: number) =>
      count === 1
        ? 'The exercise that names it was never held.'
        : `None of the ${count} exercises that name it was held.`,
    noExercise: 'No exercise names it.',
    change: (id: string, due: string) => `The change ${id} was to be in the plan by ${due}.`,
    item: (id: string, due: string) => `The action item ${id} was due by ${due}.`,
    holder: (role: string) => `The holder ${role} acknowledged no version.`,
    claimed: (what: string, why: string) => `${what}: ${why}.`,
    claims: {
      example: 'an example, which never counts',
      evidence: 'a record outside',
      recorded: 'a commit of that time',
      late: 'no commit of that time says so',
      unknown: 'git does not tell who wrote it',
    },
    told: {
      review: (last: string | undefined) => `Reviewed on ${last}`,
      held: (on: string) => `Held on ${on}`,
      change: (id: string) => `Change ${id} in the plan`,
      item: (id: string) => `Action item ${id} done or dropped`,
      incident: (ticket: string) => `Incident ${ticket}`,
      holder: (role: string) => `Acknowledged by ${role}`,
      tried: (last: string | undefined) => `Tried on ${last}`,
    },
  },
};

export type AssuranceText = typeof english;

/** The words of assurance in the language of a plan. */
export function assuranceText(_language: string | undefined): AssuranceText {
  return english;
}
