/** Which phases runbooks cover. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { coverageOf } from '../../src/audit/coverage.ts';
import { compile } from '../../src/compile/index.ts';
import { now, temporaryPlan } from '../cli/whole-command.ts';

const steps = (name: string) => `<Step id="${name}" role="analyst">\nLook at ${name}.\n</Step>\n`;

async function coverage(edit: (runbook: string) => string) {
  const folder = temporaryPlan();
  const file = join(folder, 'content', 'runbooks', 'ransomware.mdx');
  writeFileSync(file, edit(readFileSync(file, 'utf8')));
  const { plan } = await compile(join(folder, 'content'), now);
  if (!plan) throw new Error('the plan has faults');
  const found = coverageOf(plan);
  const [runbook] = found.runbooks;
  if (!runbook) throw new Error('no runbook');
  return { ...found, runbook };
}

test('counts steps by phase, in the order of the phases', async () => {
  const before = await coverage((text) => text);
  const after = await coverage((text) =>
    text.replace('## Recovery\n', `## Recovery\n\n${steps('one')}\n${steps('two')}`),
  );
  const recovery = before.phases.findIndex((phase) => phase.id === 'recovery');
  const counts = ({ runbook }: typeof before) => runbook.phases.map((covered) => covered.steps);
  expect(counts(after)).toEqual(counts(before).map((count, at) => (at === recovery ? count + 2 : count)));
  expect(before.gaps).toBe(0);
});

test('a phase with nothing is a gap; one with a reason is none', async () => {
  const emptied = (why: string) => (text: string) =>
    text.replace(/(## Recovery\n)[\s\S]*?(?=\n## Lessons Learned)/, `$1\n${why}\n`);
  const gap = await coverage(emptied(''));
  expect(gap.gaps).toBe(1);
  const reason = await coverage(emptied('<NoSteps>Nothing comes back.</NoSteps>'));
  expect(reason.gaps).toBe(0);
  expect(reason.runbook.phases.map((covered) => covered.reason)).toContain(true);
});
