/**
 * Makes the content of a measurement: a plan for Firebreak, and the same text as plain Markdown for its peers. The same
 * number of runbooks gives the same bytes on every machine.
 *
 *   node bench/make-content.ts [number of runbooks]
 */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { contentFolders } from './folders.ts';
import { capital, randomFrom, type Sentences, sentencesFrom } from './sentences.ts';

/** A document in both notations. */
interface Made {
  /** Path in the plan, with its ending. */
  path: string;
  /** Path of its page, the same for Firebreak and its peers. */
  page: string;
  firebreak: string;
  title: string;
  summary: string;
  markdown: string;
  /** Ids for ids.lock: the document's, and its steps'. */
  ids: string[];
}

export interface Content {
  /** Path from the plan's folder to text. */
  plan: Map<string, string>;
  /** Path from the peer's content folder to text: Markdown with title and description as front matter. */
  plain: Map<string, string>;
  documents: number;
  /** Words of all plain pages together. */
  words: number;
}

const roleNames = words(
  'incident-commander deputy-commander scribe analyst forensics-lead it-operations identity-administrator communications-lead legal-counsel executive business-owner help-desk',
);
const groups = words('screens mail accounts network cloud people');
const phaseTitles = ['Preparation', 'Identification', 'Containment', 'Eradication', 'Recovery', 'Lessons Learned'];
const tactics = words('initial-access execution persistence stealth credential-access discovery collection impact');
const signalCount = 200;
const techniqueCount = 60;
const actionCount = 40;
const organisation = 'Example Manufacturing';
const caseFolder = 'evidence.example.org/cases';

const techniqueId = (index: number) => `T${9000 + index}`;
const signalId = (index: number) => `signal-${index}`;
const actionId = (index: number) => `action-${index}`;
const runbookId = (index: number) => `runbook-${String(index).padStart(4, '0')}`;

/** Makes all documents in memory. */
export function makeContent(runbooks: number): Content {
  const actions = range(actionCount).map((index) => makeAction(index));
  const made: Made[] = [
    ...roleNames.map((id) => makeRole(id)),
    ...roleNames.map((id, index) => makeContact(id, index)),
    ...phaseTitles.map((title, index) => makePhase(title, index)),
    ...range(signalCount).map((index) => makeSignal(index)),
    ...range(techniqueCount).map((index) => makeTechnique(index)),
    ...actions.map(({ made: action }) => action),
    ...range(runbooks).map((index) => makeRunbook(index, runbooks, actions)),
  ];
  const plan = new Map(made.map((document) => [document.path, document.firebreak]));
  plan.set('plan.yaml', settings());
  plan.set('ids.lock', `${[...new Set(made.flatMap(({ ids }) => ids))].sort().join('\n')}\n`);
  const plain = new Map(
    made.map(({ page, title, summary, markdown }) => [
      `${page}.md`,
      `---\ntitle: ${JSON.stringify(title)}\ndescription: ${JSON.stringify(summary)}\n---\n\n${markdown}`,
    ]),
  );
  const wordCount = made.reduce((sum, { markdown }) => sum + markdown.split(/\s+/).length, 0);
  return { plan, plain, documents: made.length, words: wordCount };
}

/** Writes files into a folder that is emptied before. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    const to = join(folder, path);
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, text);
  }
}

/** Writes the content to where `run.ts` expects it. */
export async function writeContent(content: Content): Promise<void> {
  await writeFiles(contentFolders.firebreak, content.plan);
  for (const folder of contentFolders.peers) await writeFiles(folder, content.plain);
}

function words(text: string): string[] {
  return text.split(' ');
}

function range(length: number): number[] {
  return [...new Array(length).keys()];
}

function titleOf(id: string): string {
  return capital(id.replaceAll('-', ' '));
}

const bullets = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');
const yamlList = (items: readonly string[]) => items.map((item) => `  - ${JSON.stringify(item)}`).join('\n');
const governed =
  'status: approved\nowner: incident-commander\nreview:\n  last: 2026-10-05\napprovals:\n  - by: A. Example\n    role: executive\n    on: 2026-10-06';

