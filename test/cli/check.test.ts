import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

const runbook = 'content/runbooks/ransomware.mdx';

function breakRunbook(folder: string): string {
  const path = join(folder, runbook);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(/role="[a-z-]+"/, 'role="analist"');
  expect(after).not.toBe(before);
  writeFileSync(path, after);
  return after;
}

test('a good plan has nothing to report', async () => {
  const { code, stdout, stderr } = await runIn(temporaryPlan(), 'check', '--strict');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^\d+ documents checked, nothing to report\.\nUntil the plan is adopted: [^\n]*\n$/);
});

test('a time zone that does not exist is told before a browser is asked for a deadline in it', async () => {
  const folder = temporaryPlan();
  const path = join(folder, 'content/plan.yaml');
  const before = readFileSync(path, 'utf8');
  const after = before.replace(/(timeZone: )[^,}\s]+/, '$1Europe/Wien');
  expect(after).not.toBe(before);
  writeFileSync(path, after);
  const { code, stdout } = await runIn(folder, 'check');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /"Europe\/Wien" does not have the form of timeZone\. wrong-form\n {2}content\/plan\.yaml:\d+:/,
  );
});

test('what is left until the plan is adopted is counted, listed, and no fault', async () => {
  const folder = temporaryPlan();
  const path = join(folder, 'content/runbooks/ransomware.mdx');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(/^(## First minutes)$/m, '$1\n\nThe first number is [NUMBER OF ON-CALL].'),
  );
  writeFileSync(
    join(folder, 'content/contacts/nobody-yet.yaml'),
    'title: Nobody yet\nchannels:\n  - { kind: phone, value: "[NUMBER]" }\n  - { kind: mail, value: "[MAIL ADDRESS]" }\n',
  );
  const { code, stdout } = await runIn(folder, 'check', '--adoption');
  expect(code).toBe(0);
  expect(stdout).toMatch(/Contacts without a number.*\(1\)\n {2}content\/contacts\/nobody-yet\.yaml +Nobody yet\n/);
  expect(stdout).toMatch(
    /Blanks to fill in \(2\)\n {2}content\/contacts\/nobody-yet\.yaml:4 +\[MAIL ADDRESS\]\n {2}content\/runbooks\/ransomware\.mdx:\d+ +\[NUMBER OF ON-CALL\]\n/,
  );
  expect(stdout).toMatch(
    /Until the plan is adopted: 1 contact without a number, 2 blanks, \d+ drafts, the approval of the plan\.\n$/,
  );
  const json = JSON.parse((await runIn(folder, 'check', '--format', 'json')).stdout) as { adoption: object };
  expect(json.adoption).toMatchObject({ contacts: 1, blanks: 2, approval: 1 });
  // Filling in never makes more of what is left.
  const contact = join(folder, 'content/contacts/nobody-yet.yaml');
  writeFileSync(contact, readFileSync(contact, 'utf8').replace('[NUMBER]', '+1 202 555 0100'));
  const filled = JSON.parse((await runIn(folder, 'check', '--format', 'json')).stdout) as { adoption: object };
  expect(filled.adoption).toMatchObject({ blanks: 2 });
  expect(filled.adoption).not.toHaveProperty('contacts');
  // A part of the plan, or the example that nobody adopts, says nothing of it.
  expect((await runIn(folder, 'check', 'content/runbooks')).stdout).not.toContain('adopted');
  const plan = join(folder, 'content/plan.yaml');
  writeFileSync(plan, readFileSync(plan, 'utf8').replace('schema: 2\n', 'schema: 2\nexample: true\n'));
  expect((await runIn(folder, 'check')).stdout).not.toContain('adopted');
});

test('a broken runbook is told at file:line:column with a frame, and nothing is written', async () => {
  const folder = temporaryPlan();
  const text = breakRunbook(folder);
  const before = snapshotOf(folder);
  const { code, stdout } = await runIn(folder, 'check');
  const offset = text.indexOf('role="analist"');
  const line = text.slice(0, offset).split('\n').length;
  const column = offset - text.lastIndexOf('\n', offset);
  expect(code).toBe(1);
  expect(stdout).toContain(`${runbook}:${line}:${column}`);
  expect(stdout).toContain('There is no role "analist". unknown-reference');
  expect(stdout).toMatch(/> +\d+ \|.*role="analist"/);
  expect(stdout).not.toContain('\u001B[');
  expect(snapshotOf(folder)).toEqual(before);
});

test('faults of several files are all told in one run', async () => {
  const folder = temporaryPlan();
  breakRunbook(folder);
  writeFileSync(join(folder, 'content/terms/broken.yaml'), 'title: [\n');
  writeFileSync(join(folder, 'content/terms/html.yaml'), 'title: Html\nsummary: A <b>bold</b> word.\n');
  const { stdout } = await runIn(folder, 'check', '--format', 'json');
  const ids = (JSON.parse(stdout) as { diagnostics: { id: string }[] }).diagnostics.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['unknown-reference', 'yaml-syntax', 'raw-html']));
});

