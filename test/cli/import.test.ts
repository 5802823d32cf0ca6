import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import JSZip from 'jszip';
import { expect, test } from 'vitest';
import { paragraph, table, wordFile, wordPart } from '../imports/word-file.ts';
import { runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

const sources = fileURLToPath(new URL('../fixtures/imports', import.meta.url));
const errorsIn = async (folder: string) =>
  JSON.parse((await runIn(folder, 'check', '--format', 'json')).stdout).diagnostics.filter(
    ({ level }: { level: string }) => level === 'error',
  );

/** A plan, and the sources in a folder beside it. */
function planWithSources(): string {
  const folder = temporaryPlan();
  cpSync(sources, join(folder, 'from'), { recursive: true });
  return folder;
}

test('Markdown becomes a runbook that check takes, with every word of the source', async () => {
  const folder = planWithSources();
  const { code, stdout, stderr } = await runIn(folder, 'import', 'from/phishing.md');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "from/phishing.md -> content/runbooks/phishing.mdx
      7 steps, 7 of 10 headings in a phase, 197 words, none lost
      kept under "Not yet placed":
        from/phishing.md:12:1 Overview (describes the incident or the document)
        from/phishing.md:65:1 Contacts (says who takes part)
        from/phishing.md:72:1 Escalation path to the moon (no known word for a phase)
      names several phases, please look:
        from/phishing.md:53:1 Eradicate & Recover: put into Eradication
      contacts, as drafts: content/contacts/help-desk.yaml, content/contacts/bank.yaml
    1 file imported.
    Next: \`firebreak check\` tells what a person must finish. Search for "[TO BE" to find what the sources did not say.
    "
  `);
  expect(await errorsIn(folder)).toEqual([]);
  const text = readFileSync(join(folder, 'content/runbooks/phishing.mdx'), 'utf8');
  expect(text).toMatchInlineSnapshot(`
    "---
    title: Phishing
    code: PH
    summary: Somebody reports a message that asks for a password or a payment.
    # Draft, named after the title. Replace it by what people notice.
    signals:
      confirm:
        - phishing-suspected
    doNot:
      - Do not forward the message.
      - Do not click the link again.
    # The source does not say. Unknown counts as the highest.
    criticality: urgent
    impact: major
    # The source names no role of this plan; every step has this one.
    roles:
      - responder
    owner: responder
    status: draft
    sources:
      - title: Phishing Playbook
        checkedOn: 2026-11-24
        note: Imported from phishing.md.
    ---

    ## First minutes

    <NoSteps>
    The source (phishing.md) has no step for this phase. Write them, or say here why it needs none.
    </NoSteps>

    ## Preparation

    <NoSteps>
    The source (phishing.md) describes this phase without a list of steps. Make steps of the text below.
    </NoSteps>

    ### 1. Preparation

    &#x65;xport the list of mailboxes once a month, says the source in lower case.

    ### Not yet placed

    <Note>
    These parts of phishing.md belong to no phase that could be told from their headings. Nothing of them is lost: move each to where it belongs, or delete it.
    </Note>

    An introduction before any heading, with a [link](https://example.org/policy) (the policy).

    #### Overview

    Braces \\{like these}, a placeholder \\<hostname> and a footnote.\\[1]

    #### Contacts

    | Name | Phone | Mail |
    | - | - | - |
    | Help desk | +1 202 555 0100 | [desk@example.org](mailto:desk@example.org) |
    | Bank | 202-555-0101 | |

    #### Escalation path to the moon

    More

    Hidden text.

    #### Headings without text of their own

    - Do not

    #### Properties of the source

    - title: Phishing playbook
    - description: Somebody reports a message that asks for a password or a payment.
    - owner: SOC
    - severity: P2

    #### Beside the text

    Comment in line 74: a comment: quokka

    - \\[1] The footnote says something rare: heliotrope.

    ## Identification

    ### Phase 2: Detection & Analysis

    <Step id="ask-reporter-what-was-clicked" role="responder">
    Ask the reporter what was clicked

    - time
    - address

    </Step>

    <Step id="search-logs" role="responder">
    Search the logs
    </Step>

    | Sender | Action |
    | - | - |
    | known | call back |

    #### Containment notes inside

    <Step id="look-headers-headers-md" role="responder">
    Look at the headers (\`./headers.md\`)
    </Step>

    ## Containment

    ### Contain

    <Step id="block-sender" role="responder">
    Block the sender.

    Then tell the help desk by telephone that the sender was blocked and that nobody needs to call about this message any more today.

    </Step>

    <Step id="isolate-host" role="responder">
    Isolate \`host\`:

    <Command shell="bash" on="[TO BE WRITTEN]" as="[TO BE WRITTEN]" checked="documentation" checkedOn="2026-11-24" checkedWhere="[TO BE CHECKED] as it stood in phishing.md">

    \`\`\`bash
    isolate --host <host>
    \`\`\`

    </Command>

    1. ![The console](../images/phishing/console.png)

    </Step>

    ## Eradication

    <NoSteps>
    The source (phishing.md) describes this phase without a list of steps. Make steps of the text below.
    </NoSteps>

    ### Eradicate & Recover

    Delete the messages.

    ## Recovery

    <Step id="restore-mailbox" role="responder">
    Restore the mailbox
    </Step>

    ## Lessons Learned

    ### Post-Incident Activity

    <Step id="hold-meeting" role="responder">
    Hold the meeting

    within two weeks

    </Step>
    "
  `);
  expect(readFileSync(join(folder, 'content/ids.lock'), 'utf8')).toContain('runbook:phishing#');
  expect(readFileSync(join(folder, 'content/images/phishing/console.png'))).toEqual(
    readFileSync(join(sources, 'console.png')),
  );
  expect(readFileSync(join(folder, 'content/contacts/help-desk.yaml'), 'utf8')).toContain('desk@example.org');
  // What was written has its ids and its list of ids: there is nothing left to mend.
  expect((await runIn(folder, 'fix')).stdout).toBe('Nothing to mend.\n');
});