function makeRole(id: string): Made {
  const say = sentencesFrom(randomFrom(100 + roleNames.indexOf(id)));
  const title = titleOf(id);
  const summary = say.sentence();
  const first = range(5).map(() => say.instruction());
  const body = `## Working rules\n\n${say.paragraph(120)}`;
  return {
    path: `roles/${id}.mdx`,
    page: `roles/${id}`,
    title,
    summary,
    firebreak: `---\ntitle: ${title}\nsummary: ${JSON.stringify(summary)}\nfirstFifteenMinutes:\n${yamlList(first)}\n${governed}\n---\n\n${body}\n`,
    markdown: `${summary}\n\n## First fifteen minutes\n\n${bullets(first)}\n\n${body}\n`,
    ids: [`role:${id}`],
  };
}

function makeContact(role: string, index: number): Made {
  const id = `${role}-on-call`;
  const title = `${titleOf(role)} on call`;
  const number = `+1 202 555 01${String(index).padStart(2, '0')}`;
  const summary = `Whoever is on duty as ${titleOf(role).toLowerCase()}.`;
  return {
    path: `contacts/${id}.yaml`,
    page: `contacts/${id}`,
    title,
    summary,
    firebreak: `title: ${title}\nsummary: ${summary}\nroles:\n  - ${role}\nchannels:\n  - kind: mobile\n    value: ${number}\n    outOfBand: true\navailable: Day and night\n`,
    markdown: `${summary}\n\n- Mobile: ${number}\n- Role: [${titleOf(role)}](/roles/${role}/)\n- Available: Day and night\n`,
    ids: [`contact:${id}`],
  };
}

function makePhase(title: string, index: number): Made {
  const id = title.toLowerCase().replaceAll(' ', '-');
  const say = sentencesFrom(randomFrom(200 + index));
  const [summary, goal, starts] = [say.sentence(), say.sentence(), say.sentence()];
  const exit = range(4).map(() => say.sentence());
  const body = `## How it is done\n\n${say.paragraph(300)}`;
  return {
    path: `phases/${id}.mdx`,
    page: `phases/${id}`,
    title,
    summary,
    firebreak: `---\ntitle: ${title}\norder: ${index + 1}\nsummary: ${JSON.stringify(summary)}\ngoal: ${JSON.stringify(goal)}\nstarts: ${JSON.stringify(starts)}\nexitCriteria:\n${yamlList(exit)}\n${governed}\n---\n\n${body}\n`,
    markdown: `${summary}\n\n${goal}\n\n${starts}\n\n## Exit criteria\n\n${bullets(exit)}\n\n${body}\n`,
    ids: [`phase:${id}`],
  };
}

function signalTitle(index: number): string {
  const say = sentencesFrom(randomFrom(1_000 + index));
  return `${capital(say.noun())} and ${say.noun()} look wrong (${index})`;
}

function makeSignal(index: number): Made {
  const say = sentencesFrom(randomFrom(2_000 + index));
  const title = signalTitle(index);
  const summary = say.sentence();
  const synonyms = range(6).map(() => `${say.noun()} ${say.noun()} ${say.noun()}`);
  return {
    path: `signals/${signalId(index)}.yaml`,
    page: `signals/${signalId(index)}`,
    title,
    summary,
    firebreak: `title: ${JSON.stringify(title)}\nsummary: ${JSON.stringify(summary)}\ngroup: ${groups[index % groups.length]}\nsynonyms:\n${yamlList(synonyms)}\n`,
    markdown: `${summary}\n\n${bullets(synonyms)}\n`,
    ids: [`signal:${signalId(index)}`],
  };
}

