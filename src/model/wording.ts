/**
 * How an instruction reads, as far as a program can tell. English only; each function errs on the side of silence,
 * since a wrong hint teaches people to ignore hints.
 */

// Words with which a sentence starts that is no instruction: articles, pronouns, modal verbs, weak openings.
const notAVerb = new Set(
  'a an the this that these those it its there here you we they he she i your our their his her my all any some each every both most many few no nobody nothing someone somebody everyone everybody please maybe perhaps possibly should must may might can could would will shall is are was were be been being has have had does did also then next finally afterwards additionally however therefore because since although'.split(
    ' ',
  ),
);
// Openings that state a condition: the verb follows after the comma.
const conditions = new Set(
  'if when once unless until while where before after as for with without on in at from within during only to by'.split(
    ' ',
  ),
);

/** The first word, when it is neither a verb nor the start of a condition; undefined when the sentence is fine. */
export function startsWithoutVerb(sentence: string): string | undefined {
  const first = /^[\p{L}'’-]+/u.exec(sentence.replace(/^["“(*_`]+/, ''))?.[0];
  if (!first) return undefined;
  const word = first.toLowerCase();
  if (conditions.has(word)) return undefined;
  if (notAVerb.has(word)) return first;
  // Nouns of action in place of the verb: "Isolation of the host", "Investigating the mail".
  return /(ation|ment|ness)$/.test(word) && !imperatives.has(word) ? first : undefined;
}

const imperatives = new Set([
  'document',
  'implement',
  'supplement',
  'station',
  'comment',
  'experiment',
  'augment',
  'witness',
]);

// Verbs of the trade that make a second order after "and" or "then". Only these, so that "search and seizure" passes.
const verbs =
  'disconnect|isolate|block|reset|revoke|delete|remove|wipe|reimage|rebuild|restore|power|shut|switch|call|tell|inform|notify|ask|write|record|note|capture|collect|copy|export|image|save|preserve|check|search|look|open|close|start|stop|disable|enable|change|rotate|send|report|move|run|install|patch|unplug|verify|review|confirm|hand|agree|decide|choose|set|put|take|keep';
const again = new RegExp(`(?:,? and then|, then|; then|;|,? and) (?:also )?(${verbs})\\b`, 'i');

/** The words by which an instruction asks for a second action; undefined when it asks for one. */
export function actsAgain(sentence: string): string | undefined {
  return again.exec(sentence)?.[0].replace(/^[,;]?\s*/, '');
}

const destruction =
  /^(?:if [^,]*, |when [^,]*, )?(power(?:ing)? (?:it |them |the \w+ )?(?:off|down)|shut (?:it |them |the \w+ )?down|switch (?:it |them |the \w+ )?off|turn (?:it |them |the \w+ )?off|reboot|restart|wipe|reimage|re-image|reformat|format|factory[- ]reset|reinstall|rebuild|erase)\b/i;

/** The verb with which an instruction destroys evidence on a target: powering off, wiping, reimaging, resetting. */
export function destructiveVerb(sentence: string): string | undefined {
  return destruction.exec(sentence.trim())?.[1];
}

const orders = new RegExp(
  `(?:^|[.;:] )(?:please |always |do not |never |don't |first )?(${verbs}|do|make|use|wait|ensure|avoid|go|get)\\b(?! (?:is|are|was|were|of|to|can|may|will|on|in)\\b)`,
  'i',
);

/** The verb with which a caution orders something; undefined when it only states what can go wrong. */
export function ordersSomething(text: string): string | undefined {
  return orders.exec(text.trim())?.[1];
}
