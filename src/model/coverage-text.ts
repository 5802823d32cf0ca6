/** The words of the coverage pages and of their files: a part of interface-text.ts, loaded only there. */
const english = {
  title: 'Coverage',
  why: 'What this plan answers, and what nobody answers yet: for owners and auditors. Nobody needs these pages in an incident.',
  link: 'What frameworks ask for, techniques and runbooks, with the gaps first',
  question: 'Question',
  answer: 'Answer',
  of: (some: number, all: number) => `${some} of ${all}`,
  gapsFirst: 'Gaps stand first.',
  csv: (name: string) => `${name} as CSV`,
  nothing: 'The plan holds no requirement, no technique and no runbook.',
  titleOf: (part: string) => `Coverage: ${part.toLowerCase()}`,
  open: {
    frameworks: 'Every requirement, with what answers it',
    techniques: 'Every technique against the runbooks',
    runbooks: 'Every runbook against phases and exercises',
  },
  state: 'State',
  onlyGaps: 'Only gaps',
  filter: 'Find in this list',
  filterHint: 'Words of a title, a number, a code, an owner',
  found: '{shown} of {all} shown.',
  parts: 'Parts of this page',
  frameworks: {
    title: 'Frameworks',
    why: 'What each framework asks for, in our own words, and which documents of this plan answer it.',
    meaning:
      'That a document is named says where the answer is, not that it is enough. A draft answers nothing. What is missing is written at each requirement by whoever keeps it.',
    asked: 'Requirements that documents answer, with nothing missing',
    askedGap: 'Requirements that are answered, with a stated gap',
    askedNobody: 'Requirements that nobody answers, or drafts alone',
    documents: (count: number) => (count === 1 ? 'one document' : `${count} documents`),
    counted: (all: number, gaps: number) =>
      `${all === 1 ? 'one requirement' : `${all} requirements`}, ${gaps === 0 ? 'no gap' : gaps === 1 ? 'one with a gap' : `${gaps} with a gap`}`,
    states: {
      nobody: 'Nobody answers it',
      drafts: 'Only drafts answer it',
      gap: 'Answered, with a gap',
      answered: 'Answered',
      withheld: 'Answered by what is not shown here',
    },
    columns: {
      framework: 'Framework',
      requirement: 'Requirement',
      title: 'Title',
      state: 'State',
      answeredBy: 'Answered by',
      gap: 'What is missing',
    },
  },
  techniques: {
    title: 'Techniques',
    why: 'In which incidents each technique occurs, and which step of the runbook answers it there.',
    meaning:
      'A number is the first step of the response that answers the technique, itself or by the action that it uses; + says that more do. “gap” stands where a runbook names the technique and no step of it answers it. Each technique stands once, under the earliest of its tactics; a table has the runbooks that name one of them.',
    asked: 'Techniques answered in every runbook that names them',
    askedPartly: 'Techniques answered in some of the runbooks that name them',
    askedGap: 'Techniques that no runbook names, or no step answers',
    technique: 'Technique',
    tactic: 'Tactic',
    codes: 'Which runbook is which code',
    gap: 'gap',
    more: '+',
    moreSteps: (count: number) => (count === 1 ? 'and one more step' : `and ${count} more steps`),
    counted: (all: number, gaps: number) =>
      `${all === 1 ? 'one technique' : `${all} techniques`}, ${gaps === 0 ? 'no gap' : gaps === 1 ? 'one with a gap' : `${gaps} with gaps`}`,
    states: {
      unnamed: 'No runbook names it',
      unanswered: 'No step answers it',
      partly: 'Answered in part',
      answered: 'Answered',
    },
  },
  runbooks: {
    title: 'Runbooks',
    why: 'How many steps each runbook has in each phase, which exercises try it, who owns it, and how it is approved.',
    meaning:
      'Counted are steps, actions in use and decisions. That a runbook has steps in a phase does not say that they are enough: reviews and exercises do. An exercise counts for twelve months.',
    asked: 'Runbooks with something to say about every phase',
    askedExercised: 'Runbooks that an exercise has tried',
    askedNamed: 'Runbooks that no exercise names',
    askedApproved: 'Runbooks approved for what they say now',
    runbook: 'Runbook',
    exercised: 'Last exercised',
    by: (roles: string) => `(by ${roles})`,
    roles: (count: number) => (count === 1 ? 'one role' : `${count} roles`),
    until: 'counts until',
    named: 'Not yet held:',
    unnamed: 'no exercise names it',
    reason: 'none, with reason',
    gap: 'gap',
    approvals: {
      unapproved: 'Published before it was approved',
      approved: 'Approved',
      outdated: 'Outdated',
      claim: 'Claim',
      example: 'Example',
      without: 'Without approval',
      draft: 'Draft',
    },
    columns: {
      code: 'Code',
      owner: 'Owner',
      approval: 'Approval',
      exercises: 'Exercises',
      on: 'Last exercised',
      exercise: 'With the exercise',
      by: 'By',
      proof: 'Proof',
      until: 'Counts until',
    },
  },
};

export type CoverageText = typeof english;

/** The words of coverage in the language of a plan. */
export function coverageText(_language: string | undefined): CoverageText {
  return english;
}
