/** A plan with a canary in every place where text can hide: a word that nobody writes, which names the label it is under. */

import { VFile } from 'vfile';
import { compileFiles } from '../src/compile/index.ts';
import { load } from '../src/compile/load.ts';
import type { Plan } from '../src/model/plan.ts';
import { minimal, now } from './fixture-plan.ts';
import { pictureKinds } from './pictures.ts';

/** Labels from the most closed to the most open; RED is no label but the mark that is in no build. */
const canaryLabels = ['red', 'restricted', 'internal', 'public'] as const;
type Label = (typeof canaryLabels)[number];

/** What each audience may read. */
export const readableBy: Record<string, readonly Label[]> = {
  internal: ['restricted', 'internal', 'public'],
  auditor: ['internal', 'public'],
  public: ['public'],
};

let count = 0;
const planted = new Map<string, Label>();

/** A new canary: one word of letters alone, so that neither stems nor hyphens hide it. */
export function canary(label: Label): string {
  count += 1;
  const letters = [...String(count).padStart(3, '0')].map((digit) => 'bdfghjkmpz'[Number(digit)]).join('o');
  const word = `xq${letters}vy`;
  planted.set(word, label);
  return word;
}

/** Every canary that was planted, with its label. */
export const canaries: ReadonlyMap<string, Label> = planted;

/** Whose canary a text holds that an audience may not read. */
export function canariesFor(audience: string, text: string): string[] {
  const lower = text.toLowerCase();
  return [...planted].flatMap(([word, label]) =>
    !readableBy[audience]?.includes(label) && lower.includes(word) ? [`${word} (${label})`] : [],
  );
}

const settings = (text: string) =>
  text
    .replace(
      /labels:\n.*\n/,
      `labels:
  - {id: restricted, name: Restricted, meaning: The team.}
  - {id: internal, name: Internal, meaning: Staff.}
  - {id: public, name: Public, meaning: Everybody.}
defaultLabels: {plan: internal, runbook: internal, role: public, phase: public, signal: public}
audiences:
  - {id: internal, name: Response team, labels: [restricted, internal, public]}
  - {id: auditor, name: Auditor, labels: [internal, public], tlp: AMBER}
  - {id: public, name: Public, labels: [public], tlp: CLEAR}
variableLabels: {secretRoom: restricted, warRoom: public}
repository: {url: "https://git.example.org/${canary('internal')}/plan"}
`,
    )
    .replace(
      'warRoom: {bridge: +1 202 555 0100}',
      `warRoom: {bridge: +1 202 555 0100}\n  secretRoom: room ${canary('restricted')} in the tower`,
    )
    .replace('schema: 2', `# ${canary('red')} stands in a remark\nschema: 2`)
    .replace(
      'questions:\n',
      `questions:
    - {question: Is it ${canary('restricted')}?, ifYes: Say ${canary('restricted')}., label: restricted}
    - {question: May everybody ask?, ifYes: "Call [on call](contact:on-call), [+1 202 555 0101](tel:+12025550101), in {secretRoom}.", label: public}
`,
    )
    .replace(
      'powers:\n',
      `powers:\n    - {id: secret-power, power: Press ${canary('restricted')}., roles: [responder], label: restricted}\n`,
    )
    .replace(
      'suspicion: []',
      `suspicion:\n    - {suspect: Somebody ${canary('internal')}, takesOver: [responder], note: Quietly ${canary('internal')}.}`,
    );

// The changes of the lessons are made already, so that nothing is compared with it.
const nothing = `sha256-${'0'.repeat(64)}`;