test('--format sarif gives results with regions that scanners can place', async () => {
  const folder = temporaryPlan();
  breakRunbook(folder);
  const { stdout } = await runIn(folder, 'check', '--format', 'sarif');
  const log = JSON.parse(stdout) as {
    version: string;
    runs: {
      results: {
        ruleId: string;
        level: string;
        locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
      }[];
    }[];
  };
  expect(log.version).toBe('2.1.0');
  const [result] = log.runs[0]?.results ?? [];
  expect(result).toMatchObject({ ruleId: 'unknown-reference', level: 'error' });
  expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(runbook);
  expect(result?.locations[0]?.physicalLocation.region.startLine).toBeGreaterThan(1);
});

test('--format github escapes what would end a workflow command', async () => {
  const folder = temporaryPlan();
  breakRunbook(folder);
  const { stdout } = await runIn(folder, 'check', '--format', 'github');
  expect(stdout).toMatch(
    /^::error file=content\/runbooks\/ransomware\.mdx,line=\d+,col=\d+,endLine=\d+,endColumn=\d+,title=unknown-reference::There is no role/m,
  );
  expect(
    stdout
      .trim()
      .split('\n')
      .every((line) => line.startsWith('::')),
  ).toBe(true);
});

test('--format gitlab gives what its code quality report asks for, and the same fingerprint after a line above', async () => {
  const folder = temporaryPlan();
  breakRunbook(folder);
  const report = async () => {
    const { stdout, code } = await runIn(folder, 'check', '--format', 'gitlab');
    expect(code).toBe(1);
    return JSON.parse(stdout) as { fingerprint: string; location: { path: string; lines: { begin: number } } }[];
  };
  const [before] = await report();
  expect(before).toMatchObject({
    check_name: 'unknown-reference',
    description: expect.stringContaining('There is no role'),
    severity: 'critical',
    location: { path: runbook },
  });
  const whole = join(folder, runbook);
  writeFileSync(whole, readFileSync(whole, 'utf8').replace('title:', '# A line more.\ntitle:'));
  const [after] = await report();
  expect(after?.location.lines.begin).toBe((before?.location.lines.begin ?? 0) + 1);
  expect(after?.fingerprint).toBe(before?.fingerprint);
});

test('paths narrow what is told, not what is read', async () => {
  const folder = temporaryPlan();
  breakRunbook(folder);
  expect((await runIn(folder, 'check', 'content/terms')).code).toBe(0);
  expect((await runIn(folder, 'check', runbook)).code).toBe(1);
  const missing = await runIn(folder, 'check', 'content/runbooks/nothing.mdx');
  expect(missing).toMatchObject({ code: 2, stdout: '' });
  expect(missing.stderr).toContain('Not in the plan');
});

test('a hint fails only with --strict', async () => {
  const folder = temporaryPlan();
  const path = join(folder, runbook);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
  expect((await runIn(folder, 'check')).code).toBe(0);
  expect((await runIn(folder, 'check', '--strict')).code).toBe(1);
});

test('what cannot run exits with 2 and one line', async () => {
  const folder = temporaryPlan();
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  for (const argv of [
    ['check'],
    ['check', '--content', 'nowhere'],
    ['check', '--format', 'xml'],
    ['check', '--colour'],
  ]) {
    const { code, stderr, stdout } = await runIn(empty, ...argv);
    expect({ argv, code, stdout }).toEqual({ argv, code: 2, stdout: '' });
    expect(stderr).toMatch(/^firebreak check: /);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
  const unknown = await runIn(empty, 'chekc');
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('Did you mean "check"?');
});

test('explain prints the page of a diagnostic and names the nearest', async () => {
  const folder = temporaryPlan();
  const { code, stdout } = await runIn(folder, 'explain', 'evidence-destroyed');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^# evidence-destroyed\n/);
  const wrong = await runIn(folder, 'explain', 'evidence-destroid');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('Did you mean "evidence-destroyed"?');
});
