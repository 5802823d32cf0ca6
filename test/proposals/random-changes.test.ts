/** Random lessons against a whole plan: what comes out parses and checks, and nothing else has changed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textDigest } from '../../src/compile/text-digest.ts';
import { allDiagnostics, levelOf } from '../../src/diagnostics/report.ts';
import { documentOf, type Plan } from '../../src/model/plan.ts';
import { applyChanges } from '../../src/proposals/changes.ts';
import { sentenceOf } from '../../src/proposals/sentence.ts';
import { compiledWith, now } from '../fixture-plan.ts';
import '../generated-values.ts';

const steps = ['call-for-help', 'list-hosts', 'isolate-hosts', 'find-cause', 'restore-data', 'hold-meeting'];
const step = fc.constantFrom(...steps);
const side = fc.constantFrom('before', 'after');
const instruction = fc.constantFrom('Call the help desk.', 'If mail is down, use the bridge.', 'Note `the time`.');
const newId = fc.constantFrom('new-a', 'new-b', 'new-c');
const role = fc.constantFrom('responder', 'responder', 'responder', 'nobody');
const written = (id: string, by: string, text: string) => `<Step id="${id}" role="${by}">\n${text}\n</Step>`;

const change = fc.oneof(
  fc.record({
    do: fc.constant('insert'),
    of: step,
    place: side,
    text: fc.tuple(newId, role, instruction).map(([a, b, c]) => written(a, b, c)),
  }),
  fc.tuple(step, role, instruction).map(([of, by, text]) => ({ do: 'replace', of, text: written(of, by, text) })),
  fc.record({ do: fc.constant('reword'), of: step, text: instruction }),
  fc.record({ do: fc.constant('move'), of: step, to: step, place: side }),
  fc.record({ do: fc.constant('retire'), of: step }),
  fc.record({
    do: fc.constant('set'),
    field: fc.constantFrom('/summary', '/code', '/review/every', '/doNot/0'),
    value: fc.constantFrom('Files: "gone".', 'RX', '6 months', 'x'.repeat(130)),
  }),
  fc.record({
    do: fc.constant('add'),
    what: fc.constantFrom('signal', 'technique', 'role', 'source'),
    value: fc.constantFrom('ransom-note', 'T1486', 'responder', 'unknown', { title: 'A book' }),
  }),
);

test('random changes end in a plan without a new error, or in no change at all', async () => {
  const runbook = 'runbooks/ransomware.mdx';
  const smallest = String((await compiledWith({})).files.find(({ path }) => path === runbook));
  // A second step in each phase, so that one can be moved or retired without leaving the phase empty.
  const text = smallest.replace(
    /^<Step id="([^"]+)"[\s\S]*?<\/Step>|^<Use id="([^"]+)".*$/gm,
    (found, a, b) => `${found}\n\n${written(`${a ?? b}-too`, 'responder', 'Look again.')}`,
  );
  const base = (await compiledWith({ [runbook]: text })).plan as Plan;
  let applied = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (wanted) => {
      const changes = wanted.map((one, index) => {
        const of = 'of' in one ? `runbook:ransomware#${one.of}` : 'runbook:ransomware';
        const digest = textDigest(base, of, 'field' in one ? one.field : undefined);
        return { id: `change-${index}`, why: 'It was asked for.', ...one, of, ...(one.do === 'add' ? {} : { digest }) };
      });
      // JSON is YAML.
      const lesson = JSON.stringify({ title: 'Lesson', summary: 'What.', from: 'incident', changes }, undefined, 1);
      const compiled = await compiledWith({ [runbook]: text, 'lessons/lesson.yaml': lesson });
      const document = documentOf(compiled.plan as Plan, 'lesson', 'lesson');
      if (!document) throw new Error(allDiagnostics(compiled.files).join('\n'));
      const result = applyChanges(compiled, document, now);
      for (const asked of document.data.changes ?? [])
        expect(sentenceOf(asked, compiled.plan as Plan)).toMatch(/^Ransomware/);
      if (result.stopped.length > 0) {
        expect(result).toMatchObject({ files: [], applied: [], changed: undefined });
        expect(result.stopped.every(({ reason }) => reason.endsWith('.'))).toBe(true);
        return;
      }
      applied += 1;
      expect(result.applied).toHaveLength(changes.length);
      const texts = Object.fromEntries(result.files.map(({ path, after }) => [path, after]));
      expect(
        Object.keys(texts).filter((path) => !['runbooks/ransomware.mdx', 'lessons/lesson.yaml'].includes(path)),
      ).toEqual([]);
      const again = await compiledWith({ [runbook]: text, 'lessons/lesson.yaml': lesson, ...texts });
      expect(allDiagnostics(again.files).filter((one) => levelOf(one) === 'error')).toEqual([]);
      const kept = steps.filter((name) => !changes.some(({ of }) => of.endsWith(`#${name}`)));
      for (const name of kept)
        expect(textDigest(again.plan as Plan, `runbook:ransomware#${name}`)).toBe(
          textDigest(base, `runbook:ransomware#${name}`),
        );
      expect(
        applyChanges(again, documentOf(again.plan as Plan, 'lesson', 'lesson') as typeof document, now),
      ).toMatchObject({ files: [], stopped: [] });
    }),
    { numRuns: 60 },
  );
  // Were all of them stopped, the test would say nothing.
  expect(applied).toBeGreaterThan(15);
});
