import { expect, test } from 'vitest';
import { compile } from '../../src/compile/index.ts';
import { answersToTechniques } from '../../src/model/techniques.ts';
import { now } from '../cli/whole-command.ts';

test('actions, steps of the response and runbooks that name a technique are found', async () => {
  const { plan } = await compile('content', now);
  if (!plan) throw new Error('the plan has faults');
  const answers = answersToTechniques(plan);
  const { actions = [], steps = [], runbooks = [] } = answers.get('T1490') ?? {};
  expect(actions.map(({ id }) => id)).toContain('protect-backups');
  expect(runbooks.map(({ id }) => id)).toContain('ransomware');
  expect(steps.length).toBeGreaterThan(0);
  for (const { steps: named } of [...answers.values()].flatMap((each) => each.steps))
    for (const { number } of named) expect(number).toMatch(/^\d+$/);
  expect(answers.get('T0000')).toBeUndefined();
});
