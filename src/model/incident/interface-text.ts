/**
 * The words that every page of an open incident has: a part of ../interface-text.ts, in a file of its own so that a page
 * loads only these. Those of the start and of the record's page are in record-text.ts.
 */
const incident = {
  barLabel: 'Open incident',
  running: (minutes: number) => {
    const days = Math.floor(minutes / 1440);
    const rest = `${Math.floor((minutes % 1440) / 60)}:${String(minutes % 60).padStart(2, '0')} h`;
    return days > 0 ? `${days} d ${rest}` : rest;
  },
  runningFor: 'Running for',
  openForMe: (count: number) => `${count} open for me`,
  openForAll: (count: number) => `${count} open`,
  actions: 'Actions',
  record: 'Record',
  saveFile: 'Save as a file',
  leave: 'Put aside on this device',
  close: 'Close the incident',
  closed: 'closed',
  notKept: 'This browser does not keep the record: it is lost when this page closes. Save it as a file.',
  full: 'This device has no room left: what you write now is lost when this page closes. Save it as a file, then make room.',
  done: (time: string, by: string) => `Done ${time}, ${by}`,
  doneBefore: (by: string) => `Done before the record began, ${by}`,
  skipped: (time: string, by: string) => `Skipped ${time}, ${by}`,
  passedOver: 'An answer led past this step.',
  decided: (answer: string, time: string, by: string) => `Decided: ${answer} ${time}, ${by}`,
  takenBack: (time: string, by: string) => `Open again ${time}, ${by}`,
  reason: (text: string) => `Reason: ${text}`,
  reasonLater: 'Give the reason',
  reasonLabel: 'Reason (may follow later)',
  noteOrSkip: 'Note, skip',
  skipNow: 'Skip this step',
  noteLabel: 'Note on this step, or reason',
  noteHint: 'It is the reason where you skip or take back.',
  saveNote: 'Save as a note',
  saveLesson: 'Learn from this',
  lesson: (text: string) => `To learn from: ${text}`,
  notes: (count: number) => `${count} ${count === 1 ? 'note' : 'notes'}`,
  decide: 'Record the decision',
  chooseFirst: 'Choose one first',
  takeBack: 'Take back',
  mine: 'Show me mine',
  hidden: (count: number) => `${count} of others hidden.`,
  noRole: 'You hold no role yet: take one in the record.',
  due: (time: string, left: string) => `Due ${time}, in ${left}`,
  overdue: (time: string, over: string) => `Overdue since ${time}, by ${over}`,
  inConflict: 'Recorded differently by two people:',
  settle: 'The commander says which holds.',
  noTargetsYet: 'To tick this one by one, list them in the record',
  corrected: (by: string, time: string) => `corrected by ${by} ${time}`,
  withdrawn: (by: string, time: string) => `withdrawn by ${by} ${time}`,
  handOver: 'Hand-over',
  saved: (name: string) => `Saved as ${name}.`,
};

export type IncidentText = typeof incident;

/** The words of an open incident in the language of a plan. */
export function incidentText(_language: string | undefined): IncidentText {
  return incident;
}
