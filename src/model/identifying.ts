/**
 * What may tell who or what a text is about: addresses, hosts, telephone numbers, names, and blame. A lesson is kept in
 * git, which forgets nothing, so such things are looked for before it is written there. Names and blame are known in
 * English texts and by common first names only: this finds what was forgotten, and is no proof that nothing was.
 */

import { refang, typeOf } from './incident/indicators.ts';

/** One find. */
export interface Identifying {
  what: 'ip-address' | 'mail-address' | 'web-address' | 'hash' | 'path' | 'host' | 'telephone' | 'person' | 'blame';
  text: string;
  /** In UTF-16 code units from the beginning of the text. */
  offset: number;
}

/**
 * Looks through a text.
 *
 * @param ownHosts names of hosts that the plan itself publishes, such as that of its repository; names below them are
 *   allowed too
 * @returns what was found, in the order of the text
 */
export function identifyingIn(text: string, ownHosts: readonly string[] = []): Identifying[] {
  const found = [...addressesIn(text, ownHosts), ...wordsIn(text)].sort((a, b) => a.offset - b.offset);
  // One thing is told once: the host in a mail address is no second find.
  return found.filter((find, index) =>
    found.slice(0, index).every((other) => other.offset + other.text.length <= find.offset),
  );
}

// RFC 2606 and RFC 6761: names that belong to nobody.
const reservedHost = /(?:^|\.)(?:example|test|invalid|localhost|example\.(?:com|net|org))\.?$/i;
// RFC 5737 and RFC 3849: addresses for documentation; and a machine's name for itself.
const reservedAddress = /^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|127\.|0\.0\.0\.0|2001:0?db8:|::1?(?:\/|$))/i;
// Endings under which sites are; a name with another ending is more often two sentences without a blank.
const publicEnding =
  /\.(?:com|net|org|info|biz|io|co|eu|me|tv|cc|xyz|top|site|online|shop|club|dev|app|cloud|tech|store|live|icu|ru|cn|de|uk|fr|nl|us|ca|au|jp|ch|at|be|es|pl|se|no|fi|dk|ie|br|za|nz|kr|tw|hk|sg|su|ua|tr|ro|cz|hu|gr|pt|il|mx|ar|cl|gov|edu|mil|int|onion|xn--[a-z0-9-]+)\.?$/i;
const innerEnding = /\.(?:local|lan|corp|internal|intra|intranet|home)\.?$/i;

// "section 4.9.1.1", "version 10.0.0.1": numbers of parts.
const numberOfPart = /(?:\b(?:sections?|chapters?|clauses?|versions?|releases?)|§)\s+$/i;
// ASP.NET and its like are no sites.
const dotNet = /^[A-Z]{2,4}\.NET$/;

/** Where a host or address ends: blanks, and the signs that text and Markdown put around it. */
const token = /[^\s"'`<>|,;()*{}]+/g;

function addressesIn(text: string, ownHosts: readonly string[]): Identifying[] {
  const isAllowed = (host: string) =>
    reservedHost.test(host) || ownHosts.some((own) => host === own || host.endsWith(`.${own}`));
  const found: Identifying[] = [];
  for (const match of text.matchAll(token)) {
    // `[text](address)` and `key: value` leave their signs at the ends.
    const before = /^[[\]!:=]+/.exec(match[0])?.[0].length ?? 0;
    const written = match[0].slice(before).replace(/[.:!?\]]+$/, '');
    if (
      written.length < 4 ||
      dotNet.test(written) ||
      numberOfPart.test(text.slice(Math.max(0, match.index - 20), match.index))
    )
      continue;
    const what = kindOf(written, isAllowed);
    if (what) found.push({ what, text: written, offset: match.index + before });
  }
  return found;
}

function kindOf(written: string, isAllowed: (host: string) => boolean): Identifying['what'] | undefined {
  const value = refang(written);
  switch (typeOf(value)) {
    case 'ipv4':
    case 'ipv6':
      return reservedAddress.test(value) ? undefined : 'ip-address';
    case 'md5':
    case 'sha-1':
    case 'sha-256':
    case 'sha-512':
      return 'hash';
    case 'mail':
      return isAllowed(value.slice(value.lastIndexOf('@') + 1).toLowerCase()) ? undefined : 'mail-address';
    case 'url': {
      const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(value)?.[1] ?? '';
      const address = host.replace(/^\[|\]$/g, '').toLowerCase();
      if (isAllowed(address) || reservedAddress.test(address)) return undefined;
      // `and/or.that` is no address.
      return /^[a-z][a-z0-9+.-]*:\/\//i.test(value) || publicEnding.test(address) || typeOf(address) === 'ipv4'
        ? 'web-address'
        : undefined;
    }
    case 'domain': {
      if (isAllowed(value.toLowerCase())) return undefined;
      if (innerEnding.test(value)) return 'host';
      return value !== written || publicEnding.test(value) ? 'web-address' : hostOf(written);
    }
    case 'registry-key':
      return 'path';
    case 'file-path':
      // Shares name a server, and homes name a person.
      return /^\\\\|^(?:[a-z]:)?[\\/](?:users|home)[\\/][^\\/]+/i.test(value) ? 'path' : undefined;
    default:
      return hostOf(written);
  }
}

// What machines are called: a short word for their purpose, and a number.
const hostName =
  /^(?:ws|wks|pc|lt|nb|ntb|laptop|notebook|desktop|client|srv|svr|server|vm|dc|sql|db|web|app|file|fs|mail|mx|exch|vpn|fw|sw|ap|host|node|win|lin|nas|esx|esxi|hv|prn|citrix|rds|ts)(?:[-_]?[a-z]{1,8}){0,2}[-_]?\d{2,}[a-z]?$/i;
