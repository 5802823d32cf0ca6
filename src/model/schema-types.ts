// Generated from schemas/ by `npm run generate`. Edit the schema, not this file.

/**
 * Other words for the title that people search by. None is the title or alias of another document of the kind.
 * 
 * Items: One other word or phrase.
 */
export type Aliases = string[]
/**
 * Evidence that the action preserves.
 * 
 * Items: A class of evidence. The order is the order of volatility after RFC 3227 section 2.1, most volatile first; what a system holds before what is held elsewhere.
 */
export type EvidenceList = ("memory" | "network-state" | "processes" | "temporary-files" | "disk" | "logs" | "remote-logs" | "network-traffic" | "mailbox" | "cloud-state" | "physical" | "backups")[]
/**
 * Evidence that the action destroys.
 * 
 * Items: A class of evidence. The order is the order of volatility after RFC 3227 section 2.1, most volatile first; what a system holds before what is held elsewhere.
 */
export type EvidenceList1 = ("memory" | "network-state" | "processes" | "temporary-files" | "disk" | "logs" | "remote-logs" | "network-traffic" | "mailbox" | "cloud-state" | "physical" | "backups")[]
/**
 * Who approved which content. An approval counts when a signed commit of an approver of plan.yaml wrote it, or when the merge that brought it names the approver as having approved its pull request and the approver wrote no part of it; nothing counts in a plan with example: true.
 * 
 * Items: One approval.
 */
export type Approvals = {
/**
 * The person, as named in the team.
 */
by: string
/**
 * In which role the person approved.
 */
role: string
/**
 * The day of approval.
 */
on: string
/**
 * Digest of the content that was approved, written by firebreak approve. When the document says something else by now, the approval is shown as outdated. Default: none; the approval is then a claim.
 */
digest?: string
/**
 * Where the approval can be seen outside the repository, such as minutes or a review. It is linked, and by itself it counts for nothing. Default: none.
 */
evidence?: string
}[]
/**
 * Where the facts of the document come from, so that a reviewer can look them up again.
 * 
 * Items: One source.
 */
export type Sources = {
/**
 * Author or publisher, and title.
 */
title: string
/**
 * Address of the source.
 */
url?: string
/**
 * The day on which the source was last read for this document.
 */
checkedOn?: string
/**
 * What it was used for, or how far it was checked.
 */
note?: string
}[]
/**
 * One edit of the plan. What it holds depends on do.
 */
export type Change = (SetChange | InsertChange | ReplaceChange | RewordChange | MoveChange | RetireChange | AddChange | CreateChange)
/**
 * When a duty applies: it does as soon as one of these cases holds. The names are those of incidentFacts in plan.yaml. What a list cannot settle stays in words, under uncertain. A stage of a notification may say it too: both must hold. Default: nothing is said, so a duty may apply in every incident, and a stage whenever its notification does.
 * 
 * @minItems 1
 * 
 * Items: One case. It holds when every property that is given holds; a list holds when one of its facts does.
 */
export type AppliesWhen = {
/**
 * Where the law reaches: one of these is touched.
 * 
 * @minItems 1
 * 
 * Items: A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
jurisdictions?: string[]
/**
 * Kinds of organisation that it binds: ours is one of these.
 * 
 * @minItems 1
 * 
 * Items: A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
organisations?: string[]
/**
 * Kinds of data: one of these is affected.
 * 
 * @minItems 1
 * 
 * Items: A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
data?: string[]
/**
 * What was found or decided about the incident, such as the class major of a law: one of these is so.
 * 
 * @minItems 1
 * 
 * Items: A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
findings?: string[]
/**
 * The number of people concerned, where the law has a threshold.
 */
people?: {
/**
 * At least so many people. For "more than 500" write 501.
 */
atLeast?: number
/**
 * Fewer people than this.
 */
fewerThan?: number
/**
 * Who is counted, where it is only a part of all people concerned. A total can then rule the duty out, and never prove it.
 */
among?: string
}
/**
 * What these facts cannot settle. With it the duty at most may apply, and the text is shown with the advice to ask counsel.
 */
uncertain?: string
}[]
/**
 * Evidence that the step preserves.
 * 
 * Items: A class of evidence. The order is the order of volatility after RFC 3227 section 2.1, most volatile first; what a system holds before what is held elsewhere.
 */
export type EvidenceList2 = ("memory" | "network-state" | "processes" | "temporary-files" | "disk" | "logs" | "remote-logs" | "network-traffic" | "mailbox" | "cloud-state" | "physical" | "backups")[]
/**
 * Evidence that the step destroys.
 * 
 * Items: A class of evidence. The order is the order of volatility after RFC 3227 section 2.1, most volatile first; what a system holds before what is held elsewhere.
 */
export type EvidenceList3 = ("memory" | "network-state" | "processes" | "temporary-files" | "disk" | "logs" | "remote-logs" | "network-traffic" | "mailbox" | "cloud-state" | "physical" | "backups")[]
/**
 * Evidence that the step preserves.
 * 
 * Items: A class of evidence. The order is the order of volatility after RFC 3227 section 2.1, most volatile first; what a system holds before what is held elsewhere.
 */
export type EvidenceList4 = ("memory" | "network-state" | "processes" | "temporary-files" | "disk" | "logs" | "remote-logs" | "network-traffic" | "mailbox" | "cloud-state" | "physical" | "backups")[]
/**
 * Evidence that the step destroys.
 * 
 * Items: A class of evidence. The order is the order of volatility after RFC 3227 section 2.1, most volatile first; what a system holds before what is held elsewhere.
 */
export type EvidenceList5 = ("memory" | "network-state" | "processes" | "temporary-files" | "disk" | "logs" | "remote-logs" | "network-traffic" | "mailbox" | "cloud-state" | "physical" | "backups")[]
/**
 * Evidence that the step preserves.
 * 
 * Items: A class of evidence. The order is the order of volatility after RFC 3227 section 2.1, most volatile first; what a system holds before what is held elsewhere.
 */
export type EvidenceList6 = ("memory" | "network-state" | "processes" | "temporary-files" | "disk" | "logs" | "remote-logs" | "network-traffic" | "mailbox" | "cloud-state" | "physical" | "backups")[]
/**
 * Evidence that the step destroys.
 * 
 * Items: A class of evidence. The order is the order of volatility after RFC 3227 section 2.1, most volatile first; what a system holds before what is held elsewhere.
 */
export type EvidenceList7 = ("memory" | "network-state" | "processes" | "temporary-files" | "disk" | "logs" | "remote-logs" | "network-traffic" | "mailbox" | "cloud-state" | "physical" | "backups")[]
/**
 * One entry.
 */
export type IncidentEntry = (IncidentStartedEntry | IncidentNamedEntry | PrioritySetEntry | IncidentClosedEntry | IncidentReopenedEntry | HoldPlacedEntry | HoldLiftedEntry | RoleTakenEntry | RoleLeftEntry | StepTickedEntry | StepUntickedEntry | StepSkippedEntry | DecisionTakenEntry | ReasonGivenEntry | NoteEntry | CorrectedEntry | TargetAddedEntry | TargetRemovedEntry | TargetDoneEntry | TargetUndoneEntry | FactEntry | ClockComparedEntry | FormWrittenEntry | ExerciseClockEntry | InjectReleasedEntry | ExpectationJudgedEntry | ExerciseEndedEntry | LessonNotedEntry)
/**
 * The entries that this one takes the place of: what its writer saw at that moment. Two entries of which neither replaces the other were written without knowledge of each other; where they differ, that is a conflict. Default: none.
 * 
 * Items: Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
export type Replaces = string[]
/**
 * What kind of indicator it is. Default: told from the value.
 */
export type IndicatorType = ("ipv4" | "ipv6" | "domain" | "url" | "mail" | "md5" | "sha-1" | "sha-256" | "sha-512" | "file-name" | "file-path" | "registry-key" | "user-agent" | "other")
/**
 * How it went: in time, too late, not at all, or in a way that nobody could say.
 */
export type Verdict = ("done" | "late" | "missed" | "unclear")

/**
 * A step that is written once and used by many runbooks. Its title is the instruction that the responder reads.
 */
export interface ActionData {
/**
 * The instruction: a verb and its object.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * Who does it, unless a runbook says otherwise.
 */
role: string
/**
 * Usual time limit.
 */
within?: string
/**
 * When a time limit starts: when somebody first noticed (detection), when the incident was declared (declaration), or when the step before was done (previous-step). Default: previous-step.
 */
from?: ("detection" | "declaration" | "previous-step")
/**
 * What a step is done to, so that several of them are ticked one by one.
 */
targets?: ("hosts" | "accounts" | "mailboxes" | "networks" | "cloud-resources" | "data-stores" | "indicators")
preserves?: EvidenceList
destroys?: EvidenceList1
/**
 * What can go wrong, and what it costs.
 * 
 * @minItems 1
 * 
 * Items: One risk.
 */
risks: string[]
/**
 * ATT&CK techniques that the action answers.
 */
techniques?: string[]
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner?: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources?: Sources
}
/**
 * What the document says now was published before anybody approved it, because it could not wait. Its page says so until firebreak approve takes this out. Default: none.
 */
export interface Unapproved {
/**
 * The day from which it has been in use without an approval.
 */
since: string
/**
 * The last day on which the approval is in time.
 */
due: string
/**
 * The role that has to approve it.
 */
role: string
/**
 * Why it could not wait, in a sentence that everybody may read who reads the document.
 */
why: string
}
/**
 * When the document was last read through in full, and how often it must be.
 */
export interface Review {
/**
 * The day of the last review. No default: a document without it has never been reviewed.
 */
last?: string
/**
 * Who read it then, as named in the team. No default.
 */
by?: string
/**
 * What came of that review, in a sentence. No default: nothing had to be said.
 */
note?: string
/**
 * How often it is reviewed. Default: the period of plan.yaml for the kind.
 */
every?: string
}
/**
 * How to reach a person, team or organisation.
 */
export interface ContactData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary?: string
aliases?: Aliases
/**
 * Roles that this contact fills.
 */
roles?: string[]
/**
 * Organisation, when it is not ours.
 */
organisation?: string
/**
 * Ways to reach it, in the order to try.
 * 
 * @minItems 1
 * 
 * Items: One way.
 */
channels: {
/**
 * What it is.
 */
kind: ("phone" | "mobile" | "mail" | "chat" | "radio" | "address" | "web" | "pager")
/**
 * Number, address or name.
 */
value: string
/**
 * Whether it works, and stays private, when the organisation's own network, mail and identity provider are lost. Default: false.
 */
outOfBand?: boolean
/**
 * When or how to use it.
 */
note?: string
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}[]
/**
 * When it answers.
 */
available?: string
/**
 * How to make sure that who calls is who they say.
 */
callBack?: string
/**
 * When the contact was last reached as a test.
 */
verifiedOn?: string
/**
 * The role that keeps the document right.
 */
owner?: string
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
}
/**
 * A requirement of a framework and the documents that address it, in our own words.
 */
export interface ControlData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * Framework and version.
 */
framework: string
/**
 * The requirement's number.
 */
