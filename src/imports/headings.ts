/** Which phase a heading names, as far as the words of `phase-words.ts` and the plan itself tell. */

import { noPhase, phaseWords, plainHeading, prohibitions } from './phase-words.ts';

interface PhaseMatch {
  /** 0: First minutes; 1 to 6: the phases. */
  order: number;
  /** The heading names the phase and nothing else; a heading inside another phase counts only then. */
  exact: boolean;
  /** It is a name of the phase and not only a verb of it: inside another phase only then it counts. */
  moves: boolean;
  because: string;
  /** Other phases that the heading names too: "Eradicate and recover". */
  also: readonly number[];
}

interface NoMatch {
  order: undefined;
  /** Its words are known to name something other than a phase. */
  known: boolean;
  /** What stands inside it is no phase either: "Recover" under "Objectives" is an aim. */
  closed: boolean;
  because: string;
}

export type HeadingMatch = PhaseMatch | NoMatch;

// A longer heading is a sentence, in which "recover" may stand for anything.
const longestHeading = 9;

// In the form in which headings are compared.
const named = phaseWords.map((entry) => ({
  ...entry,
  whole: new Set(entry.whole.map(plainHeading)),
  within: (entry.within ?? []).map(plainHeading),
}));
const notNamed = noPhase.map((entry) => ({ ...entry, whole: new Set(entry.whole.map(plainHeading)) }));

/**
 * Matches a heading.
 *
 * @param heading its text
 * @param titles the plan's own names: First minutes, then the six phases
 * @param asFramework whether the document follows NIST CSF, in which Identify is done before an incident
 */
export function matchHeading(heading: string, titles: readonly string[], asFramework = false): HeadingMatch {
  const plain = plainHeading(heading);
  const own = titles.findIndex((title) => plainHeading(title) === plain && plain !== '');
  if (own !== -1) return { order: own, exact: true, moves: true, because: 'the plan names the phase so', also: [] };
  if (asFramework && /^identify$/.test(plain))
    return {
      order: 1,
      exact: true,
      moves: true,
      because: 'Identify of NIST CSF 2.0 is done before an incident',
      also: [],
    };
  const whole = named.find((entry) => entry.whole.has(plain));
  if (whole)
    return { order: whole.order, exact: true, moves: whole.within.includes(plain), because: whole.because, also: [] };
  const not = notNamed.find((entry) => entry.whole.has(plain));
  if (not) return { order: undefined, known: true, closed: not.holdsPhases !== true, because: not.because };
  if (/^(?:appendix|annex)\b/.test(plain))
    return { order: undefined, known: true, closed: true, because: 'stands behind the document' };
  const words = plain.split(' ');
  if (words.length <= longestHeading) {
    const inside = named
      .flatMap((entry) =>
        entry.within.flatMap((phrase) => {
          const at = ` ${plain} `.indexOf(` ${phrase} `);
          return at === -1 ? [] : [{ order: entry.order, because: entry.because, at, length: phrase.length }];
        }),
      )
      .sort((a, b) => a.at - b.at || b.length - a.length);
    const [first] = inside;
    if (first) {
      const also = [...new Set(inside.map(({ order }) => order))].filter((order) => order !== first.order);
      return { order: first.order, exact: false, moves: false, because: first.because, also };
    }
  }
  return { order: undefined, known: false, closed: false, because: 'no known word for a phase' };
}

/** Whether a heading stands over what must not be done. */
export function isProhibition(heading: string): boolean {
  return prohibitions.includes(plainHeading(heading));
}

/** Whether headings are those of NIST CSF: Protect beside Detect or Respond. */
export function followsFramework(headings: readonly string[]): boolean {
  const plain = new Set(headings.map(plainHeading));
  return plain.has('protect') && (plain.has('detect') || plain.has('respond'));
}