const madeHostName = /^(?:DESKTOP|LAPTOP|WIN)-(?=[A-Z0-9]*\d)[A-Z0-9]{6,11}$/i;

function hostOf(written: string): 'host' | undefined {
  return hostName.test(written) || madeHostName.test(written) ? 'host' : undefined;
}

// Given names that are no other English word, and are common in many countries.
const givenNames =
  'Aaron|Abdul|Adam|Adrian|Ahmed|Alan|Alejandro|Alexander|Alexandra|Alice|Amanda|Amelia|Andrea|Andreas|Andrew|Angela|Anita|Anna|Anne|Anthony|Antonio|Arthur|Barbara|Beatrice|Benjamin|Bernd|Brian|Bruno|Carlos|Carmen|Caroline|Catherine|Charlotte|Chiara|Chloe|Christina|Christine|Christopher|Claire|Claudia|Clara|Daniel|Daniela|David|Deborah|Dennis|Diego|Dieter|Dmitri|Donald|Dorothy|Edward|Elena|Elisabeth|Elizabeth|Emily|Emma|Eric|Erik|Eva|Fatima|Felix|Fernando|Florian|Francesca|Francois|Gabriel|George|Giovanni|Giulia|Hannah|Hans|Hassan|Heather|Heidi|Helen|Helena|Henry|Hiroshi|Hugo|Ibrahim|Ingrid|Isabel|Isabella|Ivan|Jakob|James|Jan|Jana|Jane|Jason|Javier|Jennifer|Jessica|Joanna|Johann|Johannes|John|Jonathan|Jose|Joseph|Joshua|Juan|Julia|Julian|Karen|Karin|Karl|Katharina|Katherine|Kathrin|Kenji|Kevin|Khalid|Klaus|Kumar|Lars|Laura|Lauren|Leila|Leonardo|Linda|Lisa|Lorenzo|Lucas|Lucia|Luis|Lukas|Manuel|Marco|Margaret|Maria|Marie|Marina|Mario|Markus|Martha|Martin|Martina|Matteo|Matthew|Matthias|Mehmet|Mei|Melissa|Michael|Michelle|Miguel|Mikhail|Mohammad|Mohammed|Muhammad|Monika|Nadia|Natalie|Natasha|Nathan|Nicholas|Nicole|Nikolai|Nina|Oliver|Olga|Omar|Pablo|Patricia|Patrick|Paul|Paula|Pedro|Peter|Philip|Pierre|Rachel|Rafael|Raj|Rajesh|Rebecca|Ricardo|Richard|Robert|Roberto|Roland|Sabine|Samuel|Sandra|Sara|Sarah|Sebastian|Sergei|Sergio|Silvia|Simon|Sofia|Sophia|Sophie|Stefan|Stefanie|Stephanie|Stephen|Steven|Susan|Susanne|Svetlana|Tanja|Tatiana|Teresa|Theresa|Thomas|Timothy|Tobias|Ursula|Valentina|Vanessa|Victoria|Viktor|Vladimir|Walter|Werner|William|Wolfgang|Yasmin|Yuki|Yusuf|Zoe';
const family = String.raw`(?:\s+(?:(?:van|von|de|der|den|di|da|la|le|bin|al)\s+)*(?:\p{Lu}\.|\p{Lu}[\p{L}'’-]+))?`;

const telephone =
  /(?<![\w.+:-])(?:\+\d{1,3}[\d ()/.-]{5,}\d|(?:\(0\d{1,5}\)|0\d{1,5})[ /-]\d{3,}(?:[ -]?\d{2,})*|(?:\(\d{3}\)|\d{3})[ -]\d{3}-\d{4})(?![\w:])/g;
// 555-0100 to 555-0199 are kept for stories.
const storyNumber = /555[ -]?01\d\d$/;

const patterns: readonly [Identifying['what'], RegExp][] = [
  ['person', new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${givenNames})(?![\p{L}\p{N}-])${family}`, 'gu')],
  ['person', /(?<![\p{L}\p{N}])(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau|Mme|Señora?)\.?\s+\p{Lu}[\p{L}'’-]+/gu],
  // "by J. Smith": an initial in the middle of a sentence, and no new sentence behind it.
  [
    'person',
    /(?<=\p{Ll} )\p{Lu}\. (?!(?:Example|The|Then|There|This|That|These|Those|It|In|On|At|If|We|No|Not|After|Before|Since|When|While|And|But|Or|For|From|What|Who|How|All|Each|One|Two|Nobody|Somebody|They|He|She|You|To|By|With|As|An|Its|Their|Our|Only|Also|Both)\b)\p{Lu}[\p{L}'’-]{2,}/gu,
  ],
  ['person', /(?<![\w@./:-])@[a-z][\w.-]{2,}/gi],
  [
    'blame',
    /\b(?:careless(?:ly|ness)?|negligent(?:ly)?|incompetent|incompetence|stupid(?:ly|ity)?|lazy|laziness|sloppy|sloppiness|reckless(?:ly)?|clueless)\b|\bshould have known\b|\b(?:was|were|is|are) to blame\b|\b(?:his|her|their) (?:own )?(?:fault|mistake|negligence)\b/gi,
  ],
];

function wordsIn(text: string): Identifying[] {
  const numbers = [...text.matchAll(telephone)]
    .filter(([number]) => !storyNumber.test(number) && number.replace(/\D/g, '').length >= 7)
    .map((match): Identifying => ({ what: 'telephone', text: match[0], offset: match.index }));
  const words = patterns.flatMap(([what, pattern]) =>
    [...text.matchAll(pattern)].map((match): Identifying => ({ what, text: match[0], offset: match.index })),
  );
  return [...numbers, ...words];
}