identifier: string
/**
 * Documents that address it, as kind:id.
 * 
 * Items: One reference.
 */
addressedBy?: string[]
/**
 * What the requirement asks for, item by item, where it asks for several things. Default: none; then the requirement is answered as a whole.
 * 
 * @minItems 1
 * 
 * Items: One item.
 */
items?: {
/**
 * Its number in the framework.
 */
item: string
/**
 * What it asks for, in our own words.
 */
asks: string
/**
 * Documents that address it, as kind:id. They need not be named for the whole requirement too. Default: none, which is shown as a gap.
 * 
 * Items: One reference.
 */
addressedBy?: string[]
/**
 * What of it is not addressed. Shown as a gap.
 */
gap?: string
}[]
/**
 * What is not addressed. Shown as a gap.
 */
gap?: string
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner?: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources: Sources
}
/**
 * A simulated incident with timed injects. Unstable until exercises are run on the site.
 */
export interface ExerciseData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * How it is played.
 */
form: ("tabletop" | "drill" | "simulation" | "full-scale")
/**
 * How long it takes.
 */
length: string
/**
 * Runbooks that it tests.
 * 
 * @minItems 1
 */
runbooks: string[]
/**
 * What it should show.
 * 
 * @minItems 1
 * 
 * Items: One objective.
 */
objectives: string[]
/**
 * Roles that play.
 * 
 * @minItems 1
 */
players: string[]
/**
 * What the players are told, in order.
 * 
 * @minItems 1
 * 
 * Items: One inject.
 */
injects: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * Time since the start.
 */
at: string
/**
 * Name for the facilitator.
 */
title: string
/**
 * What is read out.
 */
text: string
/**
 * Steps that should follow.
 */
expects?: string[]
/**
 * What the facilitator knows or watches for.
 */
facilitator?: string
}[]
/**
 * When it was held.
 * 
 * Items: One time.
 */
held?: {
/**
 * The day.
 */
on: string
/**
 * Roles that took part. Default: all players of the exercise.
 * 
 * @minItems 1
 * 
 * Items: One role.
 */
roles?: string[]
/**
 * The lesson that came of it.
 */
lesson?: string
/**
 * Where the record is kept.
 */
evidence?: string
}[]
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner?: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources?: Sources
}
/**
 * What was learned from an incident or an exercise, and what it changes. Holds roles, never names, hosts, indicators or blame: git forgets nothing.
 */
export interface LessonData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * What it came from: an incident, an exercise, or somebody who read or used the plan and suggests a change; template marks the form that others are copied from.
 */
from: ("incident" | "exercise" | "template" | "suggestion")
/**
 * Day of the review meeting.
 */
on?: string
/**
 * The exercise it came from.
 */
exercise?: string
/**
 * Runbooks that were used.
 */
runbooks?: string[]
/**
 * What happened, as the five W's. Roles, not names; what must be kept about people and machines stays in the incident record.
 */
happened?: {
/**
 * Whom it touched and who responded, as roles and groups.
 */
who?: string
/**
 * What it was and what it did to operations.
 */
what?: string
/**
 * When it began, was noticed and ended, as lengths of time.
 */
when?: string
/**
 * Which part of the organisation and which kind of system.
 */
where?: string
/**
 * Why it could happen, in one sentence; the causes stand under rootCauses.
 */
why?: string
}
/**
 * What happened when, in order of time.
 * 
 * Items: One moment.
 */
timeline?: {
/**
 * When, with the offset from UTC. In an exercise the time of the story may be used.
 */
at: string
/**
 * What happened or was done, by which role.
 */
what: string
}[]
/**
 * How long it took: ISO 8601 durations (PT41M is 41 minutes, P1DT2H a day and two hours). Detecting, containing and recovering are measured under these names in the AWS Security Incident Response Guide (summary of metrics, https://docs.aws.amazon.com/whitepapers/latest/aws-security-incident-response-guide/metrics-summary.html), which does not say from when they count. That all but the first count from the first sign is a choice made here, so that they can be compared with the time limits of steps.
 */
metrics?: {
/**
 * From the beginning of the incident until somebody noticed.
 */
detect?: string
/**
 * From noticing until the first report to management or to a body that must be told.
 */
notify?: string
/**
 * From noticing until the commander decided that containment holds.
 */
contain?: string
/**
 * From noticing until operations were back to normal business.
 */
recover?: string
}
/**
 * What did we learn?
 * 
 * Items: One point.
 */
learned?: string[]
/**
 * How can we be better?
 * 
 * Items: One point.
 */
better?: string[]
/**
 * What went well?
 * 
 * Items: One point.
 */
wentWell?: string[]
/**
 * What did not go well? The step or tool, what was expected, what happened.
 * 
 * Items: One point, without blame.
 */
notWell?: string[]
/**
 * Where were we lucky?
 * 
 * Items: One point.
 */
lucky?: string[]
/**
 * Why it happened, down to what can be changed; say for each whether it is known or suspected, and how.
 * 
 * Items: One cause.
 */
rootCauses?: string[]
/**
 * What will be done.
 * 
 * Items: One action item.
 */
actionItems?: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What.
 */
what: string
/**
 * What it changes.
 */
type: ("documentation" | "policy" | "procedure" | "tool" | "people" | "training" | "budget")
/**
 * Who.
 */
owner: string
/**
 * By when.
 */
due: string
/**
 * Where it stands. Default: open.
 */
state?: ("open" | "done" | "dropped")
/**
 * Where it is tracked.
 */
tracked?: string
}[]
/**
 * Edits of the plan that this lesson asks for, applied by firebreak lesson propose in this order, all or none.
 */
changes?: Change[]
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner?: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * It was made of a record that was under legal hold. It goes into no repository unless somebody releases it by name. Default: it was not.
 */
hold?: true
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources?: Sources
}
/**
 * Gives a property of a document another value, or removes it.
 */
export interface SetChange {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What kind of change this is.
 */
do: "set"
/**
 * The document, or plan for plan.yaml.
 */
of: string
/**
 * Which property, as a JSON Pointer (RFC 6901) into the front matter or the YAML file: the form that diagnostics and schemas use, in which names may hold any sign and entries of lists have numbers from 0.
 */
field: string
/**
 * Digest of the text that the change was written against, as printed by firebreak digest. When the plan has another text by then, the change is not applied.
 */
digest: string
/**
 * The new value, of any shape that the schema of the document allows there. Either this or remove.
 */
value?: {
[k: string]: unknown | undefined
}
/**
 * Removes the property instead.
 */
remove?: true
/**
 * The reason, as a reviewer reads it who was not there.
 */
why: string
/**
 * The day by which the change should be in the plan. After it an unapplied change is reported as overdue.
 */
due?: string
/**
 * Digest of the text after the change, written by firebreak lesson propose; never by hand. The change is then part of the same commit. For a step that was retired it is the digest of nothing.
 */
applied?: string
confirmed?: Confirmation
}
/**
 * That an exercise or incident has used the changed text, and that it works. Only this closes the change.
 */
export interface Confirmation {
/**
 * The day on which it was used.
 */
on: string
/**
 * The role that confirms it.
 */
by: string
/**
 * The exercise of the plan in which it was used. Default: none; it was an incident, or an exercise that is no document of the plan.
 */
exercise?: string
/**
 * What it was used in. Default: exercise where one is named, else incident.
 */
in?: ("incident" | "exercise")
/**
 * Number under which the record is kept elsewhere. No title: it would say what happened. Default: none.
 */
ticket?: string
/**
 * What was seen.
 */
note?: string
}
/**
 * Puts a new block beside a step.
 */
export interface InsertChange {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What kind of change this is.
 */
do: "insert"
/**
 * The step beside which it goes, by document and step id.
 */
of: string
/**
 * On which side of the step.
 */
place: ("before" | "after")
/**
 * Digest of the text that the change was written against, as printed by firebreak digest. When the plan has another text by then, the change is not applied.
 */
digest: string
/**
 * The block as it will stand in the file: one Step, Use or Decision (in an action one Part), or one Caution before the step that it is about.
 */
text: string
/**
 * The reason, as a reviewer reads it who was not there.
 */
why: string
/**
 * The day by which the change should be in the plan. After it an unapplied change is reported as overdue.
 */
due?: string
/**
 * Digest of the text after the change, written by firebreak lesson propose; never by hand. The change is then part of the same commit. For a step that was retired it is the digest of nothing.
 */
applied?: string
confirmed?: Confirmation
}
/**
 * Writes a step anew. Its id stays.
 */
export interface ReplaceChange {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What kind of change this is.
 */
do: "replace"
/**
 * The step.
 */
of: string
/**
 * Digest of the text that the change was written against, as printed by firebreak digest. When the plan has another text by then, the change is not applied.
 */
digest: string
/**
 * The whole step as it will stand in the file, with the same id.
 */
text: string
/**
 * The reason, as a reviewer reads it who was not there.
 */
why: string
/**
 * The day by which the change should be in the plan. After it an unapplied change is reported as overdue.
 */
due?: string
/**
 * Digest of the text after the change, written by firebreak lesson propose; never by hand. The change is then part of the same commit. For a step that was retired it is the digest of nothing.
 */
applied?: string
confirmed?: Confirmation
}
/**
 * Gives a step another instruction: its first paragraph. Who does it, the details and all else stay.
 */
export interface RewordChange {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What kind of change this is.
 */
do: "reword"
/**
 * The step.
 */
of: string
/**
 * Digest of the text that the change was written against, as printed by firebreak digest. When the plan has another text by then, the change is not applied.
 */
digest: string
/**
 * The instruction as it will stand in the file: one paragraph of Markdown, without a block.
 */
text: string
/**
 * The reason, as a reviewer reads it who was not there.
 */
why: string
/**
 * The day by which the change should be in the plan. After it an unapplied change is reported as overdue.
 */
due?: string
/**
 * Digest of the text after the change, written by firebreak lesson propose; never by hand. The change is then part of the same commit. For a step that was retired it is the digest of nothing.
 */
applied?: string
confirmed?: Confirmation
}
/**
 * Moves a step, with the cautions before it, beside another of the same document.
 */
export interface MoveChange {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What kind of change this is.
 */
do: "move"
/**
 * The step that is moved.
 */
of: string
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
to: string
/**
 * On which side of the step.
 */
place: ("before" | "after")
/**
 * Digest of the text that the change was written against, as printed by firebreak digest. When the plan has another text by then, the change is not applied.
 */
digest: string
/**
 * The reason, as a reviewer reads it who was not there.
 */
why: string
/**
 * The day by which the change should be in the plan. After it an unapplied change is reported as overdue.
 */
due?: string
/**
 * Digest of the text after the change, written by firebreak lesson propose; never by hand. The change is then part of the same commit. For a step that was retired it is the digest of nothing.
 */
applied?: string
confirmed?: Confirmation
}
/**
 * Takes a step out, with the cautions before it, and marks its id in ids.lock; or sets a document to retired.
 */
