import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blocklistFile,
  blocklistsOf,
  countLeftOut,
  indicatorsCsv,
} from '../../../src/model/incident/indicator-files.ts';
import {
  defang,
  type Indicator,
  type IndicatorType,
  indicatorsOf,
  readIndicators,
  refang,
  typeOf,
} from '../../../src/model/incident/indicators.ts';
import { emptyRecord, withEntries } from '../../../src/model/incident/record.ts';
import { stateOf } from '../../../src/model/incident/state.ts';
import type { IncidentEntry } from '../../../src/model/schema-types.ts';
import { incident } from './arbitrary-record.ts';

const hash = (length: number) => 'A3f0'.repeat(length / 4);

const kinds: [string, IndicatorType][] = [
  ['203.0.113.7', 'ipv4'],
  ['203.0.113.0/24', 'ipv4'],
  ['256.0.113.7', 'other'],
  ['2001:db8::1', 'ipv6'],
  ['2001:db8::/32', 'ipv6'],
  ['::ffff:203.0.113.7', 'ipv6'],
  ['12:30:45', 'other'],
  ['files.badhost.net', 'domain'],
  ['xn--bcher-kva.example', 'domain'],
  ['_dmarc.badhost.net', 'domain'],
  ['https://badhost.net/a.php?x=1', 'url'],
  ['ftp://203.0.113.7/x', 'url'],
  ['badhost.net/gate.php', 'url'],
  ['billing@badhost.net', 'mail'],
  [hash(32), 'md5'],
  [hash(40), 'sha-1'],
  [hash(64), 'sha-256'],
  [hash(128), 'sha-512'],
  ['invoice.zip', 'file-name'],
  ['svchost32.exe', 'file-name'],
  ['RECOVER FILES.txt', 'file-name'],
  ['C:\\Windows\\Temp\\a.exe', 'file-path'],
  ['%APPDATA%\\run.ps1', 'file-path'],
  ['\\\\fs-01\\share\\x.dll', 'file-path'],
  ['/tmp/.x/agent', 'file-path'],
  ['HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run', 'registry-key'],
  ['HKEY_CURRENT_USER\\Software\\X', 'registry-key'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'user-agent'],
  ['python-requests/2.31.0', 'user-agent'],
  ['Global\\mutex-17', 'other'],
];

test.each(kinds)('%s is known as %s', (value, type) => {
  expect(typeOf(value)).toBe(type);
});

describe('what is written so that nobody opens it', () => {
  const written: [string, string][] = [
    ['hxxp://files[.]badhost[.]net/a[.]php', 'http://files.badhost.net/a.php'],
    ['hXXps[:]//badhost[.]net', 'https://badhost.net'],
    ['hxxps[://]badhost(.)net/x', 'https://badhost.net/x'],
    ['http://badhost{.}net', 'http://badhost.net'],
    ['badhost[dot]net', 'badhost.net'],
    ['badhost [.] net', 'badhost.net'],
    ['203[.]0[.]113[.]7', '203.0.113.7'],
    ['203.0.113[.]7', '203.0.113.7'],
    ['2001[:]db8[:][:]1', '2001:db8::1'],
    ['billing(at)badhost[.]net', 'billing@badhost.net'],
    ['billing [at] badhost [dot] net', 'billing@badhost.net'],
    ['billing[@]badhost.net', 'billing@badhost.net'],
    ['<http://badhost.net/>', 'http://badhost.net/'],
    ['  badhost.net ', 'badhost.net'],
  ];

  test.each(written)('%s is read as %s', (typed, value) => {
    expect(refang(typed)).toBe(value);
  });

  test('is left alone where it is no address', () => {
    for (const text of ['C:\\a(at)b\\x[.]exe', 'a [.] b c', 'report(1).docx', 'Global\\x[.]y'])
      expect(refang(text)).toBe(text);
  });

  test('means a domain where it would be a file without it', () => {
    expect(readIndicators('invoice[.]zip\ninvoice.zip')).toEqual([{ type: 'file-name', value: 'invoice.zip' }]);
    expect(readIndicators('invoice[.]zip')).toEqual([{ type: 'domain', value: 'invoice.zip' }]);
    expect(defang('invoice.zip', 'domain')).toBe('invoice[.]zip');
  });

  const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
  const groups = fc.array(fc.integer({ min: 1, max: 0xffff }), { minLength: 8, maxLength: 8 });
  const address = fc.oneof(
    octets,
    groups.map((parts) => parts.map((part) => part.toString(16)).join(':')),
    fc.domain(),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.emailAddress(),
  );

  test('comes back whole, and no program makes a link of it', () => {
    fc.assert(
      fc.property(address, (value) => {
        const type = typeOf(value);
        // Brackets are what defangs; in an address they are legal in the local part alone, and nobody has such a one.
        fc.pre(['ipv4', 'ipv6', 'domain', 'url', 'mail'].includes(type) && !/[[({]/.test(value));
        const shown = defang(value, type);
        expect(refang(shown)).toBe(value);
        expect(shown).not.toMatch(/^(https?|ftp):\/\//i);
        expect(shown).not.toBe(value);
      }),
    );
  });

  test('is shown as it is where it is no address, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        if (['other', 'file-name', 'file-path', 'registry-key', 'user-agent'].includes(typeOf(value)))
          expect(defang(value)).toBe(value);
      }),
    );
  });
});