/** Files that join those of the smallest plan, or take their place. */
function filesOfCanaries(): Record<string, string> {
  const hidden = canary('restricted');
  const image = canary('restricted');
  return {
    'contacts/on-call.yaml': `# ${canary('red')}
title: On call ${canary('restricted')}
summary: Who is awake ${canary('restricted')}.
aliases: [${canary('restricted')}]
roles: [responder]
organisation: Example ${canary('restricted')}
available: At ${canary('restricted')}
callBack: Ask for ${canary('restricted')}.
label: restricted
channels:
  - {kind: phone, value: +1 202 555 0101, note: ${canary('restricted')}}
`,
    'contacts/desk.yaml': `title: Help desk
roles: [responder]
label: public
channels:
  - {kind: mail, value: desk@example.org}
  - {kind: chat, value: group ${canary('restricted')}, note: ${canary('restricted')}, label: restricted}
`,
    [`contacts/${hidden}.yaml`]: `title: Nobody ${canary('restricted')}
label: restricted
channels: [{kind: radio, value: channel ${canary('restricted')}}]
`,
    'contacts/source.yaml': `title: A source ${canary('red')}
tlp: RED
channels: [{kind: phone, value: +1 202 555 0199, note: ${canary('red')}}]
`,
    'pages/shown.mdx': `---
title: What everybody may read
summary: Open to all. Ask {secretRoom} or [the other page](page:secret).
label: public
---

{/* ${''} */}
Everybody reads this, and names [${canary('public')}](role:responder), [a hidden name](page:secret "${canary('restricted')}"),
[the list](secret.mdx), and {secretRoom}.

## Under this heading nothing is left

<Note label="restricted">
A note ${canary('restricted')} with \`code ${canary('restricted')}\`.

\`\`\`sh
echo ${canary('restricted')}
\`\`\`

![A picture ${canary('restricted')}](${image}.png)
</Note>

## Under this one something is

Some words. ${pictureKinds.map((kind) => `![A picture for everybody](shown.${kind})`).join(' ')}
`.replace('{/*  */}\n', ''),
    'pages/secret.mdx': `---
title: Secret page ${canary('restricted')}
summary: Secret summary ${canary('restricted')}.
label: restricted
sources: [{title: Source ${canary('restricted')}, url: "https://example.org/${canary('restricted')}"}]
---

Nobody ${canary('restricted')} outside the team reads these words in this order.

| ${canary('restricted')} | b |
| --- | --- |
| ${canary('restricted')} | [link](https://example.org/${canary('restricted')} "${canary('restricted')}") |

![${canary('restricted')}](${image}.png)
`,
    'lessons/secret.yaml': `title: Lesson ${canary('restricted')}
summary: Learned ${canary('restricted')}.
from: exercise
label: restricted
changes:
  - {id: one, of: "runbook:ransomware#list-hosts", do: replace, digest: ${nothing}, why: Because ${canary('restricted')}., text: '<Step id="list-hosts" role="responder">List ${canary('restricted')}.</Step>'}
`,
    'lessons/open.yaml': `title: An open lesson
summary: What all may learn.
from: exercise
label: public
changes:
  - {id: hidden, of: "page:secret", do: set, field: /summary, digest: ${nothing}, why: Because ${canary('restricted')}., value: New ${canary('restricted')}.}
  - {id: written, of: "runbook:ransomware#list-hosts", do: insert, place: after, digest: ${nothing}, why: It was ${canary('internal')}., text: '<Step id="new-step" role="responder" label="restricted">Do ${canary('restricted')}.</Step>'}
  - {id: reworded, of: "runbook:ransomware#list-hosts", do: reword, digest: ${nothing}, why: All were asked for., text: List all hosts that are affected.}
  - {id: named, of: "runbook:ransomware#list-hosts", do: reword, digest: ${nothing}, why: It helps., text: "Ask [on call](contact:on-call) in {secretRoom}."}
  - {id: above, of: "runbook:ransomware#secret-step", do: reword, digest: ${nothing}, why: It helps., text: Do it now.}
`,
    'worksheets/five-ws.yaml': `title: Five W's
code: W1
summary: What is known.
label: restricted
sections:
  - id: when
    title: When ${canary('restricted')}
    fields:
      - {id: noticed-at, label: When ${canary('restricted')}?, type: date-time, help: Ask ${canary('restricted')}.}
`,
    'runbooks/ransomware.mdx': `---
title: Ransomware
code: RW
summary: Files are encrypted.
signals: {confirm: [ransom-note]}
doNot: [Do not restart anything.]
criticality: urgent
impact: major
techniques: [T1486]
roles: [responder]
contacts: [on-call]
label: public
mistakenFor: [{runbook: hidden, because: It looks like ${canary('restricted')}.}]
owner: responder
status: draft
---

## First minutes

<Step id="call-for-help" role="responder">
Call {secretRoom}, or [on call](contact:on-call), [+1 202 555 0101](tel:+12025550101).
</Step>

<Step id="secret-step" role="responder" label="restricted">
Do ${canary('restricted')} first.
</Step>

<Step id="second-secret" role="responder" label="internal">
Do ${canary('internal')} then.
</Step>

## Preparation

<NoSteps>Nothing is special to this incident.</NoSteps>

## Identification

<Step id="list-hosts" role="responder" after="secret-step">
List the hosts that are affected.

<Command shell="bash" on="The host" as="root" checked="run" checkedOn="2026-11-24" checkedWhere="${canary('restricted')}" label="restricted">

\`\`\`bash
ls ${canary('restricted')}
\`\`\`

</Command>
</Step>

<Decision id="decide-it" decider="responder" within="10 min" otherwise="yes">
Is it bad?

<Option id="yes" to="second-secret">Yes.</Option>
<Option id="no" to="next">No.</Option>
<Option id="perhaps" to="next" label="restricted">Perhaps ${canary('restricted')}.</Option>
</Decision>

## Containment

<Use id="isolate-hosts" action="isolate-host" />

<Use id="hidden-use" action="hidden-action">
For this one ${canary('internal')}.
</Use>

## Eradication

<Step id="find-cause" role="responder">
Find the root cause.
</Step>

## Recovery

<Step id="restore-data" role="responder">
Restore the data.
</Step>

## Lessons Learned

<Step id="hold-meeting" role="responder">
Hold the meeting.
</Step>
`,
    'runbooks/hidden.mdx': `---
title: Hidden ${canary('restricted')}
code: HD
summary: Hidden summary ${canary('restricted')}.
signals: {confirm: [ransom-note]}
doNot: [Never ${canary('restricted')}.]
criticality: urgent
impact: major
roles: [responder]
label: restricted
owner: responder
status: draft
---

## First minutes

<Step id="hidden-first" role="responder">
Look at ${canary('restricted')} with great care and then again.
</Step>

## Preparation

<NoSteps>None ${canary('restricted')}.</NoSteps>

## Identification

<NoSteps>None.</NoSteps>

## Containment

<NoSteps>None.</NoSteps>

## Eradication

<NoSteps>None.</NoSteps>

## Recovery

<NoSteps>None.</NoSteps>

## Lessons Learned

<NoSteps>None.</NoSteps>
`,
    'actions/isolate-host.mdx': `---
title: Isolate the host from the network
summary: The host can be reached by nobody.
role: responder
targets: hosts
risks: [The host loses its backup.]
label: public
---

<Part id="unplug">
Unplug the network cable.

<Variant for="linux" label="restricted">
On Linux ${canary('restricted')}.
</Variant>

<Variant for="windows">
On Windows as usual.
</Variant>
</Part>

<Part id="secret-part" label="restricted">
Press ${canary('restricted')}.
</Part>

<Part id="last-part">
Tell the owner.
</Part>

<Verify>
The host answers no ping.
</Verify>

<Undo label="restricted">
Plug ${canary('restricted')} in.
</Undo>
`,
    'actions/hidden-action.mdx': `---
title: Do the hidden ${canary('restricted')}
summary: Hidden ${canary('restricted')}.
role: responder
risks: [Loses ${canary('restricted')}.]
label: restricted
---

<Part id="hidden-part">
Turn ${canary('restricted')} off.
</Part>

<Verify>
It is off.
</Verify>

<Undo>
Turn it on.
</Undo>
`,
  };
}

