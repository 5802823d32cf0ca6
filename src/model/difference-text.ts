/** The words in which two versions of a plan are compared. */

// A document without parts has steps of its own.
const at = (section: string) => (section === '' ? '' : `${section}: `);

const english = {
  nothing: 'Both versions say the same.',
  plan: 'The plan (plan.yaml)',
  added: 'new',
  removed: 'taken out',
  renamed: (from: string) => `renamed, was ${from}`,
  stepAdded: (section: string, text: string, after: string | undefined) =>
    `${at(section)}new step ${after === undefined ? 'at the beginning' : `after '${after}'`}: '${text}'`,
  stepRemoved: (section: string, text: string, instead: string | undefined) =>
    `${at(section)}'${text}' is taken out${instead === undefined ? '' : `; '${instead}' takes its place`}`,
  stepMoved: (section: string, text: string, after: string | undefined, from: string | undefined) =>
    `${at(section)}'${text}' moves ${after === undefined ? 'to the beginning' : `after '${after}'`}${from === undefined ? '' : `, out of ${from}`}`,
  stepReworded: (section: string, before: string, after: string) => `${at(section)}'${before}' becomes '${after}'`,
  stepDetailed: (section: string, text: string) => `${at(section)}the detail of '${text}' changes`,
  field: (name: string, before: string | undefined, after: string | undefined) =>
    before === undefined
      ? `${name}: now ${after}`
      : after === undefined
        ? `${name}: no longer ${before}`
        : `${name}: ${before} becomes ${after}`,
  list: (name: string, added: readonly string[], removed: readonly string[]) =>
    `${name}: ${[added.length > 0 ? `now with ${added.join(', ')}` : '', removed.length > 0 ? `without ${removed.join(', ')}` : ''].filter(Boolean).join('; ')}`,
  newText: (name: string) => `${name}: a new text`,
  prose: 'The text beside the steps changes',
  unreadVersion: 'One of the two versions cannot be read, so what changed is not told',
  touched: (documents: readonly string[]) => `Used by ${documents.join(', ')}`,
  unread: (revision: string, count: number) =>
    `${count === 1 ? 'One document' : `${count} documents`} of ${revision} cannot be read and ${count === 1 ? 'is' : 'are'} left out.`,
};

export type DifferenceText = typeof english;

/** The words for differences in the language of a plan; English where there is no other. */
export function differenceText(_language: string | undefined): DifferenceText {
  return english;
}