export interface RetireChange {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What kind of change this is.
 */
do: "retire"
/**
 * The step, or the document.
 */
of: string
/**
 * Digest of the text that the change was written against, as printed by firebreak digest. When the plan has another text by then, the change is not applied.
 */
digest: string
/**
 * The step that takes its place; ids.lock then says that the id moved there. Only where a step is retired.
 */
instead?: string
/**
 * The reason, as a reviewer reads it who was not there.
 */
why: string
/**
 * The day by which the change should be in the plan. After it an unapplied change is reported as overdue.
 */
due?: string
/**
 * Digest of the text after the change, written by firebreak lesson propose; never by hand. The change is then part of the same commit. For a step that was retired it is the digest of nothing.
 */
applied?: string
confirmed?: Confirmation
}
/**
 * Appends an entry to a list of a document. It has no digest: adding holds whatever else the list holds by then, and what it holds already is not added twice.
 */
export interface AddChange {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What kind of change this is.
 */
do: "add"
/**
 * The document.
 */
of: string
/**
 * What is added. The list is the first of the document that holds such references, by its schema; source means the list of sources.
 */
what: string
/**
 * Which list, where the document has several of the sort. Default: the first.
 */
field?: string
/**
 * The entry: the bare id for a reference, the properties for a source.
 */
value: {
[k: string]: unknown | undefined
}
/**
 * The reason, as a reviewer reads it who was not there.
 */
why: string
/**
 * The day by which the change should be in the plan. After it an unapplied change is reported as overdue.
 */
due?: string
/**
 * Digest of the text after the change, written by firebreak lesson propose; never by hand. The change is then part of the same commit. For a step that was retired it is the digest of nothing.
 */
applied?: string
confirmed?: Confirmation
}
/**
 * Adds a new document.
 */
export interface CreateChange {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What kind of change this is.
 */
do: "create"
/**
 * Kind and id of the new document; its file name follows.
 */
of: string
/**
 * The whole file. It is an .mdx file when it begins with ---, else a .yaml file.
 */
text: string
/**
 * The reason, as a reviewer reads it who was not there.
 */
why: string
/**
 * The day by which the change should be in the plan. After it an unapplied change is reported as overdue.
 */
due?: string
/**
 * Digest of the text after the change, written by firebreak lesson propose; never by hand. The change is then part of the same commit. For a step that was retired it is the digest of nothing.
 */
applied?: string
confirmed?: Confirmation
}
/**
 * A communication template.
 */
export interface MessageData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * Who receives it.
 */
to: string
/**
 * How it is sent when the usual way is lost.
 */
channel?: string
/**
 * Who sends it.
 */
sender: string
/**
 * Who releases it.
 */
approver: string
/**
 * When it is sent.
 */
when: string
/**
 * What must not be said.
 * 
 * Items: One thing.
 */
mustNotSay?: string[]
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner?: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources?: Sources
}
/**
 * A legal or contractual duty to tell somebody. Unstable while clocks are new. Not legal advice.
 */
export interface NotificationData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary?: string
aliases?: Aliases
/**
 * Law, directive or contract.
 */
regime: string
/**
 * Where it holds.
 */
jurisdiction: string
/**
 * The passage.
 */
article?: string
/**
 * What gives rise to the duty.
 */
trigger: string
appliesWhen?: AppliesWhen
/**
 * Stages with their deadlines.
 * 
 * Items: One stage.
 */
clocks: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What is due.
 */
what: string
appliesWhen?: AppliesWhen
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
within?: string
/**
 * How the time is counted. exact: from the moment to the same time of day, the shortest reading. whole-days: from the end of the day of the event to the end of the last day. eu-1182-71: planned as exact, and the later end under Regulation (EEC, Euratom) No 1182/71 is shown beside it. Default: exact.
 */
counting?: ("exact" | "whole-days" | "eu-1182-71")
/**
 * What starts the clock.
 */
starts: string
/**
 * The event that starts the clock, as data. No default: a clock without it never shows a deadline by itself.
 */
countedFrom?: {
/**
 * suspicion: there are grounds to suspect. awareness: the organisation is aware. discovery: the first day on which it is known, or would be with due care. finding: a finding was made or decided. payment: a ransom was paid. sent: another stage was sent. due: the time for another stage ends. request: somebody asks for it. more-facts: missing facts become known. remedy: an update or other measure is available. handled: the incident is handled. year-end: the calendar year of the discovery ends.
 */
event: ("suspicion" | "awareness" | "discovery" | "finding" | "payment" | "sent" | "due" | "request" | "more-facts" | "remedy" | "handled" | "year-end")
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
finding?: string
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
clock?: string
}
/**
 * Who is told.
 */
recipient: string
}[]
/**
 * How far the row was checked: confirmed in the text of the law, possible (ask counsel), or a proposal that is not in force.
 */
standing: ("confirmed" | "possible" | "proposal")
/**
 * When it was last compared with its source.
 */
checkedOn: string
/**
 * Since when it holds.
 */
effectiveFrom?: string
/**
 * Who decides whether the duty applies.
 */
decides?: string
/**
 * Template to use.
 */
message?: string
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner?: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources: Sources
}
/**
 * Any other page of the plan: policy, scope, distribution.
 */
export interface PageData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * Place in the list of pages, lowest first. Default: 100.
 */
order?: number
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner?: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources?: Sources
}
/**
 * One of the six phases: what it is for, when it starts and ends, and guidelines that hold for every runbook.
 */
export interface PhaseData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * Place among the six phases, 1 to 6.
 */
order: number
/**
 * Name short enough for a tab on a phone. Default: the title.
 */
shortTitle?: string
/**
 * What is true when the phase has done its work.
 */
goal: string
/**
 * When the phase starts.
 */
starts: string
/**
 * What must be true before the next phase is entered. Each can be answered yes or no.
 * 
 * @minItems 1
 * 
 * Items: One criterion.
 */
exitCriteria: string[]
/**
 * Worksheets used in this phase.
 */
worksheets?: string[]
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner?: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources?: Sources
}
/**
 * plan.yaml: what holds for the whole plan.
 */
export interface PlanSettings {
/**
 * The version of the schemas that the plan is written for. Must be 2; a plan of version 1 is still read, and firebreak migrate changes it.
 */
schema: 2
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary?: string
/**
 * Marks a plan whose approvals, reviews and exercises are examples. They are shown as examples and never count. Default: false.
 */
example?: boolean
/**
 * The language of the content as a BCP 47 tag. Chooses the words of the interface and which writing hints apply. Default: en.
 */
language?: string
/**
 * Who the plan belongs to. Every property can be used in text as {organisation.name} and so on.
 */
organisation: {
/**
 * Full name.
 */
name: string
/**
 * Short name used in running text.
 */
shortName?: string
/**
 * Sector, in words.
 */
sector?: string
/**
 * IANA name of the time zone in which local times are shown.
 */
timeZone: string
/**
 * Main domain name.
 */
domain?: string
/**
 * Further domain names of the organisation. With the main one they are never put on a list of indicators to block; their subdomains neither.
 * 
 * Items: One domain name.
 */
domains?: string[]
}
/**
 * Values that text may use as {name} or {group.name}: telephone bridge, case folder, tool addresses. Kept here so that one edit changes every document.
 */
variables?: {
[k: string]: string | {
/**
 * One value.
 */
[k: string]: string | undefined
} | undefined
}
/**
 * Who may read the value of a variable, by its name or the name of its group. Default for a variable: what defaultLabels says for plan.
 */
variableLabels?: {
/**
 * The id of a label.
 */
[k: string]: string | undefined
}
/**
 * Where the plan is kept. Used for edit and history links, and for pull requests.
 */
repository?: {
/**
 * Web address of the repository.
 */
url: string
/**
 * Branch that is published. Default: main.
 */
branch?: string
/**
 * Which software serves it; decides how pages are linked and pull requests opened. Forgejo is gitea. Default: told by the host's name (github.com, gitlab.example.org, codeberg.org …), else git.
 */
forge?: ("github" | "gitlab" | "gitea" | "git")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The role that keeps the document right.
 */
owner?: string
review?: Review
approvals?: Approvals
/**
 * How often each kind of document is reviewed, by kind; contacts are reached instead, see upkeep. A kind that is not named has no review date. SP 800-61r2 section 2.3.2 asks for at least once a year for the plan.
 */
reviewEvery?: {
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
[k: string]: string | undefined
}
/**
 * How often the plan is held against the world again, beside its reviews. What falls due is told by firebreak check, firebreak upkeep, the page of upkeep and the scheduled job. What was never done counts from the approval; a draft has no day.
 */
upkeep?: {
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
verifyContacts?: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
verifyResources?: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
checkNotifications?: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
exerciseRunbooks?: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
confirmChanges?: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
remindBefore?: string
/**
 * Who is mentioned on the forge for what a role has to do, in the issue of the scheduled job. Default: nobody is.
 * 
 * Items: One role.
 */
mention?: {
/**
 * The role.
 */
role: string
/**
 * Names of people or teams on the forge, without the @.
 * 
 * @minItems 1
 * 
 * Items: One name; of a team with its organisation.
 */
accounts: string[]
}[]
}
/**
 * How criticality and impact give a priority.
 */
priority: {
/**
 * How fast the response must be, most urgent first.
 * 
 * @minItems 2
 * 
 * Items: One level.
 */
criticality: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * Its name as spoken.
 */
name: string
/**
 * When this level is the right one, in words that need no judgement.
 */
meaning: string
}[]
/**
 * How long and how badly the incident affects business operations, worst first. Data, people's safety and recoverability raise it; unknown counts as the worst.
 * 
 * @minItems 2
 * 
 * Items: One level.
 */
impact: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * Its name as spoken.
 */
name: string
/**
 * When this level is the right one, in words that need no judgement.
 */
meaning: string
}[]
/**
 * The priorities, highest first.
 * 
 * @minItems 2
 * 
 * Items: One priority.
 */
levels: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * Its name as spoken.
 */
name: string
/**
 * What it means for the people who respond.
 */
meaning: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
respondWithin: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
updateEvery: string
/**
 * Roles that are told at once.
 */
tell?: string[]
}[]
/**
 * The matrix: for each criticality level, the priority for each impact level.
 */
cells: {
[k: string]: {
/**
 * The id of a priority.
 */
[k: string]: string | undefined
} | undefined
}
}
/**
 * Who may do what without asking, and who takes over.
 */
authority: {
/**
 * Powers, the most drastic first.
 * 
 * Items: One power.
 */
powers: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What may be done.
 */
power: string
/**
 * Who may do it unasked.
 * 
 * @minItems 1
 */
roles: string[]
/**
 * Up to what limit, or on what condition.
 */
limit?: string
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}[]
/**
 * Who takes over when somebody is suspected.
 * 
 * Items: One rule.
 */
suspicion: {
/**
 * Who is suspected.
 */
suspect: string
/**
 * Who leads instead.
 * 
 * @minItems 1
 */
takesOver: string[]
/**
 * What else holds.
 */
note?: string
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}[]
}
/**
 * The platforms and tools that variants may name, and which of them the organisation uses. Variants for the used ones are shown first.
 * 
 * Items: One platform or tool.
 */
