/**
 * Everything that can be wrong with a plan, and how it is told.
 *
 * An id is permanent: pages, suppressions and other people's scripts name it. A message says what is wrong; the help
 * says what was allowed (or the nearest known name) and what to do. Each id has a page in docs/diagnostics/.
 */

/** error: the plan must not be published. warning: somebody must act, the build goes on. hint: it could read better. */
export type Level = 'error' | 'warning' | 'hint';

interface Entry<Args> {
  level: Level;
  message: (args: Args) => string;
  help: (args: Args) => string;
}

const error = <Args = Record<never, never>>(
  message: Entry<Args>['message'],
  help: Entry<Args>['help'],
): Entry<Args> => ({ level: 'error', message, help });
const warning = <Args = Record<never, never>>(
  message: Entry<Args>['message'],
  help: Entry<Args>['help'],
): Entry<Args> => ({ level: 'warning', message, help });
const hint = <Args = Record<never, never>>(
  message: Entry<Args>['message'],
  help: Entry<Args>['help'],
): Entry<Args> => ({ level: 'hint', message, help });

const list = (names: readonly string[]) =>
  names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');
const nearest = (name: string | undefined, otherwise: string) => (name ? `Did you mean "${name}"?` : otherwise);

interface Named {
  name: string;
}
interface NearestName extends Named {
  nearest?: string | undefined;
  known: readonly string[];
}
interface Property {
  property: string;
  of: string;
}

const identifying = {
  'ip-address': 'the address of a machine',
  'mail-address': 'a mail address',
  'web-address': 'the name or address of a site',
  hash: 'a hash',
  path: 'a place on a machine that tells whose it is',
  host: 'the name of a machine',
  telephone: 'a telephone number',
  person: 'the name of a person',
  blame: 'blame',
} as const;

const verified = {
  contact: { done: 'reached', how: 'Reach it as a test' },
  resource: { done: 'tried', how: 'Try it' },
} as const;