test('HTML becomes a runbook: nothing is run or fetched, and a table that is a layout is unrolled', async () => {
  const folder = planWithSources();
  const { code, stdout } = await runIn(folder, 'import', 'from/lost-device.html');
  expect(code).toBe(0);
  expect(stdout).toContain('left behind: 1 × <script>, 1 × <style>');
  expect(await errorsIn(folder)).toEqual([]);
  const text = readFileSync(join(folder, 'content/runbooks/lost-device.mdx'), 'utf8');
  expect(text).not.toMatch(/onload|onclick|never run|color: red/);
  expect(text).toMatch(
    /## Containment\n[\s\S]*Lock the device[\s\S]*## Recovery\n[\s\S]*Hand out another device[\s\S]*## Lessons Learned/,
  );
  expect(text).toContain('`javascript:alert(1)`');
});

test('Word becomes a runbook: styles, lists, tables, footnotes and the margins of its pages', async () => {
  const folder = temporaryPlan();
  const body = [
    paragraph('Denial of service', { style: 'Title' }),
    paragraph('Containment', { style: 'heading1' }),
    paragraph('Call the provider &amp; say {why}', { item: true }),
    paragraph('Switch the filter on', { item: true }),
    paragraph('Recovery:', { bold: true }),
    paragraph('Switch the filter off', { item: true }),
    table([
      ['Provider', '+1 202 555 0102'],
      ['Editor', 'editor@example.org'],
    ]),
    paragraph('Odds and ends', { style: 'heading1' }),
    '<w:p><w:r><w:t>Noted</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
  ].join('');
  writeFileSync(
    join(folder, 'ddos.docx'),
    await wordFile(body, {
      'word/footnotes.xml': wordPart(
        'footnotes',
        `<w:footnote w:id="2">${paragraph('A note named wolverine')}</w:footnote>`,
      ),
      'word/header1.xml': wordPart('hdr', paragraph('Confidential narwhal')),
    }),
  );
  const { code, stdout, stderr } = await runIn(folder, 'import', 'ddos.docx');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('none lost');
  // Word has no lines; a place in what it was turned into would send nobody anywhere.
  expect(stdout).toContain('ddos.docx, heading 3: Odds and ends');
  expect(await errorsIn(folder)).toEqual([]);
  const text = readFileSync(join(folder, 'content/runbooks/ddos.mdx'), 'utf8');
  expect(text).toMatch(/## Containment\n\n<Step id="[a-z-]+" role="responder">\nCall the provider & say \\\{why}/);
  expect(text).toMatch(/## Recovery\n[\s\S]*Switch the filter off/);
  expect(text).toContain('wolverine');
  expect(text).toContain('narwhal');
  expect(existsSync(join(folder, 'content/contacts/provider.yaml'))).toBe(true);
});

test('a folder goes on when files are bad, names them, and exits with 1', async () => {
  const folder = planWithSources();
  const bad = join(folder, 'from');
  writeFileSync(join(bad, 'old.docx'), Buffer.from('d0cf11e0a1b11ae1', 'hex'));
  writeFileSync(join(bad, 'cut.docx'), (await wordFile(paragraph('x'))).subarray(0, 300));
  writeFileSync(join(bad, 'text.docx'), 'only text');
  writeFileSync(
    join(bad, 'entities.docx'),
    await wordFile(paragraph('x'), { 'word/settings.xml': '<!DOCTYPE lolz [<!ENTITY lol "lol">]><x/>' }),
  );
  writeFileSync(join(bad, 'binary.md'), Buffer.from([0x41, 0, 0xff, 0xfe]));
  writeFileSync(join(bad, 'deep.md'), `${'> '.repeat(5_000)}x`);
  symlinkSync('/etc/passwd', join(bad, 'link.md'));
  const { code, stdout, stderr } = await runIn(folder, 'import', 'from');
  expect(code).toBe(1);
  expect(stdout).toContain('from/phishing.md -> content/runbooks/phishing.mdx');
  expect(stdout).toContain('2 files imported, 6 could not be');
  expect(stderr).toContain('from/old.docx: It is encrypted, or an old .doc.');
  expect(stderr).toContain('from/cut.docx: It is a broken .docx file');
  expect(stderr).toContain('from/text.docx: It is no .docx file');
  expect(stderr).toContain('from/entities.docx: It declares entities');
  expect(stderr).toContain('from/binary.md: It is not UTF-8 text.');
  expect(stderr).toContain('from/deep.md: ');
  expect(await errorsIn(folder)).toEqual([]);
  expect(snapshotOf(join(folder, 'content')).has('runbooks/link.mdx')).toBe(false);
});

test('an archive that unpacks to more than it may is refused while it unpacks', async () => {
  const folder = temporaryPlan();
  const archive = new JSZip();
  archive.file('word/document.xml', '<x/>');
  archive.file('word/media/bomb.xml', new Uint8Array(110_000_000));
  writeFileSync(join(folder, 'bomb.docx'), await archive.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }));
  const { code, stderr } = await runIn(folder, 'import', 'bomb.docx');
  expect(code).toBe(1);
  expect(stderr).toContain('Unpacked it is larger than 100 MB');
});

