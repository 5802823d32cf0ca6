/**
 * How many typing errors lie between two words: a letter missing, added, wrong, or two neighbours swapped (optimal
 * string alignment). `fastest-levenshtein` does not know swaps and counts each as two, which is what hasty fingers do
 * most; packages that do know them are unmaintained or bring a dictionary, so these few lines are ours.
 *
 * @param limit where counting stops
 * @returns the number of errors, or `limit + 1` when there are more
 */
export function typingErrors(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let errors = Math.min(
        (previous[j] as number) + 1,
        (current[j - 1] as number) + 1,
        (previous[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        errors = Math.min(errors, (older[j - 2] as number) + 1);
      current.push(errors);
      least = Math.min(least, errors);
    }
    if (least > limit) return limit + 1;
    older = previous;
    previous = current;
  }
  return Math.min(previous[b.length] as number, limit + 1);
}
