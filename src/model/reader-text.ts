/** The words of the reader view: a part of interface-text.ts, in a file of its own so that they load only where it is opened. */
const reader = {
  title: (code: string, title: string) => `${code} ${title}, one step at a time`,
  place: (at: number, all: number) => `${at} of ${all}`,
  step: (number: string) => `Step ${number}.`,
  decision: (number: string) => `Decision ${number}.`,
  who: (who: string) => `${who}.`,
  done: 'Done, next step',
  undo: 'Not done after all',
  skip: 'Skip',
  isDone: 'This step is done.',
  isSkipped: 'This step was skipped.',
  isPassed: 'An answer led past this step.',
  next: 'Next',
  previous: 'Back',
  toBranch: (number: string) => `Back to ${number}`,
  close: 'Close',
  how: 'How it is done',
  choose: 'Choose an answer:',
  otherwise: 'If nobody answers in time:',
  after: (number: string, text: string) => `Next: ${number}, ${text}`,
  afterDecision: 'Next: as the answer says.',
  noneAfter: 'This is the last step.',
  keys: 'Enter: done, next step. Arrows right and left: next, back. Escape: close.',
  /** Units as they are said. */
  spoken: (words: string) =>
    words
      .replace(/\b1 min\b/g, '1 minute')
      .replace(/\b(\d+) min\b/g, '$1 minutes')
      .replace(/\b1 h\b/g, '1 hour')
      .replace(/\b(\d+) h\b/g, '$1 hours'),
};

type ReaderText = typeof reader;

/** The words of the reader view in the language of a plan; English where there is no other. */
export function readerText(_language: string | undefined): ReaderText {
  return reader;
}