stack?: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * Its name.
 */
name: string
/**
 * What it is for; variants of one category exclude each other.
 */
category: string
/**
 * Whether the organisation uses it. Default: true.
 */
used?: boolean
}[]
/**
 * Groups under which signals are shown on the home page, in order.
 * 
 * Items: One group.
 */
signalGroups: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What a person would call the place where it was seen.
 */
name: string
}[]
/**
 * Who is called before anything else in every incident, unless its runbook names others. Each runbook shows it above its first step.
 */
firstCall?: {
/**
 * Contacts in the order in which they are tried.
 * 
 * @minItems 1
 * @maxItems 3
 */
contacts: string[]
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
tryFor?: string
}
/**
 * What the home page says before anything else.
 */
home: {
/**
 * Questions that come before all others, each with what to do if the answer is yes or unknown.
 * 
 * @minItems 1
 * @maxItems 4
 * 
 * Items: One question.
 */
questions: {
/**
 * The question.
 */
question: string
/**
 * What to do if the answer is yes or not known.
 */
ifYes: string
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}[]
/**
 * What to do if the answer to all of them is no.
 */
otherwise?: string
/**
 * The runbook whose first minutes hold in any incident, and where "none of these" leads.
 */
firstRunbook: string
/**
 * Who to call, in order.
 * 
 * @minItems 1
 */
contacts: string[]
}
/**
 * The facts of an incident on which duties to notify depend. Notifications name them under appliesWhen, and the page of clocks asks for them.
 */
incidentFacts?: {
/**
 * Countries, states and unions.
 */
jurisdictions?: IncidentFact[]
/**
 * Kinds of organisation that a law or contract speaks of.
 */
organisations?: IncidentFact[]
/**
 * Kinds of data.
 */
data?: IncidentFact[]
/**
 * What is found or decided about the incident: the class that a law gives it, a risk to people, a ransom that was paid.
 */
findings?: IncidentFact[]
}
/**
 * Which ATT&CK the techniques were checked against.
 */
attack?: {
/**
 * Version of ATT&CK.
 */
version: string
/**
 * Day of the check.
 */
checkedOn?: string
}
/**
 * The organisation's own labels for who may read what, the most open last. Default: restricted, internal, public.
 * 
 * Items: One label.
 */
labels?: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * Its name.
 */
name: string
/**
 * Who may read it.
 */
meaning: string
}[]
/**
 * The label of what has none, by kind of document; plan stands for plan.yaml: its questions, authority, variables, approvals and repository. Default: the first label, so that nothing is public unless something says so.
 */
defaultLabels?: {
/**
 * The id of a label.
 */
[k: string]: string | undefined
}
/**
 * Who may approve documents and the plan. An approval of anybody else is a claim. Default: nobody.
 * 
 * Items: One person.
 */
approvers?: {
/**
 * The person, as approvals name them under by.
 */
name: string
/**
 * The roles in which this person approves.
 * 
 * @minItems 1
 */
roles: string[]
/**
 * Mail addresses by which git and the forge know this person; those of signing keys stand in allowedSigners.
 * 
 * @minItems 1
 * 
 * Items: One address.
 */
addresses: string[]
}[]
/**
 * Path, from the root of the repository, of the file that says which keys sign for which address, in the form of ssh-keygen(1), ALLOWED SIGNERS. Whoever may change it decides whose approval counts: protect it as the plan itself. Default: none; no signature then counts.
 */
allowedSigners?: string
/**
 * For whom the plan is built, and which labels each may read: firebreak build --audience public. Without the option it is built for internal. Default: internal reads every label, auditor all but the first, public the label public alone.
 * 
 * Items: One audience.
 */
audiences?: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * Its name.
 */
name: string
/**
 * Labels it may read.
 * 
 * Items: The id of a label.
 */
labels: string[]
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * What stands where the plan names something that this audience may not read: the word withheld, or nothing. Default: withheld.
 */
references?: ("withheld" | "nothing")
/**
 * Whether the history shows who changed a document and why, where the commit touches only files that this audience may read. Otherwise it shows the day alone. Default: false; an audience that reads every label sees all of it.
 */
history?: boolean
}[]
/**
 * Phrases, ids and numbers that also stand in what is withheld and may be in every build. The scan of a build for an audience passes over them.
 * 
 * Items: One phrase, as it is written.
 */
notSecret?: string[]
/**
 * Kinds whose documents may lie outside the repository and are given with --overlay, so that the repository holds none of them. Without an overlay a name of such a document that is missing is a warning and no error. Default: none.
 * 
 * Items: A kind of document.
 */
overlay?: string[]
}
/**
 * One fact that somebody can answer with yes, no or not known.
 */
export interface IncidentFact {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * The fact as a person reads it, beside the answers yes, no and not known.
 */
name: string
/**
 * What to look at before answering, or who decides it.
 */
help?: string
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
partOf?: string
/**
 * The answer, where it does not change from incident to incident, such as what kind of organisation this is. It can be changed on the page.
 */
known?: ("yes" | "no")
/**
 * Who settled the known answer, when and why.
 */
basis?: string
}
/**
 * A register for the assurance page: which incidents there were and which plan they followed, and who holds the plan and has acknowledged which version. References and roles only: what happened is in the ticket, and what was learned in a lesson.
 */
export interface RegisterData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary?: string
/**
 * Incidents that are over, the newest first. Default: none.
 * 
 * Items: One incident.
 */
incidents?: {
/**
 * Its number where incidents are tracked. No title: it would say what happened.
 */
ticket: string
/**
 * Address of the ticket or of the record.
 */
evidence?: string
/**
 * The day on which it was declared.
 */
declared: string
/**
 * The day on which it was closed. Default: it is still open.
 */
closed?: string
/**
 * The highest priority that it had, as a level of plan.yaml.
 */
priority?: string
/**
 * Runbooks that were followed. Default: none was.
 */
runbooks?: string[]
/**
 * The version of the plan, as its pages and papers print it: the first digits of the commit.
 */
version?: string
/**
 * The lesson that came of it.
 */
lesson?: string
}[]
/**
 * Who holds a copy of the plan (SP 800-53 IR-8 b: copies go to named people or elements of the organisation). Default: none.
 * 
 * Items: One holder.
 */
holders?: {
/**
 * The role that holds it.
 */
role: string
/**
 * What the role holds: the site, the copy that is one file, or paper. Default: site.
 */
copy?: ("site" | "one-file" | "paper")
/**
 * Where a copy lies that is no site, so that it can be exchanged.
 */
place?: string
/**
 * Versions that the holder said to have received and read, the newest first. Default: none.
 * 
 * Items: One acknowledgement.
 */
acknowledged?: {
/**
 * The version of the plan, as its pages and papers print it: the first digits of the commit.
 */
version: string
/**
 * The day.
 */
on: string
/**
 * Where it can be seen, such as a signed slip.
 */
evidence?: string
}[]
}[]
/**
 * The role that keeps the document right.
 */
owner?: string
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * Something that must be ready before it is needed: software, equipment, contract, channel.
 */
export interface ResourceData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * What it is.
 */
category: ("software" | "equipment" | "contract" | "channel" | "backup" | "document" | "budget")
/**
 * Where it is kept, so that somebody finds it at night.
 */
place: string
/**
 * How much of it is there.
 */
amount?: string
/**
 * What it is for.
 */
usedFor?: string
/**
 * When it was last tried.
 */
verifiedOn?: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
verifyEvery?: string
/**
 * Actions that need it.
 */
actions?: string[]
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources?: Sources
}
/**
 * A part that somebody plays in the response.
 */
export interface RoleData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * What the role does first, in order, each an instruction.
 * 
 * @minItems 1
 * @maxItems 9
 * 
 * Items: One instruction.
 */
firstFifteenMinutes: string[]
/**
 * Decisions that the role may take alone.
 * 
 * Items: One decision.
 */
mayDecide?: string[]
/**
 * Roles that stand in, in order.
 */
deputies?: string[]
/**
 * Roles that the same person may hold in a small team.
 */
combinesWith?: string[]
/**
 * Roles that the same person may never hold.
 */
neverWith?: string[]
/**
 * What is handed over at the end of a shift.
 * 
 * Items: One point.
 */
handOver?: string[]
/**
 * Training that the role needs.
 */
training?: string[]
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner?: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources?: Sources
}
/**
 * The response to one incident type.
 */
export interface RunbookData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * Two to four capital letters that are spoken before a step number: RW 14. Unique in the plan.
 */
code: string
/**
 * Runbooks for which this one is mistaken, and how to tell them apart.
 * 
 * Items: One.
 */
mistakenFor?: {
/**
 * The other runbook.
 */
runbook: string
/**
 * How to tell them apart.
 */
because: string
}[]
/**
 * What a person notices.
 */
signals: {
/**
 * Signals that speak for this runbook, strongest first.
 * 
 * @minItems 1
 */
confirm: string[]
/**
 * Signals that speak against it.
 */
exclude?: string[]
}
/**
 * Quick ways to make sure that this is the right runbook.
 * 
 * @maxItems 5
 * 
 * Items: One check with its result.
 */
confirmWith?: string[]
/**
 * What shows that it is something else, and where to go then.
 * 
 * @maxItems 5
 * 
 * Items: One observation and where it leads.
 */
notThisIf?: string[]
/**
 * What makes it worse, at most five. A phone shows the first sentence of each alone: what follows it is the reason.
 * 
 * @minItems 1
 * @maxItems 5
 * 
 * Items: One thing not to do.
 */
doNot: string[]
/**
 * Default criticality: the id of a level of plan.yaml.
 */
criticality: string
/**
 * Default impact: the id of a level of plan.yaml.
 */
impact: string
/**
 * ATT&CK techniques that occur in this incident type.
 */
techniques?: string[]
/**
 * Kinds of assets that it usually concerns.
 * 
 * Items: One kind.
 */
assets?: string[]
/**
 * Roles that take part, the leading one first.
 * 
 * @minItems 1
 */
roles: string[]
/**
 * Who is called before anything else, where that is not who the plan names in firstCall.
 */
firstCall?: {
/**
 * Contacts in the order in which they are tried.
 * 
 * @minItems 1
 * @maxItems 3
 */
contacts: string[]
/**
 * What must be known before calling, in one sentence.
 */
note?: string
}
/**
 * Contacts outside the roles that may be needed: bank, registrar, provider, police.
 */
contacts?: string[]
/**
 * Duties to notify that may arise.
 */
notifications?: string[]
/**
 * Worksheets that are filled.
 */
worksheets?: string[]
/**
 * Message templates that are sent.
 */
messages?: string[]
/**
 * Runbooks that often run beside or after this one.
 */
related?: string[]
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources?: Sources
}
/**
 * Something that somebody notices, in lay words.
 */
export interface SignalData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary?: string
/**
 * Other ways in which people say it; they are searched.
 * 
 * Items: One phrase.
 */
synonyms?: string[]
/**
 * The id of a group of plan.yaml: where it is seen.
 */