test('lines that are pasted are read once each, with comments, bullets and ports', () => {
  expect(
    readIndicators(
      `# from the partner\r\n- hxxp://badhost[.]net/x,\n\n badhost.net:8443\n203.0.113.7:4444\nbadhost.net\n${hash(64)};`,
    ),
  ).toEqual([
    { type: 'url', value: 'http://badhost.net/x' },
    { type: 'domain', value: 'badhost.net' },
    { type: 'ipv4', value: '203.0.113.7', port: '4444' },
    { type: 'sha-256', value: hash(64).toLowerCase() },
  ]);
});

const indicator = (value: string, more: Partial<Indicator> = {}): Indicator => ({
  type: typeOf(value),
  value,
  at: '2026-11-24T04:35:00.000+01:00',
  changedAt: '2026-11-24T04:35:00.000+01:00',
  by: 'A. Example',
  ...more,
});

describe('blocklists', () => {
  const own = ['plant.at', 'Plant-Group.com'];
  const reasonOf = (value: string) => blocklistsOf([indicator(value)], own).leftOut[0]?.reason;

  test.each([
    ['10.1.2.3', 'private'],
    ['172.31.0.1', 'private'],
    ['192.168.0.0/24', 'private'],
    ['100.64.0.1', 'private'],
    ['fd00::1', 'private'],
    ['127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['169.254.10.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['192.0.2.9', 'documentation'],
    ['198.51.100.9', 'documentation'],
    ['203.0.113.9', 'documentation'],
    ['2001:db8::9', 'documentation'],
    ['3fff::9', 'documentation'],
    ['::ffff:10.0.0.1', 'private'],
    ['0.0.0.0', 'special'],
    ['224.0.0.1', 'special'],
    ['255.255.255.255', 'special'],
    ['0.0.0.0/0', 'too-wide'],
    ['8.0.0.0/8', 'too-wide'],
    ['::/0', 'too-wide'],
    ['http://192.168.1.1/admin', 'private'],
    ['http://[::1]:8080/', 'loopback'],
    ['http://0x7f.1/', 'loopback'],
    ['ftp://10.0.0.1/x', 'private'],
    ['plant.at', 'own-domain'],
    ['VPN.plant.at', 'own-domain'],
    ['https://mail.plant-group.com/login', 'own-domain'],
    ['https://user@mail.plant-group.com:8443/login', 'own-domain'],
    ['files.example.com', 'documentation'],
    ['server.local', 'private'],
    ['evil.exe', 'not-blockable'],
    ['a@badhost.net', 'not-blockable'],
  ])('leave %s out: %s', (value, reason) => {
    expect(reasonOf(value)).toBe(reason);
  });

  test.each([
    '8.8.8.8',
    '9.9.9.0/24',
    '2606:4700::1111',
    'badhost.net',
    'notplant.at',
    'plant.at.badhost.net',
    'https://badhost.net/plant.at',
    hash(64),
  ])('hold %s', (value) => {
    const { lists, leftOut } = blocklistsOf([indicator(value)], own);
    expect([...lists.values()].flat()).toEqual([value]);
    expect(leftOut).toEqual([]);
  });

  test('are by kind, sorted, each value once, without what was removed', () => {
    const { lists, leftOut } = blocklistsOf(
      [
        indicator('b.badhost.net'),
        indicator('a.badhost.net.'),
        indicator('a.badhost.net'),
        indicator('8.8.4.4'),
        indicator('8.8.8.8', { removed: { at: '2026-11-24T05:00:00Z', by: 'B' } }),
        indicator('10.0.0.1'),
        indicator('10.0.0.2'),
      ],
      own,
    );
    expect([...lists]).toEqual([
      ['ip', ['8.8.4.4']],
      ['domain', ['a.badhost.net', 'b.badhost.net']],
    ]);
    expect([...countLeftOut(leftOut)]).toEqual([
      ['removed', 1],
      ['private', 2],
    ]);
    expect(blocklistFile(lists.get('domain') ?? [])).toBe('a.badhost.net\nb.badhost.net\n');
  });

  test('never hold an address that is not of the public internet', () => {
    const inside = fc.oneof(
      fc.tuple(fc.constantFrom(10, 127), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.')),
      fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.')),
      fc
        .tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), fc.nat(255), fc.nat(255))
        .map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(inside, (address) => {
        for (const value of [address, `http://${address}/x`, `::ffff:${address}`])
          expect(blocklistsOf([indicator(value)], []).lists.size).toBe(0);
      }),
    );
  });
});