export const catalogue = {
  // Files
  'plan-not-found': error<{ folder: string }>(
    ({ folder }) => `There is no plan.yaml in ${folder}.`,
    () => 'Run the command in the folder that holds content/plan.yaml, or name the content folder with --content.',
  ),
  'unreadable-file': error<{ reason: string }>(
    ({ reason }) => `The file cannot be read: ${reason}.`,
    () => 'Give the user who runs the check permission to read it, or take it out of the plan.',
  ),
  'link-out-of-plan': error<{ target: string }>(
    ({ target }) => `The symbolic link leads to ${target}, which is outside the plan.`,
    () =>
      'Copy the file into the plan. Links may only lead to files of the same plan, so that a plan never shows what is elsewhere on a machine.',
  ),
  'link-loop': error(
    () => 'The symbolic link leads back to itself or to nothing.',
    () => 'Remove the link, or point it to a file of the plan.',
  ),
  'file-too-large': error<{ size: number; limit: number }>(
    ({ size, limit }) =>
      `The file has ${size.toLocaleString('en')} bytes; a document may have ${limit.toLocaleString('en')}.`,
    () => 'Split the document, or keep large material outside the plan and link to it.',
  ),
  'not-text': error(
    () => 'The file is not UTF-8 text.',
    () => 'Save it as UTF-8. A binary file does not belong into this folder.',
  ),
  'byte-order-mark': warning(
    () => 'The file begins with a byte order mark.',
    () => 'Save it as UTF-8 without the mark; `firebreak fix` removes it.',
  ),
  'carriage-returns': hint(
    () => 'The lines end with a carriage return and a line feed.',
    () => 'End lines with a line feed alone, so that differences show only what changed; `firebreak fix` does it.',
  ),
  'misplaced-file': error<{ folders: readonly string[] }>(
    () => 'The file is in no folder of a document kind, so it would never be shown.',
    ({ folders }) => `Move it to one of: ${list(folders)}.`,
  ),
  'wrong-file-type': error<{ kind: string; expected: string }>(
    ({ kind, expected }) => `A ${kind} is written as ${expected}.`,
    ({ expected }) => `Rename the file to end in ${expected} and keep its content in that form.`,
  ),
  'file-name-form': error<Named>(
    ({ name }) => `"${name}" cannot be the id of a document.`,
    () =>
      'Use lower-case letters, digits and single hyphens (a technique: its ATT&CK id, such as T1486). The file name is the id that others refer to.',
  ),
  'merge-conflict': error(
    () => 'A merge conflict was left in the file.',
    () => 'Choose one side, or join both, and delete the marker lines.',
  ),

  // YAML
  'yaml-syntax': error<{ reason: string }>(
    ({ reason }) => `The YAML cannot be read: ${reason}`,
    () =>
      'Look at this line and the one before it: often a quote, a colon followed by a space inside a text, or the indentation.',
  ),
  'yaml-alias': error(
    () => 'Anchors and aliases are not used in a plan.',
    () => 'Write the value out at each place. A reviewer then sees in the difference what every document says.',
  ),
  'front-matter-missing': error(
    () => 'The document does not begin with front matter.',
    () => 'Begin with a line of three hyphens, then the properties, then three hyphens again.',
  ),
  'not-a-mapping': error(
    () => 'The document must be a list of properties, each "name: value".',
    () => 'Write the properties of the kind, one a line. `firebreak explain not-a-mapping` shows an example.',
  ),

  // MDX
  'mdx-syntax': error<{ reason: string }>(
    ({ reason }) => reason,
    () =>
      'Close every block that you open, write attributes as name="value", and put a literal < or { between backticks.',
  ),
  'nesting-too-deep': error<{ limit: number }>(
    ({ limit }) => `The document nests more than ${limit} levels deep.`,
    () => 'Take the inner parts out. No runbook needs more than a handful of levels.',
  ),
  'code-in-content': error<{ what: string }>(
    ({ what }) => `${what} is code, and content is never executed.`,
    () =>
      'Write text and the known blocks only. To insert a value of plan.yaml write its name alone between braces: {organisation.name}.',
  ),
  'raw-html': error<Named>(
    ({ name }) => `<${name}> is HTML; documents hold Markdown and the known blocks only.`,
    () => 'Use Markdown instead, or put the text between backticks if it should be shown as it is.',
  ),
  'dangerous-address': error<{ address: string }>(
    ({ address }) => `The address "${address}" is of a kind that can run code or is not understood.`,
    () =>
      'Use https, http, mailto or tel, a path to a file of the plan, or a reference such as role:incident-commander.',
  ),
  'unknown-block': error<NearestName>(
    ({ name }) => `There is no block <${name}>.`,
    ({ nearest: name, known }) => nearest(name && `<${name}>`, `The blocks are ${list(known)}.`),
  ),
  'block-misplaced': error<{ name: string; parent: string; allowed: readonly string[] }>(
    ({ name, parent }) => `<${name}> cannot stand ${parent}.`,
    ({ allowed }) => `It belongs ${list(allowed)}.`,
  ),
  'unknown-variable': error<NearestName>(
    ({ name }) => `plan.yaml has no variable "${name}".`,
    ({ nearest: name, known }) =>
      nearest(
        name,
        known.length
          ? `Known are ${list(known)}. Add it to variables in plan.yaml, or correct the name.`
          : 'Add it to variables in plan.yaml.',
      ),
  ),
  'heading-order': error<{ depth: number; expected: number }>(
    ({ depth, expected }) => `A heading of level ${depth} follows where level ${expected} is the deepest allowed.`,
    () =>
      'Go down one level at a time, beginning with ##. The title of the document is level 1 and comes from the front matter.',
  ),
  'broken-link': error<{ target: string }>(
    ({ target }) => `The link leads to "${target}", which does not exist in the plan.`,
    () => 'Correct the path, or refer to the document by its kind and id, such as runbook:ransomware.',
  ),
  'missing-image': error<{ target: string }>(
    ({ target }) => `The image "${target}" does not exist.`,
    () => 'Paths are relative to the document. Add the file to the plan, or remove the image.',
  ),
  'remote-image': error<{ address: string }>(
    ({ address }) => `The image would be fetched from ${address}.`,
    () =>
      'Save it in the plan and refer to it by its path: the site asks no other server for anything, and must work without a network.',
  ),
  'image-without-text': error(
    () => 'The image has no alternative text.',
    () => 'Say in the square brackets what the image shows, for those who cannot see it and for paper.',
  ),

  // Shape
  'unknown-schema-version': error<{ found: unknown; known: number }>(
    ({ found }) => `This plan is written for schema version ${String(found)}.`,
    ({ known }) =>
      `This Firebreak reads version ${known} and the one before. Install the version of Firebreak that the plan was written for.`,
  ),
  'schema-outdated': warning<{ found: number; known: number }>(
    ({ found, known }) => `This plan is written for schema version ${found}; the newest is ${known}.`,
    () =>
      'It is still read. Run `firebreak migrate`, which changes what has moved and says why; the next version of Firebreak may no longer read the old one.',
  ),
  'missing-property': error<Property & { description?: string | undefined }>(
    ({ property, of }) => `${of} lacks "${property}".`,
    ({ property, description }) =>
      `Add ${property}. ${description ?? 'The schema of the kind describes it and gives an example.'}`,
  ),
  'unknown-property': error<Property & { nearest?: string | undefined; known: readonly string[] }>(
    ({ property, of }) => `${of} has no property "${property}".`,
    ({ nearest: name, known }) => nearest(name, known.length ? `Known are ${list(known)}.` : 'It takes no properties.'),
  ),
  'not-allowed-value': error<Property & { value: unknown; allowed: readonly unknown[]; nearest?: string | undefined }>(
    ({ property, value }) => `"${String(value)}" is not allowed for ${property}.`,
    ({ allowed, nearest: name }) => nearest(name, `Allowed are ${list(allowed.map(String))}.`),
  ),
  'wrong-type': error<Property & { expected: string }>(
    ({ property, expected }) => `${property} must be ${expected}.`,
    ({ expected }) => `Write ${expected}. A text that looks like a number or a date is fine when it stands in quotes.`,
  ),
  'wrong-form': error<Property & { value: unknown; example: unknown; description: string }>(
    ({ property, value }) => `"${String(value)}" does not have the form of ${property}.`,
    ({ example, description }) => `${description} Example: ${String(example)}`,
  ),
  'wrong-size': error<Property & { reason: string }>(
    ({ property, reason }) => `${property} ${reason}.`,
    () => 'Shorten, split or fill it: the limit is there because a person in a hurry has to read it.',
  ),

  // Names and references
  'duplicate-id': error<Named>(
    ({ name }) => `The id "${name}" is used twice.`,
    () => 'Give one of them another id. `firebreak fix` never changes an id that was published.',
  ),
  'missing-id': error<Named>(
    ({ name }) => `The <${name}> has no id.`,
    () => 'Add id="…", or run `firebreak fix`, which writes one. Records and lessons refer to steps by their id.',
  ),
  'vanished-id': error<Named & { nearest?: string | undefined }>(
    ({ name }) => `"${name}" was published and is gone.`,
    ({ name, nearest: other }) =>
      `Incident records and lessons may point to it. Bring it back, or write in ids.lock "${name} -> ${other ?? 'its-successor'}" when it moved, or "${name} retired" when it is no longer needed.`,
  ),
  'lock-syntax': error<{ line: string }>(
    ({ line }) => `The line "${line}" of ids.lock is not understood.`,
    () => 'A line is an id, "old -> new", or "id retired". `firebreak fix` writes the rest.',
  ),
  'lock-outdated': hint<{ count: number }>(
    ({ count }) => `ids.lock does not list ${count} ${count === 1 ? 'id' : 'ids'} of the plan yet.`,
    () => 'Run `firebreak fix`, so that a later change cannot lose them unnoticed.',
  ),
  'unknown-reference': error<NearestName & { kind: string }>(
    ({ name, kind }) => `There is no ${kind} "${name}".`,
    ({ nearest: name, known, kind }) =>
      nearest(name, known.length ? `Known are ${list(known)}.` : `The plan has no ${kind} yet.`),
  ),
  'unknown-kind': error<NearestName>(
    ({ name }) => `"${name}" is not a kind of document.`,
    ({ nearest: name, known }) => nearest(name, `The kinds are ${list(known)}.`),
  ),
  'duplicate-title': error<Named>(
    ({ name }) => `The title or alias "${name}" is used by two documents of the kind.`,
    () => 'A responder who searches for it must reach one page. Change one of them.',
  ),
  'duplicate-code': error<Named>(
    ({ name }) => `The short code "${name}" is used by two documents.`,
    () => '"We are at RW 14" must mean one thing. Choose another code.',
  ),
  'technique-revoked': error<Named & { successor?: string | undefined }>(
    ({ name }) => `ATT&CK has revoked ${name}.`,
    ({ successor }) => (successor ? `Use ${successor} in its place.` : 'Use the technique that replaced it.'),
  ),
  'technique-deprecated': warning<Named>(
    ({ name }) => `ATT&CK has deprecated ${name}.`,
    () => 'Remove it, or name the technique that describes the behaviour now.',
  ),
  'role-without-contact': error<Named>(
    ({ name }) => `Nobody can be called for the role "${name}".`,
    () => 'Add the role to the roles of a contact, so that a responder can reach somebody.',
  ),

  // Runbooks
  'phase-missing': error<Named>(
    ({ name }) => `The section "${name}" is missing.`,
    () => 'A runbook has First minutes and then the six phases, each as a heading of level 2, in order.',
  ),
  'phase-order': error<Named & { before: string }>(
    ({ name, before }) => `"${name}" must come before "${before}".`,
    () =>
      'The order of reading is the order of doing: First minutes, Preparation, Identification, Containment, Eradication, Recovery, Lessons Learned.',
  ),
  'unexpected-section': error<Named & { known: readonly string[] }>(
    ({ name }) => `"${name}" is not a section of a runbook.`,
    ({ known }) => `The sections are ${list(known)}. Use a heading of level 3 to group steps inside a phase.`,
  ),
  'phase-empty': error<Named>(
    ({ name }) => `The phase "${name}" has no step and no reason why it has none.`,
    () => 'Add a step, or <NoSteps>the reason</NoSteps>.',
  ),
  'too-many-first-steps': error<{ count: number; limit: number }>(
    ({ count, limit }) => `First minutes has ${count} steps; at most ${limit} are right in every case.`,
    () => 'Keep what is right before anything is known, and move the rest to its phase.',
  ),
  'step-without-instruction': error(
    () => 'The step does not begin with an instruction.',
    () => 'Begin with one sentence that says what to do, then a blank line, then detail.',
  ),
  'caution-misplaced': error(
    () => 'The caution does not stand before a step.',
    () => 'Put it directly before the step that it is about: read after the step, it comes too late.',
  ),
  'decision-without-decider': error(
    () => 'Nobody is named who decides.',
    () => 'Add decider="role" and, if there is one, deputy="role".',
  ),
  'decision-without-default': error<{ options: readonly string[] }>(
    () => 'It is not said what holds if nobody answers in time.',
    ({ options }) =>
      options.length
        ? `Add otherwise="…" with one of ${list(options)}.`
        : 'Add options, and otherwise="…" with the id of one of them.',
  ),
  'decision-without-options': error(
    () => 'The decision has fewer than two options.',
    () => 'Add an <Option> for each answer; a question with one answer is a step.',
  ),
  'dead-end': error<Named>(
    ({ name }) => `The option "${name}" leads nowhere.`,
    () => 'Add to="…": the id of a step, another runbook, or "next" for the step that follows.',
  ),
  'endless-loop': error<{ steps: readonly string[] }>(
    ({ steps }) => `These steps lead in a circle with no way out: ${list(steps)}.`,
    () => 'Let one option of a decision in the circle lead out of it.',
  ),
  'unreachable-step': error<Named>(
    ({ name }) => `No path leads to the step "${name}".`,
    () =>
      'Let an option lead to it, or remove it. What follows a step whose "next" leads elsewhere is only reached by an option.',
  ),
  'circular-after': error<{ steps: readonly string[] }>(
    ({ steps }) => `These steps wait for each other: ${list(steps)}.`,
    () => 'Remove one "after": a step cannot wait for one that waits for it.',
  ),
  'evidence-destroyed': error<{ evidence: readonly string[]; targets: string }>(
    ({ evidence, targets }) => `The step destroys ${list(evidence)} of ${targets} before any step has preserved it.`,
    () =>
      'Put the step that preserves it first (by position or with after="…"). If it stops harm that is going on, mark it stopsActiveHarm with orderedBy="role". See RFC 3227 section 2.1 for the order of volatility.',
  ),
  'undeclared-destruction': warning<{ word: string }>(
    ({ word }) => `The step seems to destroy evidence ("${word}") and does not say which.`,
    () =>
      'Add destroys="…", for example destroys="memory processes network-state" for powering off, so that the order can be checked.',
  ),
  'harm-without-order': error(
    () => 'The step may destroy evidence to stop active harm, and it is not said who may order that.',
    () => 'Add orderedBy="role".',
  ),
  'placeholder-undeclared': warning<Named>(
    ({ name }) => `The command has <${name}>, which no Placeholder declares.`,
    ({ name }) =>
      `Add <Placeholder name="${name}" type="…">what to fill in</Placeholder> inside the Command. Attackers choose names: a value is only filled in when its type or pattern allows it.`,
  ),
  'placeholder-unused': warning<Named>(
    ({ name }) => `The placeholder "${name}" does not occur in the command.`,
    ({ name }) => `Write <${name}> where the value belongs, or remove the Placeholder.`,
  ),
  'placeholder-unquotable': error<Named & { where: string }>(
    ({ name, where }) => `The value of <${name}> cannot be quoted safely ${where}.`,
    () =>
      'Take it out of the quotes, or give the Placeholder a type or pattern that allows no quotes, $, backticks, semicolons or backslashes.',
  ),
  'command-without-code': error(
    () => 'The command has no code block.',
    () => 'Put one fenced code block inside, with a blank line before and after it.',
  ),
  'unknown-tool': error<NearestName>(
    ({ name }) => `The stack of plan.yaml has no "${name}".`,
    ({ nearest: name, known }) => nearest(name, `Known are ${list(known)}.`),
  ),

  'unknown-part': error<NearestName & { action: string }>(
    ({ name, action }) => `The action ${action} has no part "${name}" that could be left out.`,
    ({ nearest: name, known }) => nearest(name, `Its parts are ${list(known)}.`),
  ),
  'part-left-out-without-reason': error(
    () => 'A part of the action is left out, and nothing says why.',
    () => 'Write inside the Use, in a sentence, what is left out here and why.',
  ),

  // Who may read what
  'unknown-label': error<NearestName>(
    ({ name }) => `plan.yaml has no label "${name}".`,
    ({ nearest: name, known }) =>
      nearest(name, `Known are ${list(known)}. Add it to labels in plan.yaml, or correct it.`),
  ),
  'nothing-left-to-read': warning<{ kind: string; audience: string; withheld: number }>(
    ({ kind, audience, withheld }) =>
      `The audience "${audience}" may read this ${kind} and none of its ${withheld} steps.`,
    () =>
      'Give the document the label of its steps, so that it is left out whole; or open the steps that this audience needs, and the actions that they use.',
  ),
  'tlp-red': hint(
    () => 'The document is marked TLP:RED, and is in no build.',
    () =>
      'That is what the mark means. Keep it where only those who need it can read the repository, or take another mark.',
  ),
  'overlay-expected': warning<{ names: readonly string[] }>(
    ({ names }) =>
      `The plan names ${names.length === 1 ? 'a document' : `${names.length} documents`} that an overlay is expected to bring: ${list(names)}.`,
    () => 'Name the overlay with --overlay. Without one they are shown as withheld.',
  ),
  'overlay-syntax': error<{ reason: string }>(
    ({ reason }) => `The overlay cannot be read: ${reason}.`,
    () =>
      'A file of documents is a mapping of folder to id to properties: contacts, then security-on-call, then its title and channels.',
  ),

  // Approval and time
  'placeholder-text': error<{ text: string }>(
    ({ text }) => `"${text}" was left in an approved document.`,
    () => 'Replace it with the fact, or set status: draft until it is known.',
  ),
  'approved-without-approval': error(
    () => 'The document is approved, and nobody is named who approved it.',
    () => 'Add an approval with by, role and on, or set status: draft.',
  ),
  'approval-overdue': warning<{ due: string }>(
    ({ due }) => `What the document says was published before it was approved, and the approval was due on ${due}.`,
    () =>
      'Have it read by whoever has to approve it, and record that with firebreak approve; or put back what was approved before. What is overdue never fails a build.',
  ),
  'review-overdue': warning<{ due: string }>(
    ({ due }) => `The review was due on ${due}.`,
    () => 'Read the document through, correct it, and set review.last. An overdue review never fails a build.',
  ),
  'check-overdue': warning<{ due: string; last: string }>(
    ({ due, last }) => `The duty was compared with its source on ${last}, and was to be again by ${due}.`,
    () =>
      'Read the source again, correct what has changed, and set checkedOn. Until then whoever reads the row does not know whether it still holds. What is overdue never fails a build.',
  ),
  'verification-overdue': warning<{ what: 'contact' | 'resource'; due: string; last?: string | undefined }>(
    ({ what, due, last }) =>
      last === undefined
        ? `Nobody has ${verified[what].done} the ${what} yet, and it has been relied on since ${due}.`
        : `The ${what} was ${verified[what].done} on ${last}, and was to be again by ${due}.`,
    ({ what }) =>
      `${verified[what].how}, correct what is wrong, and set verifiedOn. What is overdue never fails a build.`,
  ),
  'exercise-overdue': warning<{ due: string; last?: string | undefined }>(
    ({ due, last }) =>
      last === undefined
        ? `No exercise has used the runbook since it was approved; one was to by ${due}.`
        : `The runbook was last exercised on ${last}, and was to be again by ${due}.`,
    () =>
      'Hold an exercise that names the runbook, and write the day under its held. How often is exerciseRunbooks under upkeep in plan.yaml. What is overdue never fails a build.',
  ),
  'training-overdue': warning<{ due: string; last?: string | undefined }>(
    ({ due, last }) =>
      last === undefined
        ? `The training was never held since it was approved; it was to be by ${due}.`
        : `The training was last held on ${last}, and was to be again by ${due}.`,
    () => 'Hold it, and write the day under held. What is overdue never fails a build.',
  ),
  'lesson-overdue': warning<Named & { due: string }>(
    ({ name, due }) => `"${name}" was due on ${due} and is still open.`,
    () =>
      'Do it, or give it a new day that somebody has agreed to. An action item is closed with state: done or dropped, a change when it is applied. What is overdue never fails a build.',
  ),
  'confirmation-overdue': warning<Named & { due: string }>(
    ({ name, due }) => `"${name}" is in the plan, and nobody has confirmed that it works; somebody was to by ${due}.`,
    () =>
      'Let an exercise use what was changed, and record that with firebreak lesson confirm. How long it may take is confirmChanges under upkeep in plan.yaml. What is overdue never fails a build.',
  ),
  'lesson-identifies': warning<{ what: keyof typeof identifying; text: string }>(
    ({ what, text }) => `"${text}" looks like ${identifying[what]}.`,
    ({ what }) =>
      what === 'blame'
        ? 'Say what was expected, what happened, and what made it likely. Blame in a text that is kept for ever ends the honesty of the next review.'
        : 'Write the role or the sort of thing instead; git keeps every version for ever. What must be kept belongs to the incident record. Examples may use names below example.com and addresses for documentation.',
  ),
  'phases-incomplete': error<{ missing: readonly string[]; repeated: readonly string[] }>(
    ({ missing, repeated }) =>
      missing.length > 0
        ? `The plan has no phase with the order ${list(missing)}.`
        : `Two phases have the order ${list(repeated)}.`,
    () =>
      'Keep six documents in phases/, with the orders 1 (Preparation) to 6 (Lessons Learned), each once. Runbooks take their headings from them.',
  ),
  'matrix-cell-missing': error<{ criticality: string; impact: string }>(
    ({ criticality, impact }) =>
      `The priority matrix has no cell for criticality "${criticality}" and impact "${impact}".`,
    () => 'Fill every cell: in an incident nobody should have to work it out.',
  ),
  'unknown-field': error<NearestName>(
    ({ name }) => `The worksheet has no field "${name}" of the needed type.`,
    ({ nearest: name, known }) =>
      nearest(name, known.length ? `Fields of that type are ${list(known)}.` : 'Add the field first.'),
  ),
  'unknown-fact': error<NearestName & { list?: string }>(
    ({ name, list: of }) => `plan.yaml has no "${name}" under incidentFacts${of ? `.${of}` : ''}.`,
    ({ nearest: name, known }) =>
      nearest(
        name,
        known.length ? `Known there are ${list(known)}.` : 'Add it to plan.yaml first: the page of clocks asks for it.',
      ),
  ),
  'clock-without-start': warning<Named & { within: string }>(
    ({ name, within }) => `The clock "${name}" runs for ${within}, and no event starts it.`,
    () =>
      'Add countedFrom with an event, such as { event: awareness }. Without it the page of clocks shows no deadline, which looks like time enough.',
  ),
  'unknown-clock': error<NearestName>(
    ({ name }) => `The notification has no clock "${name}" to count from.`,
    ({ nearest: name, known }) =>
      nearest(name, known.length ? `Its other clocks are ${list(known)}.` : 'It has no other clock.'),
  ),
  'circular-clocks': error<{ clocks: readonly string[] }>(
    ({ clocks }) => `These clocks start each other, so none ever starts: ${list(clocks)}.`,
    () => 'Let one of them count from an event of the incident, such as awareness.',
  ),
  'threshold-impossible': error<{ atLeast: number; fewerThan: number }>(
    ({ atLeast, fewerThan }) => `No number is at least ${atLeast} and fewer than ${fewerThan}.`,
    () => 'Correct one of them, or write two cases under appliesWhen.',
  ),

  // Changes that a lesson asks for
  'change-stale': warning<{ place: string; digest: string }>(
    ({ place }) => `${place} has another text now than the one that the change was written against.`,
    ({ digest }) =>
      `Read the text as it is today, adapt the change where it needs it, and set digest: ${digest}. Until then it is not applied.`,
  ),
  'change-text': error<{ reason: string; allowed: readonly string[]; isInstruction?: boolean }>(
    ({ reason }) => `The text of the change ${reason}.`,
    ({ allowed, isInstruction }) =>
      isInstruction
        ? 'Write one paragraph, without a block: the instruction alone. What stands under it is changed with do: replace.'
        : allowed.length > 0
          ? `Write exactly one block, with its id, as it will stand in the file: ${list(allowed)}.`
          : 'Documents of this kind have no steps; change a property with do: set instead.',
  ),
  'change-breaks-plan': warning<{ reason: string; where?: { path: string; rule: string; help: string } }>(
    ({ reason, where }) =>
      where
        ? `With this change ${where.path} would have an error: ${reason} (${where.rule})`
        : `The change cannot be applied: ${reason}`,
    ({ where }) =>
      `Adapt the change; as it is, firebreak lesson propose does not apply it.${where ? ` ${where.help}` : ''}`,
  ),
  'change-list-unknown': error<NearestName & { of: string }>(
    ({ name, of }) => `${of} has no list of the sort "${name}".`,
    ({ nearest: meant, known }) => nearest(meant, `What can be added there: ${list(known)}.`),
  ),

  // How it reads (English only)
  'hint-verb-first': hint<{ word: string }>(
    ({ word }) => `The instruction begins with "${word}".`,
    () =>
      'Begin with the verb ("Disconnect …") or with a condition ("If mail is down, call …"). It is read aloud to somebody who is busy.',
  ),
  'hint-one-action': hint<{ word: string }>(
    ({ word }) => `The instruction asks for two things ("${word}").`,
    () => 'Make it two steps, so that each can be ticked by one person at one time.',
  ),
  'hint-long-instruction': hint<{ words: number }>(
    ({ words }) => `The instruction has ${words} words.`,
    () => 'Keep it to about twenty-five, and put the rest into the detail below.',
  ),
  'hint-caution-acts': hint<{ word: string }>(
    ({ word }) => `The caution tells somebody to do something ("${word}").`,
    () =>
      'Say in the caution what can go wrong, and make the action a step. An action that hides in a caution is skipped.',
  ),
} satisfies Record<string, { level: Level }>;

export type DiagnosticId = keyof typeof catalogue;
export type DiagnosticArgs<Id extends DiagnosticId> = Parameters<(typeof catalogue)[Id]['message']>[0] &
  Parameters<(typeof catalogue)[Id]['help']>[0];
export const diagnosticIds = Object.keys(catalogue) as DiagnosticId[];