function makeTechnique(index: number): Made {
  const say = sentencesFrom(randomFrom(3_000 + index));
  const title = `${capital(say.noun())} ${say.noun()} ${index}`;
  const summary = say.sentence();
  const evidence = range(3).map(() => say.sentence());
  return {
    path: `techniques/${techniqueId(index)}.yaml`,
    page: `techniques/${techniqueId(index)}`,
    title,
    summary,
    firebreak: `title: ${JSON.stringify(title)}\ntactics:\n  - ${tactics[index % tactics.length]}\nattackVersion: "19.1"\nsummary: ${JSON.stringify(summary)}\nevidence:\n${yamlList(evidence)}\n`,
    markdown: `${summary}\n\n## Evidence\n\n${bullets(evidence)}\n`,
    ids: [`technique:${techniqueId(index)}`],
  };
}

interface Action {
  title: string;
  made: Made;
  /** Its parts as plain Markdown, for the runbooks that use it. */
  inPlace: string;
}

function makeAction(index: number): Action {
  const say = sentencesFrom(randomFrom(4_000 + index));
  const title = `${say.instruction().replace(/\.$/, '')} (${index})`;
  const summary = say.sentence();
  const risks = [say.statement(), say.statement()];
  const parts = range(3).map((part) => ({ id: `part-${part}`, order: say.instruction(), detail: say.paragraph(15) }));
  const [verify, undo] = [say.sentence(), say.sentence()];
  const inPlace = [
    ...parts.map(({ order, detail }, part) => `**${'abc'[part]}.** ${order}\n\n${detail}`),
    `**Verify:** ${verify}`,
    `**Undo:** ${undo}`,
  ].join('\n\n');
  return {
    title,
    inPlace,
    made: {
      path: `actions/${actionId(index)}.mdx`,
      page: `actions/${actionId(index)}`,
      title,
      summary,
      firebreak: `---\ntitle: ${JSON.stringify(title)}\nsummary: ${JSON.stringify(summary)}\nrole: it-operations\nrisks:\n${yamlList(risks)}\n${governed}\n---\n\n${parts
        .map(({ id, order, detail }) => `<Part id="${id}">\n${order}\n\n${detail}\n</Part>`)
        .join('\n\n')}\n\n<Verify>\n${verify}\n</Verify>\n\n<Undo>\n${undo}\n</Undo>\n`,
      markdown: `${summary}\n\n## Risks\n\n${bullets(risks)}\n\n## Parts\n\n${inPlace}\n`,
      ids: [`action:${actionId(index)}`, ...parts.map(({ id }) => `action:${actionId(index)}#${id}`)],
    },
  };
}

/** What a runbook is written with: each block gives its text in both notations. */
interface Writer {
  say: Sentences;
  code: string;
  ids: string[];
  firebreak: string[];
  markdown: string[];
  /** Number of the last step, as Firebreak counts: Preparation apart. */
  number: number;
  preparation: number;
  inPreparation: boolean;
  /** Id of the step before, for `after`. */
  before: string | undefined;
}

