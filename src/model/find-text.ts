/** The words of the chooser and of working backward: a part of interface-text.ts, loaded only by their pages. */
const english = {
  // The chooser by signals.
  choose: {
    title: 'Choose by what is seen',
    why: 'Tick what somebody sees. The runbooks that fit come first, each with the reason why.',
    open: 'Tick what is seen, and have the runbooks ranked',
    before: 'Could somebody be hurt? Whom to call first',
    withoutScript:
      'Ranking needs JavaScript, which is off. Below stands every sign with the runbooks that it speaks for, then every runbook with how to make sure.',
    signs: 'What is seen',
    countOfSigns: (count: number) => (count === 1 ? 'one sign' : `${count} signs`),
    filter: 'Find a sign in your own words',
    narrowed: (shown: number, all: number) => `${shown} of ${all} signs still tell the runbooks apart.`,
    matched: (shown: number) => (shown === 1 ? 'One sign has these words.' : `${shown} signs have these words.`),
    noneMatches: 'No sign has these words. Try another word, or go on with “none of these” below.',
    all: (count: number) => `${count} signs, by where they are seen.`,
    showAll: 'Show all signs',
    showTelling: 'Show only what tells apart',
    explains: 'What would explain it: speaks against',
    ticked: 'Ticked',
    seen: 'Seen',
    notSeen: 'Not there',
    takeBack: 'Take back',
    takeBackOf: (sign: string) => `Take back: ${sign}`,
    clear: 'Take back all',
    kept: 'What is ticked stands in the address of this page and nowhere else: send the address to a colleague.',
    results: 'What fits',
    nothingTicked: 'Nothing is ticked yet.',
    onlyNotSeen: 'Nothing that was seen is ticked yet.',
    fits: (count: number) => (count === 1 ? 'One runbook fits.' : `${count} runbooks fit.`),
    nothingFits: 'No runbook fits what is ticked: go on with “none of these”.',
    first: (title: string) => `First: ${title}`,
    barFits: (count: number) => (count === 1 ? '1 fits: see why' : `${count} fit: see why`),
    barNone: 'No runbook fits',
    reasons: {
      confirms: 'Seen, confirms it',
      pointsTo: 'Seen, points to it',
      missing: 'Not there, though usual',
      against: 'Seen, speaks against it',
    },
    next: (first: string, second: string) => `${first} or ${second}? Look at this next`,
    nextAlone: (first: string) => `Make sure that it is ${first}`,
    contested: 'Something seen speaks for it, and something against it: look at both',
    onlyContested: 'Each runbook that fits has something against it.',
    barContested: (title: string) => `Perhaps: ${title}`,
    barWhyContested: 'something speaks against it',
    wouldSpeakFor: (title: string) => `would speak for ${title}`,
    wouldSpeakAgainst: (title: string) => `would speak against ${title}`,
    isSeen: (sign: string) => `Seen: ${sign}`,
    isNotSeen: (sign: string) => `Not there: ${sign}`,
    makeSure: (title: string) => `${title}: make sure`,
    notThis: (title: string) => `Not ${title} when`,
    sureOrNot: 'Make sure, and when it is something else',
    excluded: (count: number) =>
      count === 1
        ? 'One runbook that something seen speaks against'
        : `${count} runbooks that something seen speaks against`,
    everyRunbook: 'Every runbook, most urgent first',
  },
  // Working backward through ATT&CK.
  backward: {
    title: 'Work backward',
    why: 'From what was seen to what commonly comes before it, tactic by tactic: where to look next for how it began.',
    open: 'Work backward from what was seen',
    openFrom: (id: string) => `Work backward from ${id}`,
    hypotheses: 'Hypotheses to test, not findings.',
    method:
      'What commonly comes before is the judgement of this plan’s authors, written into each technique. It is not counted from cases, and says nothing of how likely it is; what is not listed may have happened all the same. The lanes are ATT&CK’s tactics in its order, which an attacker need not keep. A technique with several tactics stands in the earliest.',
    versions: (versions: string) => `MITRE ATT&CK Enterprise, version ${versions}.`,
    withoutScript:
      'Following what was seen needs JavaScript, which is off. Below stand all techniques of this plan by tactic: find what was seen, and follow “may have come before” by hand.',
    enter: 'Technique or observation that was seen',
    enterHint: 'An id, a name, or what was noticed. Several ids at once: T1486, T1059.001.',
    found: (count: number) =>
      count === 1 ? 'One is offered; Enter takes it.' : `${count} are offered; Enter takes the first.`,
    noneFound: 'Nothing in this plan is called so.',
    unknown: (ids: string) => `Not in this plan, so left out: ${ids}.`,
    observation: 'Observation',
    seen: 'What was seen',
    nothingSeen: 'Nothing is entered yet.',
    takeBackOf: (name: string) => `Take back: ${name}`,
    takeBack: 'Take back',
    mayShow: (techniques: string) => `may show ${techniques}`,
    clear: 'Take back all',
    kept: 'What is entered stands in the address of this page and nowhere else.',
    stepsBack: 'How far back',
    steps: { 1: '1 step', 2: '2 steps', 3: '3 steps', 9: 'As far as the plan goes' } as Record<number, string>,
    print: 'Print as a list to fill in',
    lanes: 'Tactics',
    counted: (hypotheses: number, lanes: number) =>
      hypotheses === 0
        ? 'The plan names nothing that commonly comes before it.'
        : `${hypotheses === 1 ? 'One hypothesis' : `${hypotheses} hypotheses`} in ${lanes === 1 ? 'one tactic' : `${lanes} tactics`}.`,
    laneCount: (seen: number, hypotheses: number) =>
      [seen > 0 ? `${seen} seen` : '', hypotheses > 0 ? `${hypotheses} to test` : ''].filter(Boolean).join(', '),
    laneEmpty: 'nothing named',
    wasSeen: 'Seen',
    maybe: 'Perhaps',
    maybeSeen: (observation: string) => `May be what was noticed: ${observation}.`,
    hypothesis: 'Hypothesis',
    because: {
      seen: (later: string) => `Commonly comes before ${later}: seen.`,
      maybe: (later: string) => `Commonly comes before ${later}: may be what was seen.`,
      hypothesis: (later: string) => `Commonly comes before ${later}: itself a hypothesis.`,
      hypotheses: (later: string) => `Commonly comes before ${later}: themselves hypotheses.`,
    },
    goOn: 'Found: go on from here',
    goOnFrom: (id: string) => `Found ${id}: go on from here`,
    alsoServes: 'Also serves',
    evidence: 'Where evidence of it would be, most volatile first',
    actions: 'Actions',
    answeringSteps: 'Steps',
    runbooks: 'Runbooks',
    none: 'No step or action of this plan names it.',
    mayFollow: 'May have come before',
    answers: ['found', 'not found', 'not looked'],
    answeredBy: 'Where, by whom, when',
  },
};

export type FindText = typeof english;

/** These words in the language of a plan; English where there is no other. */
export function findText(_language: string | undefined): FindText {
  return english;
}