describe('the table', () => {
  test('holds whole values, and a cell that a spreadsheet would run is text', () => {
    const { file, leftOut } = indicatorsCsv(
      [indicator('http://badhost.net/?a="b",c', { note: '=cmd|x' }), indicator('x', { removed: { at: '', by: 'B' } })],
      ['Type', 'Value', 'Note', 'By', 'At'],
    );
    expect(file).toBe(
      'Type,Value,Note,By,At\r\nurl,"http://badhost.net/?a=""b"",c",\'=cmd|x,A. Example,2026-11-24T03:35:00.000Z\r\n',
    );
    expect(leftOut.map(({ reason }) => reason)).toEqual(['removed']);
  });

  test('begins no cell with a sign that starts a formula', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('=', '+', '-', '@', '\t', '\r'), (rest, sign) => {
        const { file } = indicatorsCsv([indicator('badhost.net', { note: `${sign}${rest}` })], ['a']);
        const [, , note = ''] = file.slice(file.indexOf('\r\n') + 2).split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
        expect(note.replace(/^"/, '')[0]).toBe("'");
      }),
    );
  });
});

test('the list of an incident keeps who and when, and what was removed and put back', () => {
  const entry = (id: number, type: string, data: object): IncidentEntry =>
    ({
      id: `4f1c09aa-${String(id).padStart(16, '0')}`,
      at: `2026-11-24T03:0${id}:00Z`,
      by: `P${id}`,
      type,
      data,
    }) as IncidentEntry;
  const target = { kind: 'indicator', value: 'badhost.net' };
  const added = entry(1, 'target-added', { target, note: 'Mail gateway' });
  const removed = entry(2, 'target-removed', { target });
  const again = entry(3, 'target-added', { target });
  const host = entry(4, 'target-added', { target: { kind: 'host', value: 'fs-01' } });
  const list = (...entries: IncidentEntry[]) => indicatorsOf(stateOf(withEntries(emptyRecord(incident), entries)));
  expect(list(added, host)).toEqual([
    { type: 'domain', value: 'badhost.net', note: 'Mail gateway', at: added.at, by: 'P1', changedAt: added.at },
  ]);
  expect(list(added, removed)).toMatchObject([{ removed: { at: removed.at, by: 'P2' }, by: 'P1' }]);
  expect(list(added, removed, again)).toEqual([
    { type: 'domain', value: 'badhost.net', note: 'Mail gateway', at: added.at, by: 'P1', changedAt: again.at },
  ]);
});
