/** A suggestion from the site becomes a lesson that checks, and whose change goes into the plan. */

import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { textDigest } from '../../src/compile/text-digest.ts';
import { allDiagnostics } from '../../src/diagnostics/report.ts';
import { type Suggestion, suggestionLesson } from '../../src/model/lesson-suggestion.ts';
import { lessonText } from '../../src/model/lesson-text.ts';
import { documentOf, type Plan } from '../../src/model/plan.ts';
import { applyChanges } from '../../src/proposals/changes.ts';
import { compiledWith, now } from '../fixture-plan.ts';

const reference = 'runbook:ransomware#list-hosts';

async function lessonOf(given: Partial<Suggestion>) {
  const { plan } = (await compiledWith({})) as { plan: Plan };
  const runbook = documentOf(plan, 'runbook', 'ransomware');
  return suggestionLesson(
    {
      place: {
        ref: reference,
        name: 'RW 2',
        text: 'List the hosts that are affected.',
        digest: textDigest(plan, reference) ?? '',
        taken: (runbook?.body?.steps ?? []).map(({ id }) => id),
      },
      runbook: 'ransomware',
      what: 'reword',
      text: 'List all hosts\n that are affected.',
      role: 'responder',
      why: 'Two were\nforgotten.',
      today: '2026-11-24',
      ...given,
    },
    lessonText('en'),
  );
}

async function stepsAfter(given: Partial<Suggestion>, of = 'runbook:ransomware'): Promise<(string | undefined)[]> {
  const { name, data } = await lessonOf(given);
  const compiled = await compiledWith({ [`lessons/${name}.yaml`]: stringify(data, { lineWidth: 110 }) });
  const own = allDiagnostics(compiled.files).filter(({ file }) => file?.startsWith('lessons/'));
  expect(own.map(({ ruleId, reason }) => `${ruleId} ${reason}`)).toEqual([]);
  const lesson = documentOf(compiled.plan as Plan, 'lesson', name);
  const result = applyChanges(compiled, lesson as NonNullable<typeof lesson>, now);
  expect(result.stopped).toEqual([]);
  const document = result.changed?.plan?.documents.get(of);
  return (document?.body?.steps ?? []).map(({ instruction }) => instruction);
}

test('another wording', async () => {
  const { name, data } = await lessonOf({});
  expect(name).toBe('rw-2-list-all-hosts');
  expect(data).toMatchObject({
    title: 'RW 2: List all hosts that are affected.',
    summary: 'Two were forgotten.',
    from: 'suggestion',
    status: 'draft',
  });
  expect(await stepsAfter({})).toContain('List all hosts that are affected.');
});

test('a step before and a step after, with an id that is free', async () => {
  const steps = await stepsAfter({ what: 'before', text: 'Call for help.' });
  expect(steps.indexOf('Call for help.', 1)).toBe(steps.indexOf('List the hosts that are affected.') - 1);
  const after = await stepsAfter({ what: 'after', text: 'Note the time.' });
  expect(after.indexOf('Note the time.')).toBe(after.indexOf('List the hosts that are affected.') + 1);
});

test('a step that goes, where the part keeps another', async () => {
  const { data } = await lessonOf({ what: 'retire' });
  expect(data.title).toBe('RW 2: without “List the hosts that are affected.”');
  expect(data.changes).toMatchObject([{ do: 'retire', of: reference }]);
});

test.each([
  'Set <x> to {y} & *all* `of` [it](z).',
  '- Not a list',
  '1. Not a list',
  '# No heading',
  '| a | b |',
  'Set a \\ b',
])('what somebody types stays text: %s', async (text) => {
  expect(await stepsAfter({ text })).toContain(text);
  expect(await stepsAfter({ what: 'after', text })).toContain(text);
});

test('a part of an action, which the change edits for all that use it', async () => {
  const { plan } = (await compiledWith({})) as { plan: Plan };
  const ref = 'action:isolate-host#unplug';
  const text = 'Unplug the network cable.';
  const place = { ref, name: 'RW 3a', text, digest: textDigest(plan, ref) ?? '', taken: ['unplug'] };
  const inAction = 'action:isolate-host';
  expect(await stepsAfter({ place, text: 'Pull the cable.' }, inAction)).toEqual(['Pull the cable.']);
  expect(await stepsAfter({ place, what: 'after', text: 'Unplug' }, inAction)).toEqual([text, 'Unplug']);
  const { name, data } = await lessonOf({ place, what: 'before', text: 'Ask first.' });
  expect(name).toBe('rw-3a-ask-first');
  expect(data.runbooks).toEqual(['ransomware']);
  expect(data.changes).toMatchObject([{ of: ref, text: '<Part id="ask-first">\nAsk first.\n</Part>\n' }]);
});
