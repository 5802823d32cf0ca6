import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back the memory of what is no longer needed. V8 waits with that until it needs some itself, and does not know
 * of Pagefind, whose process needs most when the pages are done.
 */
export function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
