import { stem } from './words.ts';

/** What the search knows of a language. A language without an entry is searched by its words as they are. */
export interface SearchLanguage {
  /** Words that say nothing about what is looked for. Apostrophes are left out, as everywhere in the index. */
  stopWords: ReadonlySet<string>;
  /** Words that people use for words of the plan. */
  synonyms: ReadonlyMap<string, readonly string[]>;
  /** Words that name a kind of document and nothing else, by which a query asks for one. */
  kinds: ReadonlyMap<string, string>;
  stem: (word: string) => string;
}

const words = (text: string) => text.trim().split(/\s+/);

const english: SearchLanguage = {
  stopWords: new Set(
    words(`
    a about after again all already also although am an and any anybody anyone anything are as asked at be because been
    before being but by came can cannot cant come coming could couldnt did didnt do does doesnt doing done dont
    during each either etc even ever every everybody everyone everything for from get gets getting go goes going got had
    has have having he her here hers him his how i id if ill im in into is isnt it its itself ive just keep keeps kind
    know knows let lets like little many may maybe me might mine more most much must my myself need needs no nobody not
    nothing now of oh ok okay on once one only or other our ours out over own please probably pls quite really said
    same say saying says seem seems she should so some somebody somehow someone something sometimes somewhere soon still
    such sure than thanks that thats the their them then there theres these they thing things think this those though
    through to today together told too tried tries try trying until up upon us very want wants was wasnt we well went
    were werent weve what whats when where which while who whom whose why will with within without wont work working works would wouldnt
    yes yet you your youre yours`),
  ),
  synonyms: new Map(
    Object.entries({
      email: 'mail',
      emails: 'mails',
      mails: 'mail',
      login: 'signin',
      logins: 'signins',
      logon: 'signin',
      pc: 'computer laptop',
      pcs: 'computers',
      laptop: 'computer',
      machine: 'computer host',
      machines: 'computers hosts',
      workstation: 'computer host',
      device: 'computer',
      hackers: 'attacker hacker',
      hacker: 'attacker',
      hacked: 'compromised',
      compromised: 'hacked',
      pwned: 'hacked',
      breached: 'breach compromised',
      stole: 'stolen',
      erased: 'deleted',
      gone: 'missing deleted',
      picture: 'file',
      pictures: 'files',
      photos: 'files',
      documents: 'files',
      site: 'website page',
      boss: 'executive',
      ceo: 'executive',
      customers: 'customer',
      lawyer: 'legal counsel',
      attorney: 'legal counsel',
      cops: 'police',
      ram: 'memory',
      phone: 'telephone',
      wifi: 'wireless',
      severity: 'criticality priority',
      monitor: 'screen',
      sms: 'message',
      mfa: 'signin',
      ir: 'incident',
    }).map(([word, others]) => [word, words(others)]),
  ),
  kinds: new Map(
    Object.entries({
      runbook: 'runbook',
      runbooks: 'runbook',
      playbook: 'runbook',
      playbooks: 'runbook',
      worksheet: 'worksheet',
      worksheets: 'worksheet',
      exercise: 'exercise',
      exercises: 'exercise',
      tabletop: 'exercise',
      technique: 'technique',
      techniques: 'technique',
    }),
  ),
  stem,
};

const unknown: SearchLanguage = { stopWords: new Set(), synonyms: new Map(), kinds: new Map(), stem: (word) => word };

/** What the search knows of the language with a BCP 47 tag. */
export function searchLanguage(tag: string): SearchLanguage {
  return /^en(-|$)/i.test(tag) ? english : unknown;
}
