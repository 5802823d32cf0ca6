/** What a busy browser or a network that comes and goes did not give at once is asked for again. */

/** So long it waits before each further time, in milliseconds. */
const waits = [300, 1500, 5000];

/**
 * Calls `load` until it succeeds, four times at most. A module that could not be loaded is asked for anew by `import()`. Where
 * every byte counts, what is used of it is taken out in `load`: the bundler sees then that the rest is not needed.
 *
 * @throws what the last time threw
 */
export async function again<T>(load: () => Promise<T>): Promise<T> {
  for (const wait of waits)
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  return load();
}