function makeRunbook(index: number, count: number, actions: readonly Action[]): Made {
  const say = sentencesFrom(randomFrom(10_000 + index));
  const id = runbookId(index);
  const code = codeOf(index);
  const title = `${say.product()} ${say.noun()} ${say.noun()} ${index}`;
  const summary = `${say.sentence()} ${say.sentence()}`;
  const aliases = [`${say.product()} ${say.noun()} ${index}`, `${say.noun()} ${say.product()} ${index}`];
  const signals = some(say, 4, signalCount);
  const techniques = some(say, 4, techniqueCount).map((each) => techniqueId(each));
  const roles = roleNames.slice(0, 4 + say.random(4));
  const doNot = range(3).map(() => `Do not ${say.order()} the ${say.noun()} before the ${say.noun()}.`);
  const confirmWith = range(3).map(() => say.sentence());
  const notThisIf = range(2).map(() => say.sentence());
  const other = say.random(count);
  const related = other === index ? [] : [other];

  const writer: Writer = {
    say,
    code,
    ids: [],
    firebreak: [],
    markdown: [],
    number: 0,
    preparation: 0,
    inPreparation: false,
    before: undefined,
  };
  heading(writer, 'First minutes');
  caution(writer);
  step(writer);
  use(writer, actions);
  step(writer);
  use(writer, actions);
  for (const phase of phaseTitles) {
    writer.inPreparation = phase === 'Preparation';
    writer.before = undefined;
    heading(writer, phase);
    writer.firebreak.push(say.paragraph(15));
    writer.markdown.push(writer.firebreak.at(-1) as string);
    writePhase(writer, phase, actions);
  }

  const front = [
    `title: ${title}`,
    `code: ${code}`,
    `summary: ${JSON.stringify(summary)}`,
    `aliases:\n${yamlList(aliases)}`,
    `signals:\n  confirm:\n${signals.map((each) => `    - ${signalId(each)}`).join('\n')}`,
    `confirmWith:\n${yamlList(confirmWith)}`,
    `notThisIf:\n${yamlList(notThisIf)}`,
    `doNot:\n${yamlList(doNot)}`,
    'criticality: urgent\nimpact: major',
    `techniques:\n${yamlList(techniques)}`,
    `roles:\n${yamlList(roles)}`,
    ...(related.length > 0 ? [`related:\n${yamlList(related.map((each) => runbookId(each)))}`] : []),
    governed,
  ].join('\n');
  const head = [
    summary,
    `Also called ${aliases.join(', ')}.`,
    `You may have seen:\n\n${bullets(signals.map((each) => `[${signalTitle(each)}](/signals/${signalId(each)}/)`))}`,
    `Make sure:\n\n${bullets(confirmWith)}`,
    `Not this when:\n\n${bullets(notThisIf)}`,
    `Do not:\n\n${bullets(doNot)}`,
    `Roles: ${roles.map((role) => plainRole(role)).join(', ')}`,
    `Techniques: ${techniques.map((each) => `[${each}](/techniques/${each}/)`).join(', ')}`,
    ...related.map((each) => `Related: [${runbookId(each)}](/runbooks/${runbookId(each)}/)`),
  ].join('\n\n');
  return {
    path: `runbooks/${id}.mdx`,
    page: `runbooks/${id}`,
    title,
    summary,
    firebreak: `---\n${front}\n---\n\n${writer.firebreak.join('\n\n')}\n`,
    markdown: `${head}\n\n${writer.markdown.join('\n\n')}\n`,
    ids: [`runbook:${id}`, ...writer.ids.map((each) => `runbook:${id}#${each}`)],
  };
}

/** Short codes AAA, AAB, … */
function codeOf(index: number): string {
  return [Math.floor(index / 676) % 26, Math.floor(index / 26) % 26, index % 26]
    .map((letter) => String.fromCharCode(65 + letter))
    .join('');
}

function some(say: Sentences, count: number, of: number): number[] {
  const start = say.random(of);
  return range(count).map((index) => (start + index * 7) % of);
}

function writePhase(writer: Writer, phase: string, actions: readonly Action[]): void {
  switch (phase) {
    case 'Preparation':
      step(writer);
      step(writer);
      return;
    case 'Identification':
      step(writer);
      command(writer);
      decision(writer);
      step(writer);
      table(writer);
      use(writer, actions);
      return;
    case 'Containment':
      caution(writer);
      use(writer, actions);
      step(writer);
      evidence(writer);
      decision(writer);
      return;
    case 'Eradication':
      step(writer);
      command(writer);
      use(writer, actions);
      step(writer);
      note(writer);
      return;
    case 'Recovery':
      step(writer);
      use(writer, actions);
      step(writer);
      return;
    default:
      step(writer);
      table(writer);
  }
}

function heading(writer: Writer, title: string): void {
  writer.firebreak.push(`## ${title}`);
  writer.markdown.push(`## ${title}`);
}

const role = (id: string) => `[${titleOf(id).toLowerCase()}](role:${id})`;
const plainRole = (id: string) => `[${titleOf(id).toLowerCase()}](/roles/${id}/)`;

function numbered(writer: Writer, id: string): string {
  writer.ids.push(id);
  if (writer.inPreparation) writer.preparation += 1;
  else writer.number += 1;
  return `${writer.code} ${writer.inPreparation ? `P${writer.preparation}` : writer.number}`;
}

function nextId(writer: Writer, kind: string): string {
  return `${kind}-${writer.say.order()}-${writer.say.noun()}-${writer.ids.length + 1}`;
}