group: string
/**
 * ATT&CK techniques of which it may be the visible side, the likeliest first: whoever works backward from it begins there. Hypotheses. Leave it out where the signal says nothing of how.
 * 
 * @minItems 1
 */
techniques?: string[]
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * An ATT&CK technique that this plan speaks of, in our own words. Its file name is its ATT&CK id.
 */
export interface TechniqueData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
aliases?: Aliases
/**
 * Tactics in ATT&CK Enterprise, since version 19 with stealth and defense-impairment in place of defense evasion.
 * 
 * @minItems 1
 */
tactics: ("reconnaissance" | "resource-development" | "initial-access" | "execution" | "persistence" | "privilege-escalation" | "stealth" | "defense-impairment" | "credential-access" | "discovery" | "lateral-movement" | "collection" | "command-and-control" | "exfiltration" | "impact")[]
/**
 * Version of ATT&CK that the entry was checked against.
 */
attackVersion: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
/**
 * Where its evidence is found, most volatile first.
 * 
 * @minItems 1
 * 
 * Items: One place.
 */
evidence: string[]
/**
 * Techniques that commonly come before it: hypotheses to test.
 */
precededBy?: string[]
/**
 * Standing in ATT&CK. Default: current.
 */
state?: ("current" | "deprecated" | "revoked")
/**
 * The technique that replaced it.
 */
revokedBy?: string
sources?: Sources
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * A word of the field and what it means in this plan.
 */
export interface TermData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
aliases?: Aliases
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
sources?: Sources
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * What people must be able to do, and how they learn it.
 */
export interface TrainingData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * Roles that need it.
 * 
 * @minItems 1
 */
roles: string[]
/**
 * How it is learned.
 */
method: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
every: string
/**
 * What shows that somebody can do it.
 */
proof?: string
/**
 * When it was held, for the assurance page. Roles and numbers, no names: who took part is in the evidence. Default: never.
 * 
 * Items: One time.
 */
held?: {
/**
 * The day.
 */
on: string
/**
 * The roles whose holders took part. Default: all roles that need it.
 * 
 * @minItems 1
 */
roles?: string[]
/**
 * How many people took part.
 */
people?: number
/**
 * Where the record is kept.
 */
evidence?: string
}[]
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner?: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources?: Sources
}
/**
 * A form that is filled on screen or on paper. The screen form, the paper form and the schema of a filled one derive from it.
 */
export interface WorksheetData {
/**
 * The name by which people call the document, without the word for its kind. Unique within its kind.
 */
title: string
/**
 * One or two sentences that tell a reader in a hurry whether this is the right document.
 */
summary: string
aliases?: Aliases
/**
 * Short code printed in the corner.
 */
code: string
/**
 * Roles that fill it.
 */
filledBy?: string[]
/**
 * A page of the site that helps to fill it in and is linked at its top. clocks: which duties to notify apply, and their deadlines.
 */
helper?: "clocks"
/**
 * Parts of the form, in order.
 * 
 * @minItems 1
 * 
 * Items: One part.
 */
sections: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * Heading.
 */
title: string
/**
 * What belongs here.
 */
help?: string
/**
 * How many blank rows the paper form has when the part is a table of rows. Without it the part is filled once.
 */
repeat?: number
/**
 * What an open incident fills the rows of this table with: what was recorded of hosts, of accounts, of both (targets) or of indicators, the entries of the timeline, the decisions, or the duties to notify that apply or may apply. Only for a part with repeat; its fields say with prefill what they show of a row.
 */
rowsFrom?: ("hosts" | "accounts" | "indicators" | "targets" | "timeline" | "decisions" | "notifications")
/**
 * Fields, in order.
 * 
 * @minItems 1
 * 
 * Items: One field.
 */
fields: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * What is asked, as printed.
 */
label: string
/**
 * How it is answered. priority, deadline and elapsed are computed from other fields, by the same functions as everywhere else.
 */
type: ("text" | "long-text" | "number" | "date-time" | "choice" | "choices" | "yes-no" | "person" | "signature" | "certainty" | "priority" | "deadline" | "elapsed")
/**
 * One sentence that helps to answer.
 */
help?: string
/**
 * Whether the worksheet is incomplete without it. Default: false.
 */
required?: boolean
/**
 * Answers to choose from.
 * 
 * @minItems 2
 * 
 * Items: One answer.
 */
options?: {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * The answer.
 */
label: string
}[]
/**
 * Takes the answers from plan.yaml instead.
 */
optionsFrom?: ("criticality" | "impact" | "roles" | "runbooks" | "target-kinds" | "evidence-kinds")
/**
 * Height of the answer on paper, in lines of 8 mm. Default: 1; 4 for long-text.
 */
lines?: number
/**
 * For type priority: the field that holds the criticality.
 */
criticality?: string
/**
 * For type priority: the field that holds the impact.
 */
impact?: string
/**
 * For types deadline and elapsed: the date-time field at which the clock starts.
 */
start?: string
/**
 * For type elapsed: the date-time field at which it ends.
 */
end?: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
within?: string
/**
 * What an open incident answers here, until somebody writes something else. Of the incident: its name, when its record was started, when it was detected and declared (in UTC in a date-time field, in local time elsewhere), its priority, the person who writes, the holder of prefillRole, and lists of its hosts, accounts and indicators. Of a row of rowsFrom: name (what it is, says or asks), kind, note (why, or how it is known), at, by, step, and of a duty to notify applies, start, due and sent.
 */
prefill?: ("incident-name" | "started" | "detected" | "declared" | "priority" | "person" | "role-holder" | "hosts" | "accounts" | "indicators" | "row-name" | "row-kind" | "row-note" | "row-at" | "row-by" | "row-step" | "row-applies" | "row-start" | "row-due" | "row-sent")
/**
 * For prefill role-holder: the role.
 */
prefillRole?: string
/**
 * Which part of a lesson the answer becomes, when a lesson is made of an incident or an exercise. Of points (learned, better, wentWell, notWell, lucky, rootCauses) each line is one; metrics take the length between start and end of an elapsed field; item-… fields belong to a row, which is one action item, and change-… fields to a row that asks for a change of a step. Default: none; the answer stays in the record.
 */
lesson?: ("on" | "learned" | "better" | "wentWell" | "notWell" | "lucky" | "rootCauses" | "happened.who" | "happened.what" | "happened.when" | "happened.where" | "happened.why" | "metrics.detect" | "metrics.notify" | "metrics.contain" | "metrics.recover" | "item-what" | "item-type" | "item-owner" | "item-due" | "change-step" | "change-text" | "change-why")
}[]
}[]
/**
 * Where the document stands. Only an approved document may be relied on in an incident; a retired one stays so that old references resolve. Default: draft.
 */
status?: ("draft" | "approved" | "retired")
/**
 * The role that keeps the document right.
 */
owner?: string
approvals?: Approvals
unapproved?: Unapproved
review?: Review
/**
 * The Traffic Light Protocol 2.0 mark for sharing outside the team (FIRST, TLP 2.0). Default: the mark of plan.yaml.
 */
tlp?: ("CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
sources?: Sources
}
/**
 * What a bad answer to a command looks like, and what to do.
 */
export interface BadAnswerAttributes {

}
/**
 * What can go wrong in the step that follows. It stands before that step and asks for no action.
 */
