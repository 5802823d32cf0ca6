/** The words at rows of targets and at commands: a part of ../interface-text.ts, loaded once an incident has a target. */
const targets = {
  forTargets: 'Done for',
  outsideScope: (kind: 'host' | 'account' | 'indicator') =>
    `Not among the ${kind}s of this incident. Go on if you are sure, and add it to the record.`,
};

/** The words at rows of targets in the language of a plan. */
export function targetText(_language: string | undefined): typeof targets {
  return targets;
}
