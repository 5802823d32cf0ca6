/** Which runbooks fit what is seen, and what to look at next. A function of answers alone, so that a browser can ask it. */

/** What ranking knows of a runbook. */
export interface Candidate {
  id: string;
  code: string;
  /** Place of its priority among the plan's levels; 0 is the most urgent. */
  urgency: number;
  /** Ids of the signals that speak for it, the strongest first. */
  confirm: readonly string[];
  /** Ids of the signals that speak against it. */
  exclude: readonly string[];
  /** Ids of the runbooks for which it is mistaken. */
  mistakenFor: readonly string[];
}

/** What is known of the signals, by id. What stands in neither is not known. */
export interface Answers {
  seen: ReadonlySet<string>;
  /** Looked for, and not there. */
  notSeen: ReadonlySet<string>;
}

/** How one runbook stands to the answers. Signals in the order in which the runbook names them. */
export interface Fit {
  candidate: Candidate;
  score: number;
  /** Seen, and among its strongest. */
  confirms: string[];
  /** Seen, and further down its list: it occurs elsewhere, too. */
  pointsTo: string[];
  /** Looked for and not there, although the incident usually shows it. */
  missing: string[];
  /** Seen, and speaks against it. */
  against: string[];
}

/** A runbook's first so many signals confirm it; what stands further down points to it. */
const strongest = 4;

/**
 * How much a signal tells by its place in a runbook's list, from 1 down to 0.3: a tenth less for each place, because
 * authors name the strongest first. The last still counts for something, or it would not be in the list.
 */
function strengthAt(place: number): number {
  return Math.max(0.3, 1 - place / 10);
}

/** What is not seen may only not have been noticed yet: it takes away half of what seeing it would give. */
const weightOfMissing = 0.5;

/** Each list with the best first. A runbook of which nothing seen says anything is in none. */
export interface Ranking {
  /** Those for which a seen signal speaks and against which none does. */
  fits: Fit[];
  /** Those for which one speaks and against which another does: somebody must look at both. */
  contested: Fit[];
  /** Those against which a seen signal speaks, and for which none does. */
  excluded: Fit[];
}

/**
 * Ranks runbooks by the signals that were seen.
 *
 * A seen signal gives a runbook that names it: its strength there (see `strengthAt`), divided by the number
 * of runbooks that name it, because what many share tells each of them only its share. A signal that was looked for
 * and is not there takes away half of that. A signal that speaks against a runbook takes it out of the ranking and to
 * the end, whatever else speaks for it: authors name there what settles the matter. It stays in
 * sight, with the reason. Equal scores go by priority, then
 * by code. The order of the answers plays no part.
 */
export function rankRunbooks(candidates: readonly Candidate[], answers: Answers): Ranking {
  const spread = new Map<string, number>();
  for (const { confirm } of candidates) for (const signal of confirm) spread.set(signal, (spread.get(signal) ?? 0) + 1);
  const all = candidates.map((candidate) => fitOf(candidate, answers, spread)).sort(byScore);
  return {
    fits: all.filter((fit) => fit.against.length === 0 && speaksFor(fit)),
    contested: all.filter((fit) => fit.against.length > 0 && speaksFor(fit)),
    excluded: all.filter((fit) => fit.against.length > 0 && !speaksFor(fit)),
  };
}

const speaksFor = (fit: Fit) => fit.confirms.length + fit.pointsTo.length > 0;

const byScore = (a: Fit, b: Fit) =>
  b.score - a.score ||
  a.candidate.urgency - b.candidate.urgency ||
  (a.candidate.code < b.candidate.code ? -1 : a.candidate.code > b.candidate.code ? 1 : 0);

function fitOf(candidate: Candidate, { seen, notSeen }: Answers, spread: ReadonlyMap<string, number>): Fit {
  const fit: Fit = { candidate, score: 0, confirms: [], pointsTo: [], missing: [], against: [] };
  for (const [place, signal] of candidate.confirm.entries()) {
    const weight = strengthAt(place) / (spread.get(signal) ?? 1);
    if (seen.has(signal)) {
      fit.score += weight;
      (place < strongest ? fit.confirms : fit.pointsTo).push(signal);
    } else if (notSeen.has(signal)) {
      fit.score -= weight * weightOfMissing;
      fit.missing.push(signal);
    }
  }
  fit.against = candidate.exclude.filter((signal) => seen.has(signal));
  return fit;
}

/** What a signal says of a runbook: up to 1 for it, -1 against it, 0 nothing. */
function stance({ confirm, exclude }: Candidate, signal: string): number {
  if (exclude.includes(signal)) return -1;
  const place = confirm.indexOf(signal);
  return place < 0 ? 0 : strengthAt(place);
}

/**
 * The signals that still tell something apart: those of which the runbooks in question do not all say the same. In
 * question are those that fit, and those for which the first of them is mistaken; a single one is told from none at all.
 *
 * @returns undefined while nothing is narrowed down, because nothing fits yet
 */
export function tellingSignals(
  candidates: readonly Candidate[],
  { fits, contested, excluded }: Ranking,
): Set<string> | undefined {
  const [first] = fits;
  if (!first) return undefined;
  const out = new Set([...contested, ...excluded].map(({ candidate }) => candidate.id));
  const inQuestion = new Set(fits.map(({ candidate }) => candidate));
  for (const candidate of candidates)
    if (first.candidate.mistakenFor.includes(candidate.id) && !out.has(candidate.id)) inQuestion.add(candidate);
  const named = new Set([...inQuestion].flatMap(({ confirm, exclude }) => [...confirm, ...exclude]));
  const nothing = inQuestion.size === 1 ? [0] : [];
  return new Set(
    [...named].filter(
      (signal) => new Set([...[...inQuestion].map((candidate) => stance(candidate, signal)), ...nothing]).size > 1,
    ),
  );
}

/** A signal to look for next, and of which of two runbooks it would say most. */
export interface NextSign {
  signal: string;
  speaks: 'for' | 'against';
  runbook: Candidate;
}

/**
 * What tells two runbooks apart best: the signals not answered yet of which they say the most different things.
 *
 * @param second undefined where only one fits: then what speaks for or against it at all
 * @param most so many at most, the most telling first
 */
export function signsToTellApart(
  first: Candidate,
  second: Candidate | undefined,
  { seen, notSeen }: Answers,
  most: number,
): NextSign[] {
  const named = new Set(
    [first, ...(second ? [second] : [])].flatMap(({ confirm, exclude }) => [...confirm, ...exclude]),
  );
  return [...named]
    .filter((signal) => !seen.has(signal) && !notSeen.has(signal))
    .map((signal) => {
      const [one, other] = [stance(first, signal), second ? stance(second, signal) : 0];
      const [runbook, said] = second && Math.abs(other) > Math.abs(one) ? [second, other] : [first, one];
      return { signal, runbook, speaks: said > 0 ? 'for' : 'against', difference: Math.abs(one - other) } as const;
    })
    .filter(({ difference }) => difference > 0)
    .sort((a, b) => b.difference - a.difference || (a.signal < b.signal ? -1 : 1))
    .slice(0, most)
    .map(({ signal, speaks, runbook }) => ({ signal, speaks, runbook }));
}