export interface CautionAttributes {
/**
 * What is in danger. Default: operations.
 */
about?: ("people" | "evidence" | "operations")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * A command or query in one fenced code block, with its placeholders and what its answers mean.
 */
export interface CommandAttributes {
/**
 * What it is typed into; decides how values are quoted.
 */
shell: ("bash" | "zsh" | "powershell" | "cmd" | "kql" | "sql" | "spl" | "console" | "other")
/**
 * The place where it is run.
 */
on: string
/**
 * With which account.
 */
as: string
/**
 * Whether it was run, or taken from documentation and never run.
 */
checked: ("run" | "documentation")
/**
 * When.
 */
checkedOn: string
/**
 * Where it was run, or which documentation and version.
 */
checkedWhere: string
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * A question whose options lead to steps. Its first paragraph is the question; what follows are the facts to decide on.
 */
export interface DecisionAttributes {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * Who decides.
 */
decider?: string
/**
 * Who decides when the decider cannot be reached.
 */
deputy?: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
within?: string
/**
 * When a time limit starts: when somebody first noticed (detection), when the incident was declared (declaration), or when the step before was done (previous-step). Default: previous-step.
 */
from?: ("detection" | "declaration" | "previous-step")
/**
 * The id of the option that holds if nobody answers in time.
 */
otherwise?: string
/**
 * Ids of steps of this document that must be done first. Without it the step may run beside others, in the order of reading.
 */
after?: string[]
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * What evidence to collect, and how.
 */
export interface EvidenceAttributes {
/**
 * A class of evidence. The order is the order of volatility after RFC 3227 section 2.1, most volatile first; what a system holds before what is held elsewhere.
 */
kind: ("memory" | "network-state" | "processes" | "temporary-files" | "disk" | "logs" | "remote-logs" | "network-traffic" | "mailbox" | "cloud-state" | "physical" | "backups")
/**
 * How soon it is lost. Default: by its kind, after the order of RFC 3227 section 2.1.
 */
volatility?: ("seconds" | "minutes" | "hours" | "days" | "stable")
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * What a good answer to a command looks like, and what it means.
 */
export interface GoodAnswerAttributes {

}
/**
 * Says why a phase of a runbook has no step.
 */
export interface NoStepsAttributes {

}
/**
 * Something worth knowing that is not a step.
 */
export interface NoteAttributes {
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * One answer to a decision, and where it leads.
 */
export interface OptionAttributes {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * Where it leads: next, an id of this document, kind:id, or kind:id#step.
 */
to?: string
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * A lettered part of an action. Its first paragraph is the instruction.
 */
export interface PartAttributes {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
preserves?: EvidenceList2
destroys?: EvidenceList3
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * A value that the responder fills in. It stands in the command as <name>.
 */
export interface PlaceholderAttributes {
/**
 * Name, as it stands between < and >.
 */
name: string
/**
 * What it is; gives the pattern unless one is set.
 */
type: ("host" | "account" | "mail-address" | "ip-address" | "domain" | "url" | "hash" | "file-path" | "date-time" | "number" | "identifier" | "text")
/**
 * Regular expression that the whole value must match. Default: by type.
 */
pattern?: string
}
/**
 * One action with one responsible role. Its first paragraph is the instruction; what follows is detail.
 */
export interface StepAttributes {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * The one role that does it.
 */
role: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
within?: string
/**
 * When a time limit starts: when somebody first noticed (detection), when the incident was declared (declaration), or when the step before was done (previous-step). Default: previous-step.
 */
from?: ("detection" | "declaration" | "previous-step")
/**
 * Ids of steps of this document that must be done first. Without it the step may run beside others, in the order of reading.
 */
after?: string[]
/**
 * Where to go on when it is not the next step: an id of this document, or kind:id#step.
 */
next?: string
/**
 * What a step is done to, so that several of them are ticked one by one.
 */
targets?: ("hosts" | "accounts" | "mailboxes" | "networks" | "cloud-resources" | "data-stores" | "indicators")
preserves?: EvidenceList4
destroys?: EvidenceList5
/**
 * The step may come before the evidence is preserved, because it stops harm that is going on. Default: false.
 */
stopsActiveHarm?: boolean
/**
 * Who may order a step that stops active harm.
 */
orderedBy?: string
/**
 * ATT&CK techniques that the step answers.
 */
techniques?: string[]
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * How to take an action back.
 */
export interface UndoAttributes {
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * Puts an action of the library here as a step. What stands inside is added for this runbook.
 */
export interface UseAttributes {
/**
 * A name that never changes once it is published: lower-case letters, digits and single hyphens.
 */
id: string
/**
 * The one role that does it.
 */
role?: string
/**
 * A length of time: a whole number and a unit. Units are min, h, day, business day, week, month. Business days are Monday to Friday without public holidays of the organisation.
 */
within?: string
/**
 * When a time limit starts: when somebody first noticed (detection), when the incident was declared (declaration), or when the step before was done (previous-step). Default: previous-step.
 */
from?: ("detection" | "declaration" | "previous-step")
/**
 * Ids of steps of this document that must be done first. Without it the step may run beside others, in the order of reading.
 */
after?: string[]
/**
 * Where to go on when it is not the next step: an id of this document, or kind:id#step.
 */
next?: string
/**
 * What a step is done to, so that several of them are ticked one by one.
 */
targets?: ("hosts" | "accounts" | "mailboxes" | "networks" | "cloud-resources" | "data-stores" | "indicators")
preserves?: EvidenceList6
destroys?: EvidenceList7
/**
 * The step may come before the evidence is preserved, because it stops harm that is going on. Default: false.
 */
stopsActiveHarm?: boolean
/**
 * Who may order a step that stops active harm.
 */
orderedBy?: string
/**
 * ATT&CK techniques that the step answers.
 */
techniques?: string[]
/**
 * The action.
 */
action: string
/**
 * Ids of parts of the action that are not done here. What stands inside says why.
 * 
 * @minItems 1
 */
leavesOut?: string[]
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * How a step is done on one platform or with one tool. Variants that follow each other are shown as tabs.
 */
export interface VariantAttributes {
/**
 * Ids of platforms or tools of plan.yaml, separated by spaces.
 * 
 * @minItems 1
 */
for: string[]
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * How to make sure that an action worked.
 */
export interface VerifyAttributes {
/**
 * The label of plan.yaml that says who may read this. Default for a document: what defaultLabels of plan.yaml says for its kind, else the first label; for a part of a document: the document's.
 */
label?: string
}
/**
 * The record of one incident: a list of entries that only grows. Its state is worked out from the entries, a correction is an entry, and two records of one incident are merged by putting their entries together. Unstable until the whole of an incident is recorded.
 */
export interface IncidentRecord {
/**
 * Version of this schema.
 */
schema: 1
/**
 * Id of the incident: thirty-two hexadecimal digits, drawn when it is started. Records with the same one can be merged.
 */
incident: string
/**
 * The entries, by time and id.
 */
entries: IncidentEntry[]
}
/**
 * The incident record begins.
 */
export interface IncidentStartedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "incident-started"
/**
 * A document or a step of the plan, by the one grammar of the plan.
 */
ref?: string
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
/**
 * What the incident is called.
 */
name: string
/**
 * Title of the plan that is followed.
 */
plan: string
/**
 * Nothing of this is real: it is an exercise, and says so everywhere. `ref` names the exercise of the plan, where it is one. Default: a real incident.
 */
exercise?: true
}
}
/**
 * The incident gets another name.
 */
export interface IncidentNamedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "incident-named"
/**
 * What the entry says.
 */
data: {
/**
 * What the incident is called.
 */
name: string
replaces?: Replaces
}
}
/**
 * The priority is set, raised or lowered.
 */
export interface PrioritySetEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "priority-set"
/**
 * What the entry says.
 */
data: {
/**
 * A priority of plan.yaml.
 */
priority: string
/**
 * Why. It may follow later, in a reason-given entry.
 */
reason?: string
replaces?: Replaces
}
}
/**
 * The incident is over.
 */
export interface IncidentClosedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "incident-closed"
/**
 * What the entry says.
 */
data: {
/**
 * Why. It may follow later, in a reason-given entry.
 */
reason?: string
replaces?: Replaces
}
}
/**
 * The incident was closed too early.
 */
export interface IncidentReopenedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "incident-reopened"
/**
 * What the entry says.
 */
data: {
/**
 * Why. It may follow later, in a reason-given entry.
 */
reason?: string
replaces?: Replaces
}
}
/**
 * A legal hold: the record must be kept, and no device may wipe it. Whoever orders it, usually legal counsel, is named in the reason.
 */
export interface HoldPlacedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "hold-placed"
/**
 * What the entry says.
 */
data: {
/**
 * Who ordered it, and for which matter.
 */
reason: string
replaces?: Replaces
}
}
/**
 * The legal hold has ended.
 */
export interface HoldLiftedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "hold-lifted"
/**
 * What the entry says.
 */
data: {
/**
 * Who lifted it, and why.
 */
reason: string
replaces?: Replaces
}
}
/**
 * Whoever wrote the entry takes a role.
 */
export interface RoleTakenEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "role-taken"
/**
 * What the entry says.
 */
data: {
/**
 * An id of the plan.
 */
role: string
replaces?: Replaces
}
}
/**
 * Whoever held a role has it no more.
 */
export interface RoleLeftEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "role-left"
/**
 * What the entry says.
 */
data: {
/**
 * An id of the plan.
 */
role: string
replaces?: Replaces
}
}
/**
 * A step is done.
 */
export interface StepTickedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "step-ticked"
/**
 * The step, by the one grammar of the plan.
 */
ref: string
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
/**
 * The step was done before the record began, so the time of the entry is not that of the step. Default: false.
 */
timeUnknown?: boolean
replaces?: Replaces
}
}
/**
 * A step is not done after all: a tick, a skip or a decision is taken back.
 */
export interface StepUntickedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "step-unticked"
/**
 * The step, by the one grammar of the plan.
 */
ref: string
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
/**
 * Why. It may follow later, in a reason-given entry.
 */
reason?: string
replaces?: Replaces
}
}
/**
 * A step is left out.
 */
export interface StepSkippedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "step-skipped"
/**
 * The step, by the one grammar of the plan.
 */
ref: string
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
/**
 * Why. It may follow later, in a reason-given entry.
 */
reason?: string
replaces?: Replaces
}
}
/**
 * A decision is taken, which is done with it.
 */
export interface DecisionTakenEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "decision-taken"
/**
 * The step, by the one grammar of the plan.
 */
ref: string
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
/**
 * An id of the plan.
 */
option: string
/**
 * Why. It may follow later, in a reason-given entry.
 */
reason?: string
replaces?: Replaces
}
}
/**
 * The reason for an earlier entry.
 */
export interface ReasonGivenEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "reason-given"
/**
 * What the entry says.
 */
data: {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
of: string
/**
 * Free text.
 */
text: string
}
}
/**
 * Something worth knowing, about a step or in general.
 */
export interface NoteEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "note"
/**
 * A document or a step of the plan, by the one grammar of the plan.
 */
ref?: string
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
/**
 * Free text.
 */
text: string
}
}
/**
 * An earlier entry was wrong. It stays, struck through.
 */
export interface CorrectedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "corrected"
/**
 * What the entry says.
 */
data: {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
of: string
/**
 * Free text.
 */
text?: string
}
}
/**
 * A host, an account or an indicator belongs to the incident.
 */
export interface TargetAddedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "target-added"
/**
 * What the entry says.
 */
data: {
target: Target
/**
 * Free text.
 */
note?: string
indicator?: IndicatorType
}
}
/**
 * What is affected, or what shows it.
 */
export interface Target {
/**
 * What it is.
 */
kind: ("host" | "account" | "indicator")
/**
 * Its name as the systems know it.
 */
value: string
}
/**
 * A target does not belong to the incident after all.
 */
export interface TargetRemovedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "target-removed"
/**
 * What the entry says.
 */
data: {
target: Target
/**
 * Free text.
 */
reason?: string
}
}
/**
 * A step is done for one target.
 */
export interface TargetDoneEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "target-done"
/**
 * The step, by the one grammar of the plan.
 */
ref: string
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
target: Target
replaces?: Replaces
}
}
/**
 * A step is not done for a target after all.
 */
export interface TargetUndoneEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "target-undone"
/**
 * The step, by the one grammar of the plan.
 */
ref: string
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
target: Target
replaces?: Replaces
}
}
/**
 * Something that is known about the incident, by name; clocks run from some of them.
 */
export interface FactEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "fact"
/**
 * What the entry says.
 */
data: {
/**
 * Which fact: detected (when somebody first noticed), declared (when the incident was declared), or a name of its own.
 */
name: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
time?: string
/**
 * Free text.
 */
text?: string
replaces?: Replaces
}
}
/**
 * The clock of the device was compared with another one.
 */
export interface ClockComparedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "clock-compared"
/**
 * What the entry says.
 */
data: {
/**
 * Seconds by which the device is ahead of the other clock; negative where it is behind.
 */
ahead: number
/**
 * The other clock.
 */
with: string
}
}
/**
 * Somebody wrote an answer on a form: a worksheet, or the page of clocks.
 */
export interface FormWrittenEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "form-written"
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
/**
 * Which form: a worksheet by its reference, with an id that the device drew for each further sheet of it, or the page of clocks.
 */
form: string
/**
 * The place on the form. On a worksheet `section.row.field`: the row of a part that is filled once is `0`; that of a table is an id that the device drew, or the name of what it is about, such as `host fs-plant-01`. On the page of clocks the path of the answer, such as `facts.personal-data.answer`.
 */
field: string
/**
 * The answer as it was written, or the ids of several choices. Empty where it was taken back.
 */
value: (string | string[])
replaces?: Replaces
}
}
/**
 * The clock of an exercise goes on, or stands still.
 */
export interface ExerciseClockEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "exercise-clock"
/**
 * What the entry says.
 */
data: {
/**
 * Whether it runs from now on.
 */
running: boolean
}
}
/**
 * The players of an exercise are told something.
 */
export interface InjectReleasedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "inject-released"
/**
 * A document or a step of the plan, by the one grammar of the plan.
 */
ref: string
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
/**
 * An id of the plan.
 */
inject: string
}
}
/**
 * The facilitator of an exercise says how an expected step went.
 */
export interface ExpectationJudgedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "expectation-judged"
/**
 * The step, by the one grammar of the plan.
 */
ref: string
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
/**
 * An id of the plan.
 */
inject: string
verdict: Verdict
/**
 * Free text.
 */
note?: string
}
}
/**
 * The exercise is over: nothing after this entry is play.
 */
export interface ExerciseEndedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "exercise-ended"
/**
 * What the entry says.
 */
data: {
/**
 * Because it was played to its end, or because a real incident came in between.
 */
why: ("over" | "real-incident")
}
}
/**
 * Something to learn from, noted in passing about a step or in general. It arrives in the form of the lesson.
 */
