import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

const runbook = 'content/runbooks/ransomware.mdx';

test('a step without an id gets one, and every other byte stays', async () => {
  const folder = temporaryPlan();
  const path = join(folder, runbook);
  const before = readFileSync(path, 'utf8').replace(/<Step id="([a-z0-9-]+)" /, '<Step ');
  writeFileSync(path, before);
  const checked = await runIn(folder, 'check', '--format', 'json');
  expect(checked.stdout).toContain('missing-id');
  expect((await runIn(folder, 'fix')).code).toBe(0);
  const after = readFileSync(path, 'utf8');
  expect(after.replace(/<Step id="[a-z0-9-]+" (?=role)/, '<Step ').length).toBeLessThanOrEqual(after.length);
  const added = /<Step( id="[a-z0-9-]+")/.exec(after)?.[1] ?? '';
  expect(after.replace(added, '')).toBe(before);
  expect((await runIn(folder, 'check', '--format', 'json')).stdout).not.toContain('missing-id');
});

test('ids.lock lists every id, sorted; a second run has nothing to mend', async () => {
  const folder = temporaryPlan();
  await runIn(folder, 'fix');
  const lines = readFileSync(join(folder, 'content/ids.lock'), 'utf8').trimEnd().split('\n');
  expect(lines).toEqual([...lines].sort());
  expect(lines).toContain('runbook:ransomware');
  const settled = snapshotOf(folder);
  expect((await runIn(folder, 'fix')).stdout).toBe('Nothing to mend.\n');
  expect(snapshotOf(folder)).toEqual(settled);
});

test('an id that vanishes is told, and a line in ids.lock that says where it went is kept', async () => {
  const folder = temporaryPlan();
  await runIn(folder, 'fix');
  const path = join(folder, runbook);
  const text = readFileSync(path, 'utf8');
  const id = /<(?:Step|Use) id="([a-z0-9-]+)"/.exec(text)?.[1] ?? '';
  writeFileSync(path, text.replaceAll(`"${id}"`, '"another-name"').replaceAll(`#${id}`, '#another-name'));
  const told = await runIn(folder, 'check', '--format', 'json');
  expect(told.stdout).toContain('vanished-id');
  const lock = join(folder, 'content/ids.lock');
  writeFileSync(
    lock,
    readFileSync(lock, 'utf8').replace(
      `runbook:ransomware#${id}\n`,
      `runbook:ransomware#${id} -> runbook:ransomware#another-name\n`,
    ),
  );
  await runIn(folder, 'fix');
  expect(readFileSync(lock, 'utf8')).toContain(`runbook:ransomware#${id} -> runbook:ransomware#another-name\n`);
  expect((await runIn(folder, 'check', '--format', 'json')).stdout).not.toContain('vanished-id');
});

test('line ends and a byte order mark are mended', async () => {
  const folder = temporaryPlan();
  await runIn(folder, 'fix');
  const path = join(folder, runbook);
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, `\uFEFF${before.replaceAll('\n', '\r\n')}`);
  expect((await runIn(folder, 'fix')).stdout).toContain('byte order mark');
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('--dry-run tells what would change and writes nothing', async () => {
  const folder = temporaryPlan();
  const before = snapshotOf(folder);
  const { stdout } = await runIn(folder, 'fix', '--dry-run');
  expect(stdout).toContain('ids.lock');
  expect(snapshotOf(folder)).toEqual(before);
});

test('the number of a contact is written where its blank stood, once it is known', async () => {
  const folder = temporaryPlan();
  const contact = join(folder, 'content/contacts/nobody-yet.yaml');
  const text = (number: string) =>
    `title: Nobody yet\nchannels:\n  - { kind: phone, value: "${number}" }\navailable: At night [NUMBER OF NOBODY-YET]\n`;
  writeFileSync(contact, text('[NUMBER]'));
  const term = join(folder, 'content/terms/call.yaml');
  writeFileSync(term, 'title: Call\nsummary: >-\n  Call [NUMBER OF NOBODY-YET] or [SECOND NUMBER OF NOBODY-YET].\n');
  await runIn(folder, 'fix');
  expect(readFileSync(term, 'utf8')).toContain('Call [NUMBER OF NOBODY-YET]');
  writeFileSync(contact, text('+1 202 555 0100'));
  const { stdout } = await runIn(folder, 'fix');
  expect(stdout).toContain('content/terms/call.yaml: write a number where the blank stood');
  expect(readFileSync(term, 'utf8')).toContain(
    'Call [+1 202 555 0100](tel:+12025550100) or [SECOND NUMBER OF NOBODY-YET].',
  );
  expect(readFileSync(contact, 'utf8')).toContain('At night +1 202 555 0100');
  expect((await runIn(folder, 'fix')).stdout).toBe('Nothing to mend.\n');
});
