import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compareWithAttack, type OfficialTechnique } from '../../src/audit/attack.ts';
import { compile } from '../../src/compile/index.ts';
import { documentsOf } from '../../src/model/plan.ts';
import { now, runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

interface Row {
  id: string;
  name: string;
  tactics: string[];
  deprecated?: boolean;
  revokedBy?: string;
}

/** A bundle in the form of MITRE's attack-stix-data. */
function bundle(rows: Row[]) {
  const stix = (id: string) => `attack-pattern--${id}`;
  return {
    type: 'bundle',
    objects: [
      { type: 'x-mitre-collection', id: 'x-mitre-collection--1', x_mitre_version: '19.1' },
      ...rows.map((row) => ({
        type: 'attack-pattern',
        id: stix(row.id),
        name: row.name,
        external_references: [{ source_name: 'mitre-attack', external_id: row.id }],
        kill_chain_phases: row.tactics.map((phase_name) => ({ kill_chain_name: 'mitre-attack', phase_name })),
        ...(row.deprecated ? { x_mitre_deprecated: true } : {}),
        ...(row.revokedBy ? { revoked: true } : {}),
      })),
      ...rows.flatMap((row) =>
        row.revokedBy
          ? [
              {
                type: 'relationship',
                id: `relationship--${row.id}`,
                relationship_type: 'revoked-by',
                source_ref: stix(row.id),
                target_ref: stix(row.revokedBy),
              },
            ]
          : [],
      ),
    ],
  };
}

const technique = (title: string, tactics: string) =>
  `title: ${title}\ntactics: [${tactics}]\nattackVersion: "18.0"\nsummary: What it looks like.\nevidence:\n  - The log.\n`;

function planWithTechniques(): string {
  const folder = temporaryPlan();
  const write = (id: string, text: string) => writeFileSync(join(folder, 'content/techniques', `${id}.yaml`), text);
  write('T9001', technique('Old Name', 'impact'));
  write('T9002', technique('Moved', 'stealth, impact'));
  write('T9003', technique('Replaced', 'impact'));
  write('T9004', technique('Unloved', 'impact'));
  write('T9005', technique('Unheard Of', 'impact'));
  return folder;
}

const official: Row[] = [
  { id: 'T9001', name: 'New Name', tactics: ['impact'] },
  { id: 'T9002', name: 'Moved', tactics: ['defense-impairment'] },
  { id: 'T9003', name: 'Replaced', tactics: ['impact'], revokedBy: 'T9001' },
  { id: 'T9004', name: 'Unloved', tactics: ['impact'], deprecated: true },
];

/** The official rows for what the minimal plan holds, so that only the planted techniques differ. */
async function minimalRows(folder: string): Promise<Row[]> {
  const { plan } = await compile(join(folder, 'content'), now);
  return plan
    ? documentsOf(plan, 'technique')
        .filter(({ id }) => !id.startsWith('T900'))
        .map(({ id, data }) => ({
          id,
          name: data.title,
          tactics: data.tactics,
          ...(data.state === 'deprecated' ? { deprecated: true } : {}),
          ...(data.revokedBy ? { revokedBy: data.revokedBy } : {}),
        }))
    : [];
}

test('attack check names what was renamed, moved, revoked, deprecated and unknown', async () => {
  const folder = planWithTechniques();
  writeFileSync(join(folder, 'attack.json'), JSON.stringify(bundle([...official, ...(await minimalRows(folder))])));
  const { code, stdout } = await runIn(folder, 'attack', 'check', 'attack.json');
  expect(code).toBe(1);
  expect(stdout).toContain('content/techniques/T9001.yaml:1:8  T9001 is called "New Name" in ATT&CK, not "Old Name".');
  expect(stdout).toContain('T9002 serves defense-impairment in ATT&CK, not stealth, impact.');
  expect(stdout).toContain('T9003 was revoked and replaced by T9001.');
  expect(stdout).toContain('T9004 is deprecated.');
  expect(stdout).toContain('T9005 is not in ATT&CK.');
  expect(stdout).toContain('ATT&CK 19.1');
});

test('a folder of bundles is read like one bundle', async () => {
  const folder = planWithTechniques();
  mkdirSync(join(folder, 'cti/attack-pattern'), { recursive: true });
  for (const row of [...official, ...(await minimalRows(folder))])
    writeFileSync(join(folder, 'cti/attack-pattern', `${row.id}.json`), JSON.stringify(bundle([row])));
  const { stdout } = await runIn(folder, 'attack', 'check', 'cti', '--json');
  const { differences } = JSON.parse(stdout) as { differences: { technique: string; what: string }[] };
  expect(differences.map(({ technique: id, what }) => `${id} ${what}`)).toEqual(
    expect.arrayContaining(['T9001 renamed', 'T9002 moved', 'T9003 revoked', 'T9004 deprecated', 'T9005 unknown']),
  );
});

test('fix --attack applies what can be applied as text edits; a second run finds nothing', async () => {
  const folder = planWithTechniques();
  writeFileSync(join(folder, 'attack.json'), JSON.stringify(bundle([...official, ...(await minimalRows(folder))])));
  expect((await runIn(folder, 'fix', '--attack', 'attack.json')).code).toBe(0);
  const read = (id: string) => readFileSync(join(folder, 'content/techniques', `${id}.yaml`), 'utf8');
  expect(read('T9001')).toBe(technique('"New Name"', 'impact').replace('18.0', '19.1'));
  expect(read('T9002')).toBe(technique('Moved', 'defense-impairment').replace('18.0', '19.1'));
  expect(read('T9003')).toBe(
    `${technique('Replaced', 'impact').replace('18.0', '19.1')}state: revoked\nrevokedBy: T9001\n`,
  );
  expect(read('T9004')).toBe(`${technique('Unloved', 'impact').replace('18.0', '19.1')}state: deprecated\n`);
  expect(read('T9005')).toBe(technique('Unheard Of', 'impact'));
  const settled = snapshotOf(folder);
  await runIn(folder, 'fix', '--attack', 'attack.json');
  expect(snapshotOf(folder)).toEqual(settled);
});

test('data that is not ATT&CK is refused in one line', async () => {
  const folder = temporaryPlan();
  writeFileSync(join(folder, 'broken.json'), '{');
  writeFileSync(join(folder, 'other.json'), '{"objects": [{"type": "malware"}]}');
  for (const path of ['broken.json', 'other.json', 'nowhere.json']) {
    const { code, stderr } = await runIn(folder, 'attack', 'check', path);
    expect({ path, code }).toEqual({ path, code: 2 });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  }
});

// Reference data that is not part of the project; the test is skipped, visibly, where it is absent.
const reference = fileURLToPath(new URL('../../../shared/data/attack-19.1.json', import.meta.url));

test.skipIf(!existsSync(reference))("the starter plan's techniques agree with ATT&CK 19.1", async () => {
  const { techniques } = JSON.parse(readFileSync(reference, 'utf8')) as {
    techniques: [string, string, string[], string, number, number | string][];
  };
  const rows = techniques.map(([id, name, tactics, , deprecated, revokedBy]): [string, OfficialTechnique] => [
    id,
    {
      id,
      name,
      tactics,
      deprecated: deprecated === 1,
      ...(revokedBy ? { revokedBy: typeof revokedBy === 'string' ? revokedBy : '' } : {}),
    },
  ]);
  const { plan } = await compile(fileURLToPath(new URL('../../content', import.meta.url)), now);
  expect(plan && documentsOf(plan, 'technique').length).toBeGreaterThan(50);
  expect(plan && compareWithAttack(plan, { version: '19.1', techniques: new Map(rows) })).toEqual([]);
});