export interface LessonNotedEntry {
/**
 * Id of the entry: eight hexadecimal digits of the device that wrote it, a hyphen, and sixteen random ones. It never changes.
 */
id: string
/**
 * A moment by the clock of the device: date, time and offset from UTC after RFC 3339, so that local time is kept as well. How far the clock was wrong is in clock-compared entries.
 */
at: string
/**
 * Who, as the person wrote it.
 */
by: string
/**
 * Kind of entry.
 */
type: "lesson-noted"
/**
 * A document or a step of the plan, by the one grammar of the plan.
 */
ref?: string
/**
 * Digest of the document as the device had it when the entry was written: SHA-256.
 */
digest?: string
/**
 * What the entry says.
 */
data: {
/**
 * Free text.
 */
text: string
}
}
/**
 * manifest.json of a built site, or of an audit pack: which commit it shows, how it was built, and the digest of every file, so that a copy can be compared with it and with a fresh build of the commit.
 */
export interface SiteManifest {
/**
 * Title of the plan.
 */
title: string
/**
 * Full id of the commit that the plan was built from; null outside git or before the first commit.
 */
commit: (string | null)
/**
 * Time of that commit, ISO 8601 in UTC; null where there is none.
 */
committedAt: (string | null)
/**
 * Whether another build of the commit gives the same bytes.
 */
reproducible: boolean
/**
 * Why it may not; absent where it does.
 * 
 * @minItems 1
 */
reasons?: string[]
/**
 * Version of Firebreak that built the site.
 */
engine: string
/**
 * Version of the schemas that the plan is written in.
 */
schema: number
/**
 * Path under which the site is served.
 */
base: string
/**
 * Id of the audience that the site was built for.
 */
audience: string
/**
 * Of an audit pack: what it reports. Absent in a site.
 */
report?: {
/**
 * The day of the report.
 */
day: string
/**
 * The tag, commit or day from which changes are told. Default: the beginning.
 */
since?: string
/**
 * The tag, commit or day up to which changes are told. Default: the commit.
 */
until?: string
}
/**
 * Digest of every file but this one and its signature, by path: `sha256-` and 64 hexadecimal digits.
 */
files: {
[k: string]: string | undefined
}
}
/**
 * report.json of an audit pack: what an auditor asks of a plan on one day, with what proves each answer. What is not proven is a claim and counts for nothing. Each list is a table of the pack too, as CSV.
 */
export interface AuditReport {
/**
 * Title of the plan.
 */
plan: string
/**
 * Whose plan it is.
 */
organisation: string
/**
 * Whether the plan is an example, of which nothing counts. Default: false.
 */
example?: boolean
/**
 * The day of the report: what is overdue is overdue on this day. The command line gives it.
 */
day: string
/**
 * Id of the audience that may read it; what it may not read is left out.
 */
audience: string
/**
 * How many documents its readers may not read, of which nothing is said here.
 */
leftOut: number
/**
 * Version of Firebreak that wrote it.
 */
engine: string
/**
 * The version of the plan; null outside git.
 */
commit: (string | null)
/**
 * Time of that commit, ISO 8601 in UTC; null where there is none.
 */
committedAt: (string | null)
/**
 * Whether the same commit and day give the same report again.
 */
reproducible: boolean
/**
 * Why they may not; absent where they do.
 * 
 * Items: One reason.
 */
reasons?: string[]
/**
 * How much of the history git knows: with less than all of it, nothing older is proven.
 */
history: ("all" | "part" | "nothing")
/**
 * What the change log covers: between two versions or days. Default: from the beginning to the present version.
 */
period: {
/**
 * The tag, commit or day after which changes are told.
 */
since?: string
/**
 * Its commit; absent for a day.
 */
sinceCommit?: string
/**
 * The tag, commit or day up to which changes are told.
 */
until?: string
/**
 * Its commit; absent for a day.
 */
untilCommit?: string
}
/**
 * What is not as it should be on the day of the report; `firebreak audit --fail-on` names conditions of it.
 * 
 * Items: One point.
 */
openPoints: {
/**
 * Its name, as --fail-on takes it.
 */
condition: string
/**
 * Reference of the document; `plan` for plan.yaml.
 */
document: string
/**
 * Its title.
 */
title: string
/**
 * What is wrong, in words.
 */
what: string
/**
 * Since when, where that is a day.
 */
due?: string
}[]
/**
 * Tags of this version and of those before it, the newest first, with whose signature is under each.
 * 
 * Items: One tag.
 */
releases: {
/**
 * Its name.
 */
tag: string
/**
 * Id of the commit.
 */
commit: string
/**
 * The day on which it was made.
 */
on: string
/**
 * First line of its message.
 */
subject?: string
/**
 * `good`: by a key of the plan's own list. `unlisted`: by another key. `bad`: the tag is not what was signed. `none`: not signed. `unknown`: it cannot be told on this machine.
 */
signature: ("good" | "unlisted" | "bad" | "none" | "unknown")
/**
 * The address that the list gives to the key.
 */
signer?: string
}[]
/**
 * Approvals of the plan and of its documents, and documents that say that they are approved and have none.
 * 
 * Items: One approval.
 */
approvals: {
/**
 * Reference of the document; `plan` for plan.yaml.
 */
document: string
/**
 * Its title.
 */
title: string
/**
 * `counts`: proven, for the present text. `outdated`: proven, for an older one. `claim`: nothing proves it. `example`: the plan is one. `none`: there is no approval.
 */
state: ("counts" | "outdated" | "claim" | "example" | "none")
/**
 * The day on which it was published without waiting for its approval; absent where it waited.
 */
publishedOn?: string
/**
 * By when the approval of what was published without is due.
 */
approvalDue?: string
/**
 * Who.
 */
by?: string
/**
 * In which role.
 */
role?: string
/**
 * When.
 */
on?: string
/**
 * Of which text.
 */
digest?: string
/**
 * What proves it.
 */
provenBy?: ("signature" | "review")
/**
 * Why it is a claim.
 */
reason?: string
/**
 * The version that brought it.
 */
commit?: string
/**
 * Address of a record.
 */
evidence?: string
}[]
/**
 * Who holds the plan (SP 800-53 IR-8 b).
 * 
 * Items: One holder.
 */
holders: {
/**
 * Which role.
 */
role: string
/**
 * As what.
 */
copy: ("site" | "one-file" | "paper")
/**
 * Where a copy lies.
 */
place?: string
/**
 * The version that was acknowledged last; absent for none.
 */
version?: string
/**
 * When.
 */
acknowledgedOn?: string
proof: Proof
}[]
/**
 * Incidents of the registers, the newest first.
 * 
 * Items: One incident.
 */
incidents: {
/**
 * Its number.
 */
ticket: string
/**
 * When it was declared.
 */
declared: string
/**
 * When it was closed; absent while it is open.
 */
closed?: string
/**
 * The highest priority that it had.
 */
priority?: string
/**
 * Runbooks that were followed.
 * 
 * Items: Id of one.
 */
runbooks?: string[]
/**
 * The version of the plan that was followed.
 */
version?: string
/**
 * The lesson that came of it.
 */
lesson?: string
proof: Proof
}[]
/**
 * Reviews of the plan and its documents, the soonest due first.
 * 
 * Items: One document.
 */
reviews: {
/**
 * Reference of the document; `plan` for plan.yaml.
 */
document: string
/**
 * Its title.
 */
title: string
/**
 * The last time; absent for never.
 */
last?: string
/**
 * How often; absent where nobody asks for it.
 */
every?: string
/**
 * The day by which the next is due.
 */
due?: string
/**
 * Whether it is over on the day of the report.
 */
overdue: boolean
proof: Proof
}[]
/**
 * Runbooks with the exercises that counted last.
 * 
 * Items: One runbook.
 */
runbooks: {
/**
 * Reference of the document; `plan` for plan.yaml.
 */
document: string
/**
 * Its title.
 */
title: string
/**
 * Exercises that name it.
 * 
 * Items: Id of one.
 */
exercises: string[]
/**
 * When the last was held; absent for never.
 */
last?: string
/**
 * Until when it counts: twelve months after it.
 */
due?: string
/**
 * Whether it is over on the day of the report.
 */
overdue: boolean
proof: Proof
}[]
/**
 * The register of exercises: a row for each time that one was held, and one for each that never was.
 * 
 * Items: One time.
 */
exercises: {
/**
 * Id of the exercise.
 */
exercise: string
/**
 * Its title.
 */
title: string
/**
 * How it is played.
 */
form?: string
/**
 * Runbooks that it tests.
 * 
 * Items: Id of one.
 */
runbooks: string[]
/**
 * When it was held; absent for never.
 */
on?: string
/**
 * The lesson that came of it.
 */
lesson?: string
proof: Proof
}[]
/**
 * The register of lessons, the newest first.
 * 
 * Items: One lesson.
 */
lessons: {
/**
 * Id of the lesson.
 */
lesson: string
/**
 * Its title.
 */
title: string
/**
 * What it came from.
 */
from?: string
/**
 * Day of the meeting.
 */
on?: string
/**
 * The exercise it came from.
 */
exercise?: string
/**
 * Runbooks that were used.
 * 
 * Items: Id of one.
 */
runbooks?: string[]
/**
 * Changes that are not in the plan.
 */
proposed: number
/**
 * Changes in the plan that nobody has confirmed.
 */
applied: number
/**
 * Changes confirmed by use.
 */
confirmed: number
/**
 * Action items that are open.
 */
open: number
/**
 * Action items that are done.
 */
done: number
/**
 * Action items that were dropped.
 */
dropped: number
}[]
/**
 * The changes that lessons ask for.
 * 
 * Items: One change.
 */
lessonChanges: {
/**
 * Id of the lesson.
 */
lesson: string
/**
 * Id of the change.
 */
change: string
/**
 * What it is about: a document, or a step of it.
 */
document: string
/**
 * The change in words.
 */
what: string
/**
 * `proposed`: not in the plan. `applied`: in it. `confirmed`: somebody has used it since and says that it works.
 */
state: ("proposed" | "applied" | "confirmed")
/**
 * By when it is to be in the plan.
 */
due?: string
/**
 * When it was confirmed.
 */
confirmedOn?: string
/**
 * Whether it is over on the day of the report.
 */
overdue: boolean
proof: Proof
}[]
/**
 * What lessons say will be done, the soonest due first.
 * 
 * Items: One item.
 */
actionItems: {
/**
 * Id of the lesson.
 */
lesson: string
/**
 * Id of the item.
 */
item: string
/**
 * The role that does it.
 */
owner: string
/**
 * By when.
 */
due: string
/**
 * How it stands.
 */
state: ("open" | "done" | "dropped")
/**
 * Where it is tracked.
 */
tracked?: string
/**
 * Whether it is over on the day of the report.
 */
overdue: boolean
proof: Proof
}[]
/**
 * Contacts that were called and resources that were tried, the soonest due first.
 * 
 * Items: One document.
 */
readiness: {
/**
 * Reference of the document; `plan` for plan.yaml.
 */
document: string
/**
 * Its title.
 */
title: string
/**
 * The last time; absent for never.
 */
last?: string
/**
 * How often; absent where nobody asks for it.
 */
every?: string
/**
 * The day by which the next is due.
 */
due?: string
/**
 * Whether it is over on the day of the report.
 */
overdue: boolean
proof: Proof
}[]
/**
 * Training, the soonest due first.
 * 
 * Items: One training.
 */
trainings: {
/**
 * Reference of the document; `plan` for plan.yaml.
 */
document: string
/**
 * Its title.
 */
title: string
/**
 * The last time; absent for never.
 */
last?: string
/**
 * How often; absent where nobody asks for it.
 */
every?: string
/**
 * The day by which the next is due.
 */
due?: string
/**
 * Whether it is over on the day of the report.
 */
overdue: boolean
proof: Proof
}[]
/**
 * The change log of the period: a row for each version of a document, by document and then the newest first.
 * 
 * Items: One version.
 */
changes: {
/**
 * Reference of the document; `plan` for plan.yaml.
 */
document: string
/**
 * Its title.
 */
title: string
/**
 * `first-known` is where a shallow clone begins: it may be older.
 */
what: ("added" | "changed" | "renamed" | "first-known")
/**
 * Id of the commit.
 */
commit: string
/**
 * When, in UTC.
 */
on: string
/**
 * Who wrote it.
 * 
 * Items: One name.
 */
by: string[]
/**
 * First line of the message, or the title of the pull request.
 */
why: string
/**
 * What changed, in words.
 * 
 * Items: One difference.
 */
changed: string[]
/**
 * Lessons behind it.
 * 
 * Items: Id of one.
 */
lessons: string[]
/**
 * The pull request, as the forge writes it.
 */
pullRequest?: string
/**
 * Who reviewed it, as the message says.
 * 
 * Items: One line.
 */
approvedBy?: string[]
/**
 * Where the text of this version is seen.
 */
address?: string
/**
 * Whose signature is under the commit, as with releases; absent where the plan lists no keys.
 */
signature?: ("good" | "unlisted" | "bad" | "none" | "unknown")
/**
 * The address that the list gives to the key.
 */
signer?: string
}[]
/**
 * What was taken out of the plan in the period, the newest first. Absent where the audience is not told.
 * 
 * Items: One document.
 */
removed?: {
/**
 * Where it was, from the plan's folder.
 */
path: string
/**
 * Id of the commit.
 */
commit: string
/**
 * When, in UTC.
 */
on: string
/**
 * Who took it out.
 * 
 * Items: One name.
 */
by: string[]
/**
 * First line of the message.
 */
why: string
}[]
}
/**
 * How far a statement can be relied on.
 */
