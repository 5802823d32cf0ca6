import type { RequiredAnswers, StarterChoices } from '../../model/schema-types.ts';
import type { Answers } from './answers.ts';

/** What the answers choose: names of documents, and why each was chosen. */
export interface Chosen {
  /** `kind:id`, with the reason in words. */
  because: ReadonlyMap<string, string>;
  words: readonly { from: string; to: string }[];
  /** Id in the new plan, by the id in the starter plan. */
  ids: ReadonlyMap<string, string>;
}

const lists = { runbooks: 'runbook', notifications: 'notification', controls: 'control', pages: 'page' } as const;

/** Goes through the rules of the starter plan. */
export function choose({ rules, words, ids }: StarterChoices, answers: Answers): Chosen {
  const because = new Map<string, string>();
  for (const rule of rules) {
    if (!holds(rule.when, answers)) continue;
    for (const [list, kind] of Object.entries(lists))
      for (const id of rule[list as keyof typeof lists] ?? []) {
        const name = `${kind}:${id}`;
        if (!because.has(name)) because.set(name, rule.because);
      }
  }
  const fits = ({ when, unless }: { when?: RequiredAnswers; unless?: RequiredAnswers }) =>
    holds(when, answers) && !(unless && holds(unless, answers));
  // Of several entries of a map the last holds, and here the first is to.
  const renamed = ids.filter(fits).map(({ from, to }) => [from, to] as const);
  return { because, words: words.filter(fits), ids: new Map(renamed.reverse()) };
}

/** Whether each property that is named has one of the values. */
function holds(condition: RequiredAnswers | undefined, answers: Answers): boolean {
  return Object.entries(condition ?? {}).every(([property, wanted]) => {
    const given = answers[property as keyof Answers];
    return wanted?.some((value) => (Array.isArray(given) ? given.includes(value as never) : given === value));
  });
}
