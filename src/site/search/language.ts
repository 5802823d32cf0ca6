import { stem } from './words.ts';

/** What the search knows of a language. A language without an entry is searched by its words as they are. */
export interface SearchLanguage {
  /** Words that say nothing about what is looked for. Apostrophes are left out, as everywhere in the index. */
  stopWords: ReadonlySet<string>;
  /** Words that say that something is wrong, and not what. */
  vague: ReadonlySet<string>;
  /** Words that people use for one another, by the stem of a word. */
  synonyms: ReadonlyMap<string, readonly string[]>;
  /** Two words that are written for one, the first by its stem: `log in`, `broke into`. */
  expressions: ReadonlyMap<string, string>;
  /** Words that name a kind of document and nothing else, by which a query asks for one. */
  kinds: ReadonlyMap<string, string>;
  stem: (word: string) => string;
}

const words = (text: string) => text.trim().split(/\s+/);

/** Entries of a table with a key, a colon and words on each line; several keys stand for several lines. */
const table = (text: string) =>
  text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [keys = '', values = ''] = line.split(':');
      return keys.split(',').map((key): [string, string[]] => [key.trim(), words(values)]);
    });

/**
 * What stands in each line are words for one thing, each of them for all others; and words that stand for others, but
 * not the other way round: every customer is somebody, and not everybody is a customer.
 */
function synonymsFrom(groups: string, oneWay: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (word: string, others: readonly string[]) => {
    const root = stem(word);
    const all = [...(found.get(root) ?? []), ...others.filter((other) => stem(other) !== root)];
    found.set(root, [...new Set(all)]);
  };
  for (const [word, others] of table(oneWay)) add(word, others);
  for (const group of groups.trim().split('\n').map(words)) for (const word of group) add(word, group);
  return found;
}

const english: SearchLanguage = {
  stopWords: new Set(
    words(`
    a about actually after again ago all already also although am an and another any anybody anymore anyone anything anyway are as asked at be because been
    before being but by came can cannot cant come comes coming company could couldnt did didnt do does doesnt doing done dont
    dunno during each either etc even ever every everybody everyone everything firm for from get gets getting go goes going got had
    has have having he her here hers herself him himself his how i id if ill im in into is isnt it its itself ive just keep keeps kind
    know knows let lets like little lot lots many may maybe me might mine more most much must my myself need needs no nobody not
    nothing now of oh ok okay on once one only or organisation organization other our ours out over own please probably pls quite really said
    same say saying says seem seems she should so some somebody somehow someone something sometimes somewhere soon still stuff such suddenly sure than thanks that thats the their them themselves then there theres these they thing things think this those though
    through to today together told too tried tries try trying until up upon us very want wants was wasnt we well went
    were werent weve what whats when where which while who whom whose why will with within without wont work working works would wouldnt
    yes yet you your youre yours yourself`),
  ),
  vague: new Set(
    words(`
    alarm alert bad broken funny happened happening help incident issue issues odd problem problems strange suspicious
    trouble unclear unknown unusual weird wrong`),
  ),
  synonyms: synonymsFrom(
    `
    vendor supplier provider contractor
    employee staff worker colleague coworker
    stolen theft stole nicked pinched robbed thief
    laptop notebook tablet ipad
    phone mobile smartphone iphone android cellphone handset
    computer pc machine workstation endpoint host desktop
    down outage offline unavailable downtime unreachable
    deleted erased wiped destroyed removed
    lost missing gone vanished disappeared
    admin administrator
    attacker hacker intruder criminal
    fraudster scammer swindler impostor
    scam fraud swindle
    stick flash pendrive thumbdrive
    burglary breakin burglar
    update patch hotfix
    hacked compromised breached pwned hijacked
    hole flaw vulnerability weakness
    breach intrusion
    boss executive ceo director cfo
    transfer wire remittance
    payment money funds
    picture photo image
    website site webpage homepage
    mail email
    signin login logon
    fake bogus false forged counterfeit
    strange odd weird suspicious unusual dodgy
    unknown unfamiliar unrecognised foreign
    stranger unknown
    public exposed
    leaked exposed disclosed
    changed altered modified replaced manipulated
    tampered manipulated
    virus malware trojan worm infected infection
    extortion blackmail
    ransom extortion
    publish release leak
    customer client
    screen monitor display
    log audit
    lawyer attorney counsel
    plant factory production manufacturing industrial
    shop store
    password credential passcode
    key token secret credential
    package library dependency module
    crash crashed bluescreen
    clicked followed pressed tapped
    call caller called rang phoned
    assistant chatbot bot copilot agent
    mining miner cryptomining
    cryptocurrency bitcoin crypto monero
    permission consent
    approve accept confirm allow
    prompt popup notification push request
    mfa 2fa twofactor authenticator
    dismissed fired sacked
    leaver leaving resigned quitting resigning
    badge pass
    purpose deliberately intentionally
    impersonating pretending posing
    encrypted scrambled
    disabled off stopped
    urgent emergency
    payroll wages salary
    sabotage destroy
    invoice bill
    overloaded flooded flood overwhelmed
    container docker pod
    kubernetes k8s
    repository repo github git
    vandalised vandalized defaced defacement
    steering control
    terminal till
    register registrar
    insurance insurer
    accountant accounting bookkeeper bookkeeping
    dishonest crooked corrupt disloyal
    sell sold selling
    private personal
    information data
    authority regulator
    recipient person addressee
    huge expensive high
    free gift
    widget plugin
    tricked deceived conned duped fooled
    police fbi detective
    newspaper journalist reporter press media
    threatens threatened threat
    unplugged disconnected
    program software application`,
    `
    device: computer
    laptop, notebook, tablet, ipad, phone: device
    machines: computers hosts
    stole: stolen
    pictures, photos, documents, spreadsheets: files
    site: website page
    ram: memory
    phone: telephone
    wifi: wireless
    severity: criticality priority
    sms: message
    ir: incident
    cops: police
    breakin: hacked compromised intrusion`,
  ),
  expressions: new Map(
    table(`
    log in, log on, log into, log onto, sign in, sign on, sign into: signin
    break in, break into, broke in, broke into, broken in, broken into, got in, got into, get in, get into: breakin
    take over, took over, taken over: takeover
    web site: website
    web page, home page: webpage
    pop up: popup
    chat bot: chatbot
    cell phone, mobile phone: cellphone
    flash drive, thumb drive, pen drive, memory stick: stick
    hard drive, hard disk: disk
    two factor: twofactor
    web address: domain
    not working, not work, isnt working, doesnt work, dont work, wont work, stopped working, not loading, wont load: down
    cant find, cannot find, couldnt find: lost
    put online, went public, goes public: published
    phone call, telephone call: call`).map(([key, [word = '']]) => [
      // Forms of the first word are one.
      key.replace(/^\S+/, (first) => stem(first)),
      word,
    ]),
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

const unknown: SearchLanguage = {
  stopWords: new Set(),
  vague: new Set(),
  synonyms: new Map(),
  expressions: new Map(),
  kinds: new Map(),
  stem: (word) => word,
};

/** What the search knows of the language with a BCP 47 tag. */
export function searchLanguage(tag: string): SearchLanguage {
  return /^en(-|$)/i.test(tag) ? english : unknown;
}
