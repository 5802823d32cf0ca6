import { closest, distance } from 'fastest-levenshtein';

/** The known name that somebody probably meant; undefined when none is near enough to be worth suggesting. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = name.toLowerCase();
  const candidate = closest(
    lower,
    known.map((other) => other.toLowerCase()),
  );
  const original = known.find((other) => other.toLowerCase() === candidate);
  return original !== undefined && distance(lower, candidate) <= Math.max(2, Math.floor(name.length / 3))
    ? original
    : undefined;
}
