import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recompiled, textOf } from '../../src/compile/edited.ts';
import { idsOf } from '../../src/compile/ids.ts';
import type { Compiled } from '../../src/compile/index.ts';
import { rename } from '../../src/compile/rename.ts';
import { CannotRename } from '../../src/compile/rename-edits.ts';
import { textDigest } from '../../src/compile/text-digest.ts';
import { allDiagnostics, levelOf } from '../../src/diagnostics/report.ts';
import type { Plan } from '../../src/model/plan.ts';
import { parseReference } from '../../src/model/reference.ts';
import { compiledWith, now } from '../fixture-plan.ts';

// Names in every way in which an author may write one.
const page = `---
title: Names
summary: >-
  Ask the [responder](role:responder) or
  read [what
  to do](runbook:ransomware#list-hosts), then \`role:responder\`.
owner: "responder"
---

Ask the [responder][who], *the [second](role:responder "title")* and [the third](<role:responder>).
Not a name: responder, \`[x](role:responder)\`, role:responder.

See [the file](../roles/responder.yaml), [the runbook](runbook:ransomware) and
[a step](runbook:ransomware#list-hosts).

\`\`\`text
[x](role:responder)
\`\`\`

[who]: role:responder
`;

const runbook = `---
title: Second
code: SE
summary: Second.
signals: {confirm: [ransom-note]}
doNot: [Do not.]
criticality: urgent
impact: major
roles:
  - responder # the only one
owner: 'responder'
status: draft
related: [ransomware]
---

## First minutes

<Step id="first" role="responder" next="second">
Do it, as [below](#second) and [there](runbook:second#third).
</Step>

<Step
  role='responder' id="second" after="first"
  orderedBy="responder"
  >
Do more.
</Step>

<Decision id="ask" decider="responder" deputy="responder" within="5 min" otherwise="one">
Which?

<Option id="one" to="third">One.</Option>

<Option id="two" to="runbook:second#third">Two.</Option>

<Option id="three" to="runbook:ransomware#list-hosts">Three.</Option>
</Decision>

<Use id="third" action="isolate-host" leavesOut="unplug-it" after="first second">
Not here, since it has no plug.
</Use>

## Preparation

<NoSteps>None.</NoSteps>

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
`;

const action = `---
title: Isolate the host
summary: Cut it off.
role: responder
risks: [It is cut off.]
---

<Part id="cut-it-off">
Cut it off.
</Part>

<Part id="unplug-it">
Unplug it.
</Part>
`;

async function plan(more: Record<string, string> = {}): Promise<Compiled> {
  const compiled = await compiledWith({
    'pages/names.mdx': page,
    'runbooks/second.mdx': runbook,
    'actions/isolate-host.mdx': action,
    ...more,
  });
  const lock = [...idsOf(compiled.plan as Plan)].sort().join('\n');
  return recompiled(compiled, new Map([['ids.lock', `# Remark\n${lock}\n`]]), now);
}

function applied(compiled: Compiled, reference: string, newId: string): Compiled {
  const { files, errors } = rename(compiled, reference, newId, now);
  expect(errors).toEqual([]);
  return recompiled(compiled, new Map(files.map(({ path, after }) => [path, after])), now);
}

const textsOf = ({ files }: Compiled) =>
  new Map(files.filter(({ path }) => path !== 'ids.lock').map((file) => [file.path, String(file)]));

test('the plan to be renamed in has no error', async () => {
  const told = allDiagnostics((await plan()).files).filter((diagnostic) => levelOf(diagnostic) === 'error');
  expect(told.map(String)).toEqual([]);
});

test('a document is renamed in properties, attributes, links and plan.yaml, and nowhere else', async () => {
  const before = await plan();
  const after = applied(before, 'role:responder', 'first-responder');
  const text = textOf(after, 'pages/names.mdx') as string;
  expect(text).toBe(
    page
      .replace('[responder](role:responder) or', '[responder](role:first-responder) or')
      .replace('owner: "responder"', 'owner: "first-responder"')
      .replace('(role:responder "title")', '(role:first-responder "title")')
      .replace('(<role:responder>)', '(<role:first-responder>)')
      .replace('../roles/responder.yaml', '../roles/first-responder.yaml')
      .replace('[who]: role:responder', '[who]: role:first-responder'),
  );
  const second = textOf(after, 'runbooks/second.mdx') as string;
  expect(second).toBe(
    runbook
      .replaceAll('"responder"', '"first-responder"')
      .replaceAll("'responder'", "'first-responder'")
      .replace('- responder #', '- first-responder #'),
  );
  expect(textOf(after, 'plan.yaml')).toContain('roles: [first-responder]');
  expect(textOf(after, 'roles/responder.yaml')).toBeUndefined();
  expect(textOf(after, 'roles/first-responder.yaml')).toBe(textOf(before, 'roles/responder.yaml'));
  expect(textOf(after, 'ids.lock')).toContain('role:responder -> role:first-responder\n');
  expect(after.plan?.documents.has('role:first-responder')).toBe(true);
});

