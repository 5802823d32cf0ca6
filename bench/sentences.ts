/** Sentences that read like a runbook without meaning anything, the same ones on every machine. */

/** A source of numbers that gives the same sequence for the same seed (mulberry32). */
export type Random = (below: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const words = (text: string) => text.trim().split(/\s+/);

// Imperatives of steps; none that destroys evidence, so that a generated plan has nothing to report.
const orders = words(
  'check compare collect copy count describe disconnect export find gather hold inspect isolate label list locate mark measure monitor name observe photograph preserve protect record review search seal store trace verify watch',
);
const presents = words(
  'answers blocks breaks carries changes covers delays encrypts exposes fills follows hides holds imitates keeps leaves loses marks misses names needs opens overwrites reaches records repeats replaces reports shows slows starts stops stores touches watches writes',
);
const nouns = words(
  'account address adapter administrator agent alert appliance application archive attachment backup badge bridge browser cabinet cable camera certificate channel client cluster console container controller copy counter database device directory disk document domain drive endpoint entry envelope extension file filter firewall firmware folder form gateway group hash header host hypervisor image inbox index indicator instance interface invoice journal key laptop library line link list loader log mailbox manifest memory message meter mirror monitor network note notice office owner package page partner password patch phone pipeline plant policy port printer process profile protocol provider proxy queue recorder registry relay replica report request resolver restore router rule sample scanner script segment sensor server service session share shift signature snapshot socket source stand-in statement station storage subnet supplier switch system table tape task tenant terminal ticket token tool topic tracker traffic transfer tunnel update user vault vendor volume wallet warehouse witness workload workstation',
);
const adjectives = words(
  'abandoned affected airtight archived central clean closed cloned copied critical damaged delayed distant early empty encrypted exposed external failed fast foreign former frozen full hidden idle infected inner internal isolated known late local locked lost main manual missing mobile nearby new night odd offline older open original outer parallel printed private public quiet rare remote renamed replaced safe sealed second shared silent slow spare stolen strange suspect temporary unknown unusual urgent virtual visible wrong',
);
const places = words(
  'archive basement branch building cellar clinic cloud corridor factory field-office garage hall headquarters hub kitchen laboratory loading-dock mailroom outpost plant reception region shop site store studio tower warehouse workshop yard',
);
const times = [
  'within the hour',
  'after every change of shift',
  'before the first call',
  'while the line is still running',
  'at the next briefing',
  'twice a day',
  'until the owner has answered',
  'as soon as the clock is compared',
  'for the whole weekend',
  'on the second attempt',
];
const syllables = words(
  'ar bel cor dan el fen gal hor in jor kal lun mar nor ost pel quin ras sol tam ul vor wen xan yor zel',
);

export interface Sentences {
  random: Random;
  pick: <T>(list: readonly T[]) => T;
  noun: () => string;
  /** One word of a verb that orders something: "isolate". */
  order: () => string;
  /** "Isolate the affected host of the branch." */
  instruction: () => string;
  /** A statement that orders nothing, for cautions. */
  statement: () => string;
  question: () => string;
  sentence: () => string;
  /** Sentences of about so many words together. */
  paragraph: (wordCount: number) => string;
  /** A made-up name of a product, new with almost every call. */
  product: () => string;
  /** A host name such as srv-0412. */
  host: () => string;
}

export function sentencesFrom(random: Random): Sentences {
  const pick = <T>(list: readonly T[]) => list[random(list.length)] as T;
  const noun = () => pick(nouns);
  const order = () => pick(orders);
  const host = () => `${pick(['srv', 'ws', 'fw', 'db', 'vm'])}-${String(random(10_000)).padStart(4, '0')}`;
  const product = () => {
    const name = pick(syllables) + pick(syllables) + pick(syllables);
    return name.charAt(0).toUpperCase() + name.slice(1);
  };
  const subject = () => `the ${pick(adjectives)} ${noun()}`;
  const statement = () =>
    pick([
      () => `A ${noun()} that ${pick(presents)} ${subject()} is lost for the ${pick(places)}.`,
      () => `Most of the ${noun()} is gone when ${subject()} ${pick(presents)} the ${noun()}.`,
      () => `People in the ${pick(places)} may be hurt when ${subject()} ${pick(presents)} the ${noun()}.`,
    ])();
  const sentence = () =>
    pick([
      () => `${capital(subject())} of the ${pick(places)} ${pick(presents)} the ${noun()} ${pick(times)}.`,
      () => `If ${subject()} ${pick(presents)} no ${noun()}, ${order()} the ${noun()} of the ${pick(places)} first.`,
      () => `${capital(order())} ${subject()} before it ${pick(presents)} the ${noun()}.`,
      () => `Nobody in the ${pick(places)} ${pick(presents)} the ${noun()} while ${subject()} is in use.`,
      () => `Write down which ${noun()} ${pick(presents)} ${subject()}, who saw it, and the minute.`,
      () => `The ${noun()} on \`${host()}\` ${pick(presents)} ${subject()}, and **the ${noun()} does not**.`,
      () => `A ${noun()} without a ${noun()} tells little; ${subject()} tells more.`,
      () =>
        `For ${product()} this is another ${noun()} than for ${product()}, and the ${noun()} ${pick(presents)} both.`,
      () => `Ask the owner of ${subject()} whether the ${noun()} is known in the ${pick(places)}.`,
    ])();
  return {
    random,
    pick,
    noun,
    order,
    host,
    product,
    statement,
    sentence,
    instruction: () => `${capital(order())} ${subject()} of the ${pick(places)} that ${pick(presents)} the ${noun()}.`,
    question: () => `Is ${subject()} of the ${pick(places)} still needed for the ${noun()}?`,
    paragraph: (wordCount) => {
      const parts: string[] = [];
      for (let count = 0; count < wordCount; ) {
        const next = sentence();
        parts.push(next);
        count += next.split(' ').length;
      }
      return parts.join(' ');
    },
  };
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
