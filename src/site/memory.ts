import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back the memory of what is no longer needed. V8 waits with that until it needs some itself, and does not know
 * of Pagefind, whose process needs most when the pages are done.
 */
export function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: {
    type: 'major';
    execution: 'sync';
    flavor: 'last-resort';
  }) => void;
  // Any other flavor keeps the pages that it empties.
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