test('a step is renamed where it stands and where it is named', async () => {
  const after = applied(await plan(), 'runbook:second#second', 'other');
  expect(textOf(after, 'runbooks/second.mdx')).toBe(
    runbook
      .replace('next="second"', 'next="other"')
      .replace('(#second)', '(#other)')
      .replace('id="second"', 'id="other"')
      .replace('after="first second"', 'after="first other"'),
  );
  expect(textOf(after, 'ids.lock')).toContain('runbook:second#second -> runbook:second#other\n');
  const elsewhere = applied(await plan(), 'runbook:ransomware#list-hosts', 'runbook:ransomware#all-hosts');
  expect(textOf(elsewhere, 'pages/names.mdx')).toBe(page.replaceAll('#list-hosts', '#all-hosts'));
  expect(textOf(elsewhere, 'runbooks/second.mdx')).toBe(runbook.replace('#list-hosts', '#all-hosts'));
});

test('a part of an action is renamed where a use leaves it out', async () => {
  const after = applied(await plan(), 'action:isolate-host#unplug-it', 'pull-the-plug');
  expect(textOf(after, 'runbooks/second.mdx')).toBe(runbook.replace('"unplug-it"', '"pull-the-plug"'));
});

describe('lessons', () => {
  const digest = `sha256-${'0'.repeat(64)}`;
  const lesson = (open: string, history: string) => `title: Later
summary: What we learned.
from: exercise
exercise: friday-night
changes:
  - id: say-where
    do: replace
    of: runbook:ransomware#list-hosts
    digest: ${open}
    text: |
      <Step id="list-hosts" role="responder" next="find-cause">
      List the hosts, as [the scope](page:scope) says.
      </Step>
    why: Nobody knew where to write it.
  - id: earlier
    do: replace
    of: runbook:ransomware#list-hosts
    digest: ${history}
    applied: ${history}
    text: |
      <Step id="list-hosts" role="responder">
      List them.
      </Step>
    why: It was too long.
`;

  test('an open change follows, with its digest; what an applied one wrote stays as it was', async () => {
    const known = textDigest((await plan()).plan as Plan, 'runbook:ransomware#list-hosts') as string;
    const before = await plan({ 'lessons/later.yaml': lesson(known, digest) });
    expect(allDiagnostics(before.files).map(({ ruleId }) => ruleId)).not.toContain('change-stale');
    const after = applied(before, 'runbook:ransomware#list-hosts', 'all-hosts');
    const text = textOf(after, 'lessons/later.yaml') as string;
    const now_ = textDigest(after.plan as Plan, 'runbook:ransomware#all-hosts') as string;
    expect(text).toBe(
      lesson(now_, digest)
        .replaceAll('of: runbook:ransomware#list-hosts', 'of: runbook:ransomware#all-hosts')
        .replace('<Step id="list-hosts"', '<Step id="all-hosts"'),
    );
    expect(allDiagnostics(after.files).map(({ ruleId }) => ruleId)).not.toContain('change-stale');
  });

  test('a role in the text of an open change follows, and a digest that did not hold is left', async () => {
    const before = await plan({ 'lessons/later.yaml': lesson(digest, digest) });
    const after = applied(before, 'role:responder', 'analyst');
    expect(textOf(after, 'lessons/later.yaml')).toBe(
      lesson(digest, digest).replace('role="responder" next', 'role="analyst" next'),
    );
  });
});

test('what cannot be renamed is said, and an id is never used for something else', async () => {
  const compiled = await plan();
  const fails = (reference: string, id: string, words: string) =>
    expect(() => rename(compiled, reference, id, now)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(words) }),
    );
  fails('role:nobody', 'x', 'The plan has no "role:nobody"');
  fails('role:responder', 'No Id', 'cannot be an id');
  fails('role:responder', 'responder', 'It is called "responder" already');
  fails('role:responder', 'contact:responder', 'stays in its document and kind');
  fails('runbook:second', 'ransomware', 'There is "runbook:ransomware" already');
  fails('runbook:second#first', 'third', 'There is "runbook:second#third" already');
  fails('runbook:second#first', 'recovery', 'already');
  const retired = recompiled(
    compiled,
    new Map([['ids.lock', `${textOf(compiled, 'ids.lock')}role:gone retired\nrole:left -> role:gone\n`]]),
    now,
  );
  expect(() => rename(retired, 'role:responder', 'gone', now)).toThrow(CannotRename);
  expect(() => rename(retired, 'role:responder', 'left', now)).toThrow(CannotRename);
  const faulty = recompiled(compiled, new Map([['pages/faulty.mdx', `${page}<Step>\n`]]), now);
  expect(() => rename(faulty, 'role:responder', 'x', now)).toThrow('pages/faulty.mdx has errors');
});

test('there and back leaves every file as it was, and the list of ids remembers the way', async () => {
  const compiled = await plan();
  const ids = [...idsOf(compiled.plan as Plan)].filter((id) => !id.startsWith('technique:'));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ids),
      fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,5}){1,2}$/),
      async (from, newId) => {
        const named = parseReference(from);
        const to = named?.step ? `${from.split('#')[0]}#${newId}` : `${named?.kind}:${newId}`;
        fc.pre(!ids.includes(to));
        const there = applied(compiled, from, newId);
        expect(there.plan && idsOf(there.plan).has(to)).toBe(true);
        expect(there.plan && idsOf(there.plan).has(from)).toBe(false);
        const back = applied(there, to, named?.step ?? (named?.id as string));
        expect(textsOf(back)).toEqual(textsOf(compiled));
        const lock = textOf(back, 'ids.lock')?.split('\n');
        expect(lock).toContain(from);
        expect(lock).toContain(`${to} -> ${from}`);
        expect(allDiagnostics(back.files)).toHaveLength(allDiagnostics(compiled.files).length);
      },
    ),
    { numRuns: 25 },
  );
});