export interface Proof {
/**
 * `evidence`: a record outside is named. `recorded`: a commit of the time says so. `late`: the commit was made long after, or before. `unknown`: git does not tell who wrote it. `no-version`: it is about a version of the plan that the main branch does not have. `example`: the plan is one. `none`: nothing is stated.
 */
state: ("evidence" | "recorded" | "late" | "unknown" | "no-version" | "example" | "none")
/**
 * Whether it is more than a claim.
 */
proven: boolean
/**
 * The version that wrote it.
 */
commit?: string
/**
 * The day of that version.
 */
on?: string
/**
 * Address of the record outside.
 */
evidence?: string
}
/**
 * What `firebreak init` has to know. Every answer can be given as an option, in a file or at the terminal; each that is missing has a default, or is left in the plan as a blank to fill in.
 */
export interface InitAnswers {
/**
 * Full name of the organisation. Default: a blank to fill in.
 */
organisation?: string
/**
 * Short name for running text. Default: the full name.
 */
shortName?: string
/**
 * Main domain name. Default: a blank to fill in.
 */
domain?: string
/**
 * IANA name of the time zone in which times are shown. Default: the time zone of this machine.
 */
timeZone?: string
/**
 * Language of the plan. The starter plan is written in English. Default: en.
 */
language?: "en"
/**
 * Sector. Decides which duties to notify may hold, and what is run if `runs` is not answered. Default: services.
 */
sector?: ("manufacturing" | "energy" | "transport" | "health" | "finance" | "retail" | "technology" | "public" | "education" | "services")
/**
 * Size by staff: small is under 50, medium under 250, large from 250. Decides which runbooks and pages are kept. Default: medium.
 */
size?: ("small" | "medium" | "large")
/**
 * Where the organisation works, or the people live whose data it holds. Decides which duties to notify are kept, and with the first one the emergency number. Default: european-union.
 */
jurisdictions?: ("european-union" | "france" | "united-kingdom" | "united-states" | "california" | "new-york" | "canada" | "brazil" | "australia" | "singapore" | "japan" | "india")[]
/**
 * Kinds of data that are held. Default: personal-data.
 */
data?: ("personal-data" | "health-data" | "card-data" | "customer-financial-data")[]
/**
 * What the organisation runs. `machines` are those that can hurt somebody: plants, medical devices, building technology. Default: as the sector usually does.
 */
runs?: ("machines" | "premises" | "website" | "web-shop" | "own-software" | "ai-systems")[]
/**
 * What else decides about duties: a cyber insurance policy, shares on a US stock exchange, an essential service by law, products with software in them, services for banks. Default: insured.
 */
circumstances?: ("insured" | "us-listed" | "essential-service" | "digital-products" | "serves-banks")[]
/**
 * Frameworks and standards whose requirements are mapped to the plan. Default: nist-csf.
 */
frameworks?: ("nist-csf" | "nist-800-53" | "iso-27001" | "soc-2" | "pci-dss" | "hipaa" | "nis2" | "dora")[]
/**
 * Operating systems of computers and servers. Default: windows, linux.
 */
endpoints?: ("windows" | "linux" | "macos")[]
/**
 * Where accounts are kept. Default: active-directory, entra-id.
 */
identity?: ("active-directory" | "entra-id" | "okta")[]
/**
 * Mail service. Default: microsoft-365.
 */
mail?: ("microsoft-365" | "google-workspace")[]
/**
 * Cloud platforms. Default: none.
 */
cloud?: ("aws" | "azure" | "google-cloud" | "kubernetes")[]
/**
 * Platforms for virtual machines. Default: none.
 */
virtualisation?: ("vmware" | "hyper-v")[]
/**
 * Product that watches computers and can isolate them (EDR); `none` where there is none. Default: called by its kind.
 */
edr?: string
/**
 * Product in which logs are searched (SIEM); `none` where there is none. Default: called by its kind.
 */
siem?: string
/**
 * Name or address of the ticket system. Default: a blank to fill in.
 */
ticketing?: string
/**
 * Mail address to which suspicious mail is reported. Default: a blank to fill in.
 */
reportMailbox?: string
/**
 * Number that is called when somebody is in danger. Default: the one of the first jurisdiction, where there is one for all.
 */
emergencyNumber?: string
/**
 * Telephone numbers of contacts, by the id of the contact: `security-on-call`, `incident-commander-on-call`, `deputy-commander-on-call` and so on. Each that is missing is a blank to fill in.
 */
numbers?: {
/**
 * A number.
 */
[k: string]: string | undefined
}
/**
 * Who reviews changes of the plan, as the forge names them. Default: a blank to fill in.
 * 
 * Items: A user or a team.
 */
team?: string[]
/**
 * Software that serves the repository; gitea is Forgejo too. Default: told by the address of the repository, else git.
 */
forge?: ("github" | "gitlab" | "gitea" | "git")
/**
 * Web address of the repository. Default: a blank to fill in.
 */
repository?: string
/**
 * Branch that is published. Default: main.
 */
branch?: string
/**
 * Who can open the host that the site is put on: `everyone`, or words such as `staff, through the company's sign-in`. Default: nobody has said so, and nothing is put anywhere.
 */
readers?: string
}
/**
 * Which answers to `firebreak init` choose what from the starter plan.
 */
export interface StarterChoices {
/**
 * Sectors by their id.
 */
sectors: {
/**
 * One sector.
 */
[k: string]: {
/**
 * Its name, as the plan says it.
 */
name: string
/**
 * What it usually runs.
 */
runs: string[]
} | undefined
}
/**
 * Each takes documents into the plan when its condition holds.
 * 
 * @minItems 1
 * 
 * Items: One rule.
 */
rules: {
/**
 * Why, in words; shown in the list of what was chosen.
 */
because: string
when?: RequiredAnswers
/**
 * Runbooks.
 */
runbooks?: string[]
/**
 * Notifications.
 */
notifications?: string[]
/**
 * Controls.
 */
controls?: string[]
/**
 * Pages.
 */
pages?: string[]
}[]
/**
 * The number that holds everywhere in a jurisdiction; one with several has no entry.
 */
emergencyNumbers: {
[k: string]: string | undefined
}
/**
 * Words of the starter plan that hold for its made-up company alone, and what stands there instead. Applied in their order.
 * 
 * Items: One replacement.
 */
words: {
when?: RequiredAnswers
unless?: RequiredAnswers
/**
 * The words; a space stands for any white space.
 */
from: string
/**
 * What replaces them; empty takes them out.
 */
to: string
}[]
/**
 * Ids of the starter plan that hold for its made-up company alone, and what stands there instead: they are seen in blanks such as [NUMBER OF PLANT-CONTROL-ROOM]. The first that holds is taken.
 * 
 * Items: One id.
 */
ids: {
when?: RequiredAnswers
unless?: RequiredAnswers
/**
 * The id in the starter plan. It is replaced wherever it stands as a whole, so no other kind may have it.
 */
from: string
/**
 * The id in the new plan.
 */
to: string
}[]
}
/**
 * Answers, each property with values of which one must be among those given. What has them as `when` holds only for these answers (default: always), what has them as `unless` for all others (default: all).
 */
export interface RequiredAnswers {
/**
 * Values of which one must be among the answers.
 * 
 * @minItems 1
 */
[k: string]: string[] | undefined
}

/** The shape of each document kind, by the name of its schema. */
export interface KindData {
  "action": ActionData;
  "contact": ContactData;
  "control": ControlData;
  "exercise": ExerciseData;
  "lesson": LessonData;
  "message": MessageData;
  "notification": NotificationData;
  "page": PageData;
  "phase": PhaseData;
  "plan": PlanSettings;
  "register": RegisterData;
  "resource": ResourceData;
  "role": RoleData;
  "runbook": RunbookData;
  "signal": SignalData;
  "technique": TechniqueData;
  "term": TermData;
  "training": TrainingData;
  "worksheet": WorksheetData;
}

/** The shape of each block, by the name of its schema. */
export interface BlockAttributes {
  "bad-answer": BadAnswerAttributes;
  "caution": CautionAttributes;
  "command": CommandAttributes;
  "decision": DecisionAttributes;
  "evidence": EvidenceAttributes;
  "good-answer": GoodAnswerAttributes;
  "no-steps": NoStepsAttributes;
  "note": NoteAttributes;
  "option": OptionAttributes;
  "part": PartAttributes;
  "placeholder": PlaceholderAttributes;
  "step": StepAttributes;
  "undo": UndoAttributes;
  "use": UseAttributes;
  "variant": VariantAttributes;
  "verify": VerifyAttributes;
}