function step(writer: Writer): void {
  const { say, before } = writer;
  const id = nextId(writer, 'do');
  const [instruction, detail] = [say.instruction(), say.paragraph(26)];
  const by = say.pick(roleNames);
  const tell = say.pick(roleNames);
  const points = say.random(3) === 0 ? range(3).map(() => say.sentence()) : [];
  const waits = before && say.random(2) === 0 ? before : undefined;
  const number = numbered(writer, id);
  const rest = (told: string, folder: string) =>
    [
      `${detail} Tell the ${told}, and keep what you found in ${folder}.`,
      ...(points.length > 0 ? [bullets(points)] : []),
    ].join('\n\n');
  writer.firebreak.push(
    `<Step id="${id}" role="${by}" within="30 min" from="declaration"${waits ? ` after="${waits}"` : ''}>\n\n${instruction}\n\n${rest(role(tell), '{caseFolder}')}\n\n</Step>`,
  );
  writer.markdown.push(
    `### ${number}. ${instruction}`,
    `${plainRole(by)} · Within 30 min of declaration${waits ? ` · After ${waits}` : ''}`,
    rest(plainRole(tell), caseFolder),
  );
  writer.before = id;
}

/** Puts a block into the step that was written last. */
function inside(writer: Writer, firebreak: string, markdown: string): void {
  const last = writer.firebreak.length - 1;
  writer.firebreak[last] = (writer.firebreak[last] as string).replace(/\n\n<\/Step>$/, `\n\n${firebreak}\n\n</Step>`);
  writer.markdown.push(markdown);
}

function use(writer: Writer, actions: readonly Action[]): void {
  const { say } = writer;
  const id = nextId(writer, 'use');
  const index = say.random(actions.length);
  const { title, inPlace } = actions[index] as Action;
  const detail = say.paragraph(15);
  const number = numbered(writer, id);
  writer.firebreak.push(
    `<Use id="${id}" action="${actionId(index)}" within="1 h" from="declaration">\n\n${detail}\n\n</Use>`,
  );
  writer.markdown.push(
    `### ${number}. ${title}`,
    `${plainRole('it-operations')} · Within 1 h of declaration`,
    detail,
    inPlace,
  );
  writer.before = id;
}

function decision(writer: Writer): void {
  const { say } = writer;
  const id = nextId(writer, 'decide');
  const question = say.question();
  const facts = range(3).map(() => say.sentence());
  const [no, yes] = [say.sentence(), say.sentence()];
  const number = numbered(writer, id);
  writer.firebreak.push(
    `<Decision id="${id}" decider="incident-commander" deputy="deputy-commander" within="2 h" from="declaration" otherwise="no">\n\n${question}\n\n${bullets(facts)}\n\n<Option id="no" to="next">No. ${no}</Option>\n<Option id="yes" to="runbook:${runbookId(0)}">Yes. ${yes}</Option>\n\n</Decision>`,
  );
  writer.markdown.push(
    `### ${number}. Decision: ${question}`,
    `Decides: ${plainRole('incident-commander')} or ${plainRole('deputy-commander')} · Within 2 h of declaration`,
    bullets(facts),
    `- No. ${no} Go on with the next step.\n- Yes. ${yes} Go to [${runbookId(0)}](/runbooks/${runbookId(0)}/).`,
    `**If nobody answers in time:** No. ${no}`,
  );
  writer.before = id;
}

function caution(writer: Writer): void {
  const text = `${writer.say.statement()} ${writer.say.statement()}`;
  writer.firebreak.push(`<Caution about="evidence">\n\n${text}\n\n</Caution>`);
  writer.markdown.push(`> **Danger to evidence.** ${text}`);
}

function note(writer: Writer): void {
  const text = `${writer.say.sentence()} This holds for ${organisation}.`;
  inside(writer, `<Note>\n\n${text.replace(organisation, '{organisation.name}')}\n\n</Note>`, `> **Note.** ${text}`);
}

