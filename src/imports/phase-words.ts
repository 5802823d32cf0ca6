/**
 * The words by which runbooks name the six phases, and why each belongs where it is put: a list to read and to argue
 * with. Numbers are those of the phases (1 Preparation … 6 Lessons Learned); 0 is First minutes. Compared in the form of
 * `plainHeading`: small letters, without numbers and without words such as "phase" and "steps".
 */

interface PhaseWords {
  order: number;
  because: string;
  /** The whole heading is one of these. */
  whole: readonly string[];
  /** Also tells the phase inside a longer heading: "Containment of hosts". */
  within?: readonly string[];
}

export const phaseWords: readonly PhaseWords[] = [
  {
    order: 0,
    because: 'what is done at once, before anything is known',
    whole: [
      'immediate',
      'immediate response',
      'first response',
      'first minutes',
      'first hour',
      'initial response',
      'initial',
      'immediate first',
      'first 15 minutes',
      'first 30 minutes',
      'first 60 minutes',
      'do this first',
    ],
    within: ['first 15 minutes', 'first 30 minutes', 'first 60 minutes', 'first minutes'],
  },
  {
    order: 1,
    because: 'SANS and NIST SP 800-61 name the first phase so',
    whole: [
      'preparation',
      'prepare',
      'preparing',
      'preparedness',
      'readiness',
      'pre incident',
      'pre incident preparation',
    ],
    within: ['preparation', 'prepare', 'preparedness', 'pre incident', 'before an incident'],
  },
  {
    order: 1,
    because:
      'it is done before an incident: Govern and Protect of NIST CSF 2.0, and what makes the next one less likely',
    whole: [
      'govern',
      'protect',
      'protection',
      'prerequisites',
      'prevention',
      'prevent',
      'preventive',
      'preventative',
      'preventive measures',
      'preventative measures',
      'hardening',
      'before the incident',
      'training',
      'user awareness training',
    ],
    within: ['prerequisites'],
  },
  {
    order: 2,
    because: 'Identification of SANS; Detection and Analysis of NIST SP 800-61r2; Detect of NIST CSF 2.0',
    whole: [
      'identification',
      'identify',
      'identifying',
      'detection',
      'detect',
      'detecting',
      'detection and analysis',
      'detect and analyze',
      'detect and analyse',
      'analysis',
      'analyze',
      'analyse',
      'detection and identification',
      'detection and reporting',
    ],
    within: ['identification', 'detection', 'detect'],
  },
  {
    order: 2,
    because: 'finding out what happened and how far it goes is Analysis (RS.AN) of NIST CSF 2.0',
    whole: [
      'investigate',
      'investigation',
      'investigating',
      'diagnosis',
      'diagnose',
      'troubleshooting',
      'assess',
      'assessment',
      'initial assessment',
      'impact assessment',
      'scoping',
      'scope the incident',
      'scope validation',
      'determine the scope',
      'verify',
      'verification',
      'confirm',
      'confirmation',
      'validate',
      'validation',
      'root cause analysis',
    ],
    within: ['investigate', 'investigation', 'diagnosis', 'scoping'],
  },
  {
    order: 2,
    because: 'triage, categorising and prioritising come before the response proper (RS.MA-02 and -03 of NIST CSF 2.0)',
    whole: [
      'triage',
      'initial triage',
      'alert triage',
      'categorize',
      'categorise',
      'categorization',
      'prioritization',
      'prioritize',
      'declaration',
      'declare the incident',
    ],
    within: ['triage'],
  },
  {
    order: 2,
    because:
      'evidence is collected while the incident is analysed (RS.AN-07 of NIST CSF 2.0), before anything is changed',
    whole: [
      'evidence',
      'evidence collection',
      'collect evidence',
      'evidence preservation',
      'preserve evidence',
      'acquire preserve document evidence',
      'data collection',
      'forensics',
      'forensic analysis',
      'acquisition',
    ],
    within: ['evidence collection', 'preserve evidence', 'evidence preservation', 'acquire preserve'],
  },
  {
    order: 3,
    because: 'SANS and NIST SP 800-61 name the phase so',
    whole: [
      'containment',
      'contain',
      'containing',
      'short term containment',
      'long term containment',
      'immediate containment',
      'initial containment',
      'containment strategy',
      'isolation',
      'isolate',
    ],
    within: ['containment', 'contain', 'isolation', 'isolate'],
  },
  {
    order: 3,
    because: 'Respond without further parts begins with stopping the harm: Mitigation (RS.MI) of NIST CSF 2.0',
    whole: ['respond', 'response', 'mitigation', 'mitigate', 'mitigations'],
  },
  {
    order: 4,
    because: 'SANS and NIST SP 800-61 name the phase so',
    whole: ['eradication', 'eradicate', 'eradicating'],
    within: ['eradication', 'eradicate'],
  },
  {
    order: 4,
    because: 'the cause is taken away; where a runbook says remediation for more, its own parts say what',
    whole: [
      'remediate',
      'remediation',
      'removal',
      'remove',
      'clean up',
      'cleanup',
      'cleaning',
      'disinfection',
      'disinfect',
      'resolution',
      'resolve',
      'fix',
      'remove threat',
      'remove malware',
      'remove attacker',
      'remove intruder',
    ],
    within: ['remediation', 'remediate', 'malware removal', 'clean up'],
  },
  {
    order: 5,
    because: 'SANS and NIST SP 800-61 name the phase so; Recover of NIST CSF 2.0',
    whole: [
      'recovery',
      'recover',
      'recovering',
      'restoration',
      'restore',
      'service restoration',
      'system restoration',
      'return to operations',
      'return to normal',
      'return to service',
      'rebuild',
      'restore service',
      'restore services',
      'restore system',
      'restore systems',
      'restore operations',
      'restore data',
      'resume operations',
    ],
    within: ['recovery', 'recover', 'restoration', 'return to normal operations'],
  },
  {
    order: 6,
    because:
      'SANS names the last phase so; Post-Incident Activity of NIST SP 800-61r2; Improvement (ID.IM) of NIST CSF 2.0',
    whole: [
      'lessons learned',
      'lessons learnt',
      'lesson learned',
      'lessons',
      'learn',
      'improvement',
      'improvements',
      'improve',
      'post incident',
      'post incident activity',
      'post incident review',
      'aftermath',
      'aftercare',
      'capitalization',
    ],
    within: ['lessons', 'post incident', 'postincident'],
  },
  {
    order: 6,
    because: 'a look back after the incident',
    whole: [
      'postmortem',
      'post mortem',
      'after action',
      'after action review',
      'after action report',
      'retrospective',
      'hotwash',
      'hot wash',
      'debrief',
      'debriefing',
      'closure',
      'close',
      'incident closure',
      'follow up',
      'review',
      'incident review',
    ],
    within: [
      'postmortem',
      'post mortem',
      'after action review',
      'after action report',
      'retrospective',
      'hotwash',
      'debrief',
    ],
  },
];

