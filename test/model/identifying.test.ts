import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identifyingIn } from '../../src/model/identifying.ts';
import '../generated-values.ts';

/** A text of a lesson as it should be, from several sources: nothing of it tells who or what. */
const harmless = [
  'The analyst isolated 14 hosts in 41 minutes, and the deputy was called after 33 minutes.',
  'At 2026-11-12T14:10:00+01:00 the help desk took the call (see T1098.001, NIST SP 800-61r2, section 4.9.1.1).',
  'The file plan.yaml and the folder /var/log were copied; sha-256 was used, and a note.txt was left.',
  'Step RW 14 of [the runbook](runbook:ransomware#isolate-hosts) is for {organisation.name}, e.g. at night/on weekends.',
  'Mail to responder@example.com from 192.0.2.7, 2001:db8::1 and https://files.example.net/a.php, phone 555-0142.',
  'Plan B. Then the ASP.NET server of the Microsoft Azure team was rebuilt by IT operations. CVE-2024-3094 was open.',
  'We chose option C. Nobody asked. Friday Night, Lessons Learned, Incident Commander. It cost 9,400 euros.',
];

test.each(harmless)('%s', (text) => {
  expect(identifyingIn(text)).toEqual([]);
});

const planted: [string, string][] = [
  ['ip-address', '45.33.32.156'],
  ['ip-address', '10.12.0.17'],
  ['ip-address', '2606:4700::6810:84e5'],
  ['mail-address', 'jane.doe@corp-mail.com'],
  ['web-address', 'evil-site.com'],
  ['web-address', 'evil[.]site'],
  ['web-address', 'hxxps://evil[.]com/drop.php'],
  ['web-address', 'https://portal.customer-name.de/login'],
  ['hash', '44d88612fea8a8f36de82e1278abb02f'],
  ['hash', 'a'.repeat(64)],
  ['path', 'C:\\Users\\jdoe\\Desktop'],
  ['path', '\\\\fileserver\\finance'],
  ['host', 'WS-0042'],
  ['host', 'srv-db-01'],
  ['host', 'DESKTOP-4F7K2LQ'],
  ['host', 'mail.corp.local'],
  ['telephone', '+49 30 1234567'],
  ['telephone', '030 1234567'],
  ['telephone', '(212) 867-5309'],
  ['person', 'Anna'],
  ['person', 'Thomas van Dyk'],
  ['person', 'Mrs. Okafor'],
  ['person', '@jdoe42'],
  ['blame', 'careless'],
  ['blame', 'should have known'],
];

describe('what is planted is found, wherever it stands', () => {
  test.each(planted)('%s: %s', (what, text) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...harmless),
        fc.constantFrom(...harmless),
        fc.constantFrom(['', ''], ['(', ')'], ['"', '"'], ['', ','], ['', '.'], ['**', '**'], ['\n- ', '\n']),
        (before, after, [open, close]) => {
          const whole = `${before} ${open}${text}${close} ${after}`;
          const [found, ...others] = identifyingIn(whole);
          expect(found?.what).toBe(what);
          expect(whole.slice(found?.offset, (found?.offset ?? 0) + (found?.text.length ?? 0))).toBe(found?.text);
          expect(text.startsWith(found?.text ?? '-') || found?.text.startsWith(text)).toBe(true);
          expect(others).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

test('hosts that the plan publishes are allowed, and only these', () => {
  const text = 'See https://git.our-plan.com/issues/1 and https://git.our-plan.com.evil.net/x.';
  expect(identifyingIn(text, ['our-plan.com']).map((find) => find.text)).toEqual([
    'https://git.our-plan.com.evil.net/x',
  ]);
});

test('any text is read without a fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      for (const { text: found, offset } of identifyingIn(text)) expect(text.startsWith(found, offset)).toBe(true);
    }),
  );
});
