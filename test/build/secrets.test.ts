import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forAudience } from '../../src/compile/audience.ts';
import { compile } from '../../src/compile/index.ts';
import { secretsOf } from '../../src/site/leaks/secrets.ts';
import { now, temporaryPlan } from '../cli/whole-command.ts';

test('a blank is no secret of a contact, and what is filled in is one', async () => {
  const content = join(temporaryPlan(), 'content');
  const path = join(content, 'contacts/on-call.yaml');
  const channels = 'channels:\n  - {kind: phone, value: "[NUMBER]"}\n  - {kind: mail, value: "desk@example.org"}\n';
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^channels:\n(?:[ -].*\n)+/m, channels));
  const { plan } = await compile(content, now);
  if (!plan) throw new Error('the plan has faults');
  const values = [...(secretsOf(plan, forAudience(plan, 'public'))?.values.keys() ?? [])];
  expect(values).toContain('desk@example.org');
  expect(values).not.toContain('[number]');
});
