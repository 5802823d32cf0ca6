/**
 * Every word of the interface, in one place, so that another language is another value of the same shape.
 * What a plan's authors write is not here: it is in content/.
 */
export const english = {
  firstMinutes: 'First minutes',
  doNot: 'Do not',
  useWhen: 'Use this when',
  notThis: 'Not this when',
  mistakenFor: 'Easily mistaken for',
  signalsConfirm: 'You may have seen',
  signalsExclude: 'Speaks against it',
  confirmWith: 'Make sure',
  step: 'Step',
  decision: 'Decision',
  done: 'Done',
  markDone: (number: string) => `Step ${number} done`,
  letter: (number: string, letter: string) => `${number}${letter}`,
  within: (duration: string, from: 'detection' | 'declaration' | 'previous-step' | undefined) => `Within ${duration} ${from === 'detection' ? 'of detection' : from === 'declaration' ? 'of declaration' : 'of the step before'}`,
  decideWithin: (duration: string, from: 'detection' | 'declaration' | 'previous-step' | undefined) => `Decide within ${duration} ${from === 'detection' ? 'of detection' : from === 'declaration' ? 'of declaration' : 'of the step before'}`,
  after: 'After',
  oneByOne: (targets: string) => `For each of the ${targets}`,
  preserves: 'Preserves',
  destroys: 'Destroys',
  stopsHarm: 'May come before evidence is saved: stops active harm',
  orderedBy: 'Ordered by',
  goOnAt: 'Then go on at',
  cameFrom: 'Reached from',
  decides: 'Decides',
  orElse: 'or',
  otherwise: 'If nobody answers in time',
  goTo: 'go to',
  goOn: 'go on with the next step',
  backTo: 'Back to',
  caution: 'Caution',
  cautionAbout: { people: 'Danger to people', evidence: 'Danger to evidence', operations: 'Caution' },
  evidence: 'Evidence',
  lostWithin: { seconds: 'lost within seconds', minutes: 'lost within minutes', hours: 'lost within hours', days: 'lost within days', stable: 'keeps' },
  evidenceKinds: {
    memory: 'memory', 'network-state': 'network connections', processes: 'running processes', 'temporary-files': 'temporary files', disk: 'disk', logs: 'logs on the system', 'remote-logs': 'logs held elsewhere',
    'network-traffic': 'network traffic', mailbox: 'mailbox', 'cloud-state': 'cloud configuration', physical: 'physical items', backups: 'backups',
  },
  targetKinds: { hosts: 'hosts', accounts: 'accounts', mailboxes: 'mailboxes', networks: 'networks', 'cloud-resources': 'cloud resources', 'data-stores': 'data stores', indicators: 'indicators' },
  note: 'Note',
  command: 'Command',
  runOn: 'Run on',
  runAs: 'as',
  checkedRun: (where: string, on: string) => `Run and seen to work: ${where}, ${on}`,
  checkedDocumentation: (where: string, on: string) => `Taken from documentation, not run: ${where}, ${on}`,
  goodAnswer: 'Good answer',
  badAnswer: 'Bad answer',
  fillIn: 'Fill in',
  copy: 'Copy',
  copied: 'Copied',
  variants: 'Platform or tool',
  otherVariants: 'Not in our stack',
  noSteps: 'No step in this phase',
  verify: 'Check that it worked',
  undo: 'To take it back',
  risks: 'Risks',
  action: 'Action',
  whole: 'The action by itself',
  roles: 'Roles',
};

export type InterfaceText = typeof english;

/** The interface in the language of a plan; English where there is no other. */
export function interfaceText(_language: string | undefined): InterfaceText {
  return english;
}