/** Headings that are known to name no phase, and why; they are kept beside the steps and told as such. */
export const noPhase: readonly {
  because: string;
  /** Its parts may be phases all the same: a checklist is one of the whole response. */
  holdsPhases?: true;
  whole: readonly string[];
}[] = [
  {
    because: 'describes the incident or the document',
    whole: [
      'overview',
      'introduction',
      'summary',
      'executive summary',
      'purpose',
      'objective',
      'objectives',
      'goal',
      'goals',
      'scope',
      'in scope',
      'out of scope',
      'background',
      'description',
      'about',
      'definition',
      'definitions',
      'glossary',
      'terms',
      'disclaimer',
      'incident type',
      'when to use',
      'assumptions',
      'severity',
      'severity classification',
      'severity levels',
      'severity matrix',
      'classification',
      'mitre',
      'mitre att ck',
      'table of contents',
      'contents',
      'indicators of compromise',
      'potential indicators of compromise',
      'key takeaways',
      'key terms',
      'impact',
      'meaning',
      'conclusion',
      'notes',
      'examples',
    ],
  },
  {
    because: 'is the form of the whole response',
    holdsPhases: true,
    whole: ['workflow', 'flowchart', 'checklist', 'process', 'incident response process'],
  },
  {
    because: 'names sources or material',
    whole: [
      'reference',
      'references',
      'resources',
      'sources',
      'further reading',
      'additional information',
      'additional resources',
      'related',
      'related playbooks',
      'related runbooks',
      'see also',
      'quick reference',
      'appendix',
      'appendices',
      'tools',
      'links',
    ],
  },
  {
    because: 'governs the document',
    whole: [
      'revision history',
      'version history',
      'change log',
      'changelog',
      'document control',
      'approval',
      'approvals',
      'license',
      'licence',
      'metadata',
      'document information',
    ],
  },
  {
    because: 'says who takes part',
    whole: [
      'contacts',
      'contact',
      'points of contact',
      'key contacts',
      'emergency contacts',
      'contact information',
      'contact list',
      'roles',
      'roles and responsibilities',
      'responsibilities',
      'team',
      'response team',
      'stakeholders',
    ],
  },
  {
    because: 'runs beside all phases, so a person says which steps go where',
    holdsPhases: true,
    whole: [
      'communicate',
      'communication',
      'communications',
      'communication plan',
      'notify',
      'notification',
      'notifications',
      'escalation',
      'escalation procedures',
      'escalation matrix',
      'reporting',
      'report',
      'metrics',
      'documentation',
      'legal',
      'compliance',
    ],
  },
];

/** Headings of what must not be done: their points become the prohibitions of a runbook. */
export const prohibitions: readonly string[] = [
  'do not',
  'donts',
  "don'ts",
  'what not to do',
  'never',
  'never do',
  'do nots',
];

// Words that say only that a heading is a heading.
const numbering =
  /^(?:(?:part|phase|step|stage|section|chapter)\b[\s.:)-]*)?(?:\(?(?:[0-9]+(?:\.[0-9]+)*|[ivx]+|[a-z])\)?[.:)\s-]+)?/;
const filler =
  /\b(?:the|phase|phases|stage|stages|step|steps|procedure|procedures|action|actions|activity|activities|guidelines?)\b/g;

/**
 * A heading as it is compared.
 *
 * @example plainHeading('Part 3 — Contain') // 'contain'
 * @example plainHeading('2. Detection & Analysis Phase:') // 'detection and analysis'
 */
export function plainHeading(heading: string): string {
  const words = heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[‐-―]/g, '-')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}\s.:()'-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const unnumbered = words.replace(numbering, '').replace(/^(?:part|phase|step|stage) [a-z0-9]+\b/, '') || words;
  const bare = unnumbered
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .replace(filler, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return bare || unnumbered.trim();
}
