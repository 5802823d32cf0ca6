/** The words of a lesson that is made on the site or by the command line: a part of interface-text.ts, loaded only there. */
const lesson = {
  page: 'Write a lesson',
  why: 'Makes the text of a lesson from the record of an incident or an exercise on this device. You read it, mend it, and propose it as a change of the plan.',
  noScript: 'This needs JavaScript, which is off. Copy the template of a lesson instead, and answer its questions.',
  source: 'Made from',
  blank: 'Nothing: a blank lesson',
  make: 'Make the text',
  makeAgain: 'Make the text again. What you changed below is lost.',
  noRecords: 'No incident and no exercise is recorded on this device.',
  form: 'Answer the questions of the meeting first, while the incident or exercise is open: ',
  name: 'Name of the file',
  nameHint: 'Two or three words that say the point, such as authority-to-isolate',
  nameFault: 'Small letters, digits and hyphens only',
  text: 'The lesson',
  textHint: 'Roles and lengths of time. No names, hosts, addresses, customers, indicators or blame: git never forgets.',
  kept: 'Kept in this browser as you type.',
  finds: (count: number) =>
    count === 0
      ? 'Nothing in it looks like a name, a host or an address. That is no proof that there is none.'
      : `${count} ${count === 1 ? 'thing looks' : 'things look'} like what does not belong in a lesson:`,
  findNames: {
    'ip-address': 'IP address',
    'mail-address': 'mail address',
    'web-address': 'web address',
    hash: 'hash',
    path: 'path',
    host: 'host',
    telephone: 'telephone number',
    person: 'name of a person',
    blame: 'blame',
  },
  line: (line: number) => `line ${line}`,
  save: 'Save as a file',
  print: 'Print',
  propose: 'Propose this lesson',
  proposeTitle: 'Propose this lesson',
  goesTo: (repository: string, path: string) => `This text goes to ${repository}, as ${path}.`,
  readBy: 'Everybody who can read that repository can read it, now and later: git never forgets.',
  noRepository:
    'The plan does not say where it is kept, so the lesson is saved as a file: give it to whoever maintains the plan.',
  tooSecret: (mark: string, plan: string) =>
    `It is marked ${mark}, and the plan ${plan}: it may not go into the plan’s repository. Save it as a file and keep it apart.`,
  held: 'The incident is under legal hold: nothing made of its record leaves this device from here. Counsel may release the file.',
  open: 'Open the form there',
  openWhy: 'A page opens with the text filled in. You sign in there, and send it as a pull request.',
  upload: 'Save the file, and open the page to upload it',
  uploadWhy: 'The text is too long for an address, or the page there takes none.',
  offline: (path: string) =>
    `This device has no network now. Save the file: whoever maintains the plan puts it into the repository as ${path}, or you propose it from here when there is one again. The text stays in this browser.`,
  byHand: (path: string) => `Save the file, and put it into the repository as ${path}.`,
  suggest: {
    title: (step: string) => `Suggest a change to ${step}`,
    missing:
      'This needs the site and its network, which are not to be had now. Note what should change, and come back.',
    about: 'What it is about',
    wholeStep: (name: string, text: string) => `${name}, the step as a whole: ${text}`,
    part: (name: string, text: string) => `${name}: ${text}`,
    ofAction: (action: string, others: readonly string[]) =>
      others.length === 0
        ? `This is said in the action “${action}”, which no other runbook uses.`
        : `This is said in the action “${action}”. The change holds for ${others.length === 1 ? 'one more runbook that uses it' : `${others.length} more runbooks that use it`}: ${others.join(', ')}.`,
    ofActionHere: (runbooks: readonly string[]) =>
      runbooks.length === 0
        ? 'No runbook uses this action yet.'
        : `The change holds for ${runbooks.length === 1 ? 'the runbook that uses' : `all ${runbooks.length} runbooks that use`} this action: ${runbooks.join(', ')}.`,
    what: 'What should change',
    kinds: {
      reword: 'Its wording',
      before: 'A step is missing before it',
      after: 'A step is missing after it',
      retire: 'It should go',
    },
    partKinds: {
      reword: 'Its wording',
      before: 'A part is missing before it',
      after: 'A part is missing after it',
      retire: 'It should go',
    },
    text: 'The instruction, as you would say it',
    textHint: 'One sentence: first when it holds, then the verb. “If mail is down, call the help desk.”',
    textMissing: 'Write the sentence as it should be',
    role: 'Who does it',
    why: 'Why',
    whyMissing: 'Say why: a reviewer was not there',
    without: (step: string) => `without “${step}”`,
    goOn: 'Go on',
  },
  cancel: 'Go back',
  saved: (name: string) => `Saved as ${name}.`,
  // In a terminal.
  askName: 'Name of the file (two or three words with hyphens, such as authority-to-isolate): ',
  askTitle: 'Title: ',
  askSummary: 'What happened, in one sentence: ',
  askOrigin: 'Exercise that it came from (its id; empty for an incident): ',
  noExercise: (id: string, meant: string | undefined, known: readonly string[]) =>
    known.length === 0
      ? `The plan has no exercise “${id}”, and none at all: leave it empty.`
      : `The plan has no exercise “${id}”. ${meant === undefined ? `It has ${known.join(', ')}.` : `Did you mean “${meant}”?`} Empty for an incident.`,
  askPoints: 'One point a line; an empty line goes on.',
  askPoint: '  - ',
  askQuestions: {
    learned: 'What did we learn?',
    better: 'How can we be better?',
    wentWell: 'What went well?',
    notWell: 'What did not go well?',
    lucky: 'Where were we lucky?',
    rootCauses: 'Why did it happen, down to what can be changed?',
  },
  stillOpen: (question: string) => `TODO: ${question}`,
  written: (path: string) => `Written: ${path}`,
  next: (path: string) => `Read it and complete it; then: firebreak lesson propose ${path}`,
  title: (about: string, day: string) => `${about}, ${day}`,
  anIncident: 'An incident',
  summaryMissing: 'One sentence: what happened, and what is changed by it.',
  somebody: 'Somebody',
  done: (step: string) => `${step.replace(/\.$/, '')}: done`,
  skipped: (step: string) => `${step.replace(/\.$/, '')}: skipped`,
  decided: (question: string, answer: string) => `${question} ${answer}`,
  told: (inject: string) => `the players are told: ${inject}`,
  over: 'end of the exercise',
  brokenOff: 'a real incident breaks the exercise off',
  closed: 'the incident is closed',
  how: { late: 'done late', overdue: 'not done in time', missed: 'missed', unclear: 'unclear' },
  after: (clock: string) => `after ${clock}`,
  wish: (step: string, what: string, why: string) =>
    [step ? `After ${step}, a new step: ${what}` : `A new step: ${what}`, why].filter(Boolean).join(' '),
};

export type LessonText = typeof lesson;

/** The words of a lesson in the language of a plan. */
export function lessonText(_language: string | undefined): LessonText {
  return lesson;
}