function evidence(writer: Writer): void {
  const text = writer.say.paragraph(15);
  inside(writer, `<Evidence kind="logs">\n\n${text}\n\n</Evidence>`, `> **Evidence: logs.** ${text}`);
}

function table(writer: Writer): void {
  const { say } = writer;
  const rows = range(3).map(() => `| ${say.noun()} | ${say.host()} | ${say.noun()} ${say.noun()} |`);
  const text = ['| What | Where | Why |', '| --- | --- | --- |', ...rows].join('\n');
  inside(writer, text, text);
}

function command(writer: Writer): void {
  const { say } = writer;
  const [good, bad, where] = [say.sentence(), say.sentence(), `manual of ${say.product()}`];
  const bash = `grep -c '${say.noun()}' /var/log/${say.noun()}.log\nss -tan dst <address> | sort | uniq -c`;
  const powershell = `Get-NetTCPConnection -State Established -RemoteAddress <address>\nGet-Process | Sort-Object CPU -Descending | Select-Object -First ${5 + say.random(20)}`;
  const one = (shell: string, code: string) =>
    [
      `<Command shell="${shell}" on="The affected host, at its console" as="A local administrator" checked="documentation" checkedOn="2026-11-24" checkedWhere="${where}">`,
      `\`\`\`${shell}\n${code}\n\`\`\``,
      '<Placeholder name="address" type="ip-address">The address in the firewall log.</Placeholder>',
      `<GoodAnswer>${good}</GoodAnswer>\n<BadAnswer>${bad}</BadAnswer>`,
      '</Command>',
    ].join('\n\n');
  const plain = (shell: string, code: string) =>
    [
      'Run on: The affected host, at its console, as A local administrator',
      `\`\`\`${shell}\n${code}\n\`\`\``,
      '`<address>`: The address in the firewall log.',
      `- **Good answer:** ${good}\n- **Bad answer:** ${bad}`,
      `From documentation: ${where}, 2026-11-24`,
    ].join('\n\n');
  inside(
    writer,
    `<Variant for="windows">\n\n${one('powershell', powershell)}\n\n</Variant>\n\n<Variant for="linux">\n\n${one('bash', bash)}\n\n</Variant>`,
    `**Windows**\n\n${plain('powershell', powershell)}\n\n**Linux**\n\n${plain('bash', bash)}`,
  );
}

function settings(): string {
  const level = (id: string) => `    - { id: ${id}, name: ${capital(id)}, meaning: What ${id} means. }`;
  const criticality = words('immediate urgent soon');
  const impact = words('severe major minor');
  return `schema: 2
title: Measured plan
example: true
language: en
organisation: { name: ${organisation}, shortName: Example, timeZone: Europe/Vienna, domain: example.org }
variables:
  caseFolder: ${caseFolder}
tlp: GREEN
priority:
  criticality:
${criticality.map((id) => level(id)).join('\n')}
  impact:
${impact.map((id) => level(id)).join('\n')}
  levels:
    - { id: p1, name: P1, meaning: Everybody works on it., respondWithin: 15 min, updateEvery: 1 h, tell: [executive] }
    - { id: p2, name: P2, meaning: Whoever is needed works on it., respondWithin: 1 h, updateEvery: 4 h }
  cells:
${criticality.map((id) => `    ${id}: { severe: p1, major: p1, minor: p2 }`).join('\n')}
authority:
  powers:
    - { id: isolate, power: Isolate a host., roles: [incident-commander, analyst] }
  suspicion:
    - { suspect: An administrator, takesOver: [legal-counsel] }
stack:
  - { id: windows, name: Windows, category: endpoint }
  - { id: linux, name: Linux, category: endpoint }
signalGroups:
${groups.map((id) => `  - { id: ${id}, name: ${capital(id)} }`).join('\n')}
home:
  questions:
    - { question: Could somebody be hurt?, ifYes: Leave the area. }
  firstRunbook: ${runbookId(0)}
  contacts: [incident-commander-on-call]
`;
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const content = makeContent(Number(argv[2] ?? 1000));
  await writeContent(content);
  process.stdout.write(`${content.documents} documents, ${content.words} words.\n`);
}
