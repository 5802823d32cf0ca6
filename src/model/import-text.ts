/** The words that an import writes into a plan, and tells about it. Apart from interface-text.ts: only `import` loads them. */
const imports = {
  /** Marked as what the check for leftovers finds as soon as somebody approves the document. */
  summary: '[TO BE WRITTEN] In which situation this document is the right one.',
  doNot: '[TO BE WRITTEN] What makes it worse: the imported document does not say.',
  risk: '[TO BE WRITTEN] What can go wrong: the imported document does not say.',
  signalTitle: (title: string) => `Somebody suspects: ${title}`,
  signalSummary:
    '[TO BE WRITTEN] What a person notices first: the imported document names no signal in a form that can be used.',
  noSteps: (source: string) =>
    `The source (${source}) has no step for this phase. Write them, or say here why it needs none.`,
  onlyProse: (source: string) =>
    `The source (${source}) describes this phase without a list of steps. Make steps of the text below.`,
  unplaced: 'Not yet placed',
  unplacedNote: (source: string) =>
    `These parts of ${source} belong to no phase that could be told from their headings. Nothing of them is lost: move each to where it belongs, or delete it.`,
  front: 'Properties of the source',
  appendix: 'Beside the text',
  headings: 'Headings without text of their own',
  imageWithoutText: '[IMAGE DESCRIPTION TO BE WRITTEN]',
  imageElsewhere: 'Image:',
  commandOn: '[TO BE WRITTEN]',
  commandAs: '[TO BE WRITTEN]',
  commandWhere: (source: string) => `[TO BE CHECKED] as it stood in ${source}`,
  sourceNote: (source: string) => `Imported from ${source}.`,
  levelRemark: 'The source does not say. Unknown counts as the highest.',
  signalRemark: 'Draft, named after the title. Replace it by what people notice.',
  roleRemark: (steps: boolean) => `The source names no role of this plan${steps ? '; every step has this one' : ''}.`,
  contactSummary: (source: string) => `Imported from ${source}; not yet called.`,
  imported: 'imported',
} as const;

export type ImportText = typeof imports;

/** The words for a plan's language; English where there are none yet. */
export function importText(_language: string | undefined): ImportText {
  return imports;
}