/** Texts of the files, by path; and names of the images that the pages show. */
export const canaryFiles: Readonly<Record<string, string>> = filesOfCanaries();

/** The plan with canaries. */
export async function canaryPlan(): Promise<Plan> {
  const loaded = await load(minimal);
  const files = loaded.files.filter(({ path }) => path !== 'plan.yaml' && !Object.hasOwn(canaryFiles, path));
  for (const [path, value] of Object.entries(canaryFiles)) files.push(new VFile({ path, value }));
  const old = String(loaded.files.find(({ path }) => path === 'plan.yaml'));
  files.push(new VFile({ path: 'plan.yaml', value: canaryPlanText(old) }));
  const images = new Set(imageNames().map((name) => `pages/${name}`));
  const compiled = compileFiles({ files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), images }, now);
  const errors = compiled.files.flatMap(({ messages }) => messages.filter(({ fatal }) => fatal)).map(String);
  if (errors.length > 0 || !compiled.plan) throw new Error(errors.join('\n'));
  return compiled.plan;
}

let planText: string | undefined;

/** The text of plan.yaml: the same at each call, since canaries count. */
export function canaryPlanText(old: string): string {
  planText ??= settings(old);
  return planText;
}

/** The images of the plan: one of each kind that everybody may see, and one that is only shown where it is withheld. */
export function imageNames(): string[] {
  const secret = /\]\((xq\w+\.png)\)/.exec(canaryFiles['pages/secret.mdx'] ?? '')?.[1] as string;
  return [...pictureKinds.map((kind) => `shown.${kind}`), secret];
}