test('nothing is written over, and --dry-run writes nothing', async () => {
  const folder = planWithSources();
  const before = snapshotOf(folder);
  const tried = await runIn(folder, 'import', 'from', '--dry-run');
  expect(tried.code).toBe(0);
  expect(tried.stdout).toContain('Nothing was written (--dry-run).');
  expect(snapshotOf(folder)).toEqual(before);
  await runIn(folder, 'import', 'from');
  const written = snapshotOf(folder);
  const again = await runIn(folder, 'import', 'from');
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('The plan has a runbook "phishing" already');
  expect(snapshotOf(folder)).toEqual(written);
});

test('steps under headings without a phase go where the user says; the role and signal are those of the plan', async () => {
  const folder = temporaryPlan();
  writeFileSync(join(folder, 'old.md'), '# Old page\n\n## Things\n\n1. Restart the router\n');
  const apart = JSON.parse((await runIn(folder, 'import', 'old.md', '--json', '--dry-run')).stdout);
  expect(apart.imported[0]).toMatchObject({
    steps: 0,
    lost: [],
    headings: [{ title: 'Things', line: 3, column: 1, phase: null, unknown: true }],
  });
  const { stdout } = await runIn(
    folder,
    'import',
    'old.md',
    '--json',
    '--phase',
    'containment',
    '--role',
    'responder',
    '--signal',
    'ransom-note',
    '--id',
    'router',
  );
  expect(JSON.parse(stdout)).toMatchObject({
    dryRun: false,
    failed: [],
    imported: [
      {
        reference: 'runbook:router',
        steps: 1,
        files: ['content/runbooks/router.mdx'],
        headings: [{ phase: 3, because: 'asked for' }],
      },
    ],
  });
  expect(await errorsIn(folder)).toEqual([]);
});

test.each(['page', 'action'])('a file becomes a %s with every word', async (kind) => {
  const folder = planWithSources();
  const { code, stdout, stderr } = await runIn(folder, 'import', 'from/phishing.md', '--as', kind);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('none lost');
  expect(await errorsIn(folder)).toEqual([]);
});

test('documents that come together refer to each other', async () => {
  const folder = temporaryPlan();
  mkdirSync(join(folder, 'from'));
  writeFileSync(join(folder, 'from/one.md'), '# One\n\n## Contain\n\n- See [the other](two.md#recover)\n');
  writeFileSync(join(folder, 'from/two.md'), '# Two\n\n## Recover\n\n- Restore\n');
  expect((await runIn(folder, 'import', 'from')).code).toBe(0);
  expect(readFileSync(join(folder, 'content/runbooks/one.mdx'), 'utf8')).toContain('[the other](runbook:two)');
  expect(await errorsIn(folder)).toEqual([]);
});

test.each([
  [['import'], 'Name one file or one folder'],
  [['import', 'nothing.md'], 'There is no file or folder nothing.md.'],
  [['import', 'content/runbooks', '--as', 'poem'], 'cannot be imported as "poem"'],
  [['import', 'content/runbooks', '--role', 'nobody'], 'The plan has no role "nobody"'],
  [['import', 'content/runbooks', '--phase', 'never'], 'The plan has no phase "never"'],
])('firebreak %j cannot run and says why', async (argv, reason) => {
  const { code, stderr } = await runIn(temporaryPlan(), ...argv);
  expect(code).toBe(2);
  expect(stderr).toContain(reason);
});

test('the line that governs a document is not its summary', async () => {
  const folder = temporaryPlan();
  const lines = ['Version 1.2, last reviewed by A. Example', '**Last updated:** May 2024 by the security team'];
  const about = 'Somebody entered a password on a page that is not ours.';
  writeFileSync(
    join(folder, 'stolen.md'),
    `# Stolen password\n\n${[...lines, about].join('\n\n')}\n\n## Contain\n\n- Reset it.\n`,
  );
  expect((await runIn(folder, 'import', 'stolen.md')).code).toBe(0);
  const text = readFileSync(join(folder, 'content/runbooks/stolen.mdx'), 'utf8');
  expect(text).toContain(`summary: ${about}\n`);
  // Kept, where it stood.
  expect(text).toContain(lines[0]);
});
