/** The indicators of an incident as files for machines: lists to block, and a table. What is left out is always said. */

import ipaddr from 'ipaddr.js';
import { csvFile } from '../csv.ts';
import { type Indicator, indicatorTypes } from './indicators.ts';
import { instantOf } from './record.ts';

/** Why an indicator is not in a file. */
export type LeftOutReason =
  | 'removed'
  | 'private'
  | 'loopback'
  | 'link-local'
  | 'documentation'
  | 'special'
  | 'too-wide'
  | 'own-domain'
  | 'no-pattern'
  | 'not-blockable';

export interface LeftOut {
  indicator: Indicator;
  reason: LeftOutReason;
}

/** The lists: addresses, names and URLs for the network, hashes for hosts. */
export const blocklistNames = ['ip', 'domain', 'url', 'md5', 'sha-1', 'sha-256', 'sha-512'] as const;
type BlocklistName = (typeof blocklistNames)[number];

export interface Blocklists {
  /** Values of each list, sorted, each once; a list without values is not in it. */
  lists: Map<BlocklistName, string[]>;
  leftOut: LeftOut[];
}

const listOf: Partial<Record<Indicator['type'], BlocklistName>> = {
  ipv4: 'ip',
  ipv6: 'ip',
  domain: 'domain',
  url: 'url',
  md5: 'md5',
  'sha-1': 'sha-1',
  'sha-256': 'sha-256',
  'sha-512': 'sha-512',
};

/**
 * Plain lists to block, one for each kind. Nobody blocks themselves: what is not of the public internet and what is the
 * organisation's own stays out.
 *
 * @param ownDomains of the organisation; their subdomains are its own too
 */
export function blocklistsOf(indicators: readonly Indicator[], ownDomains: readonly string[]): Blocklists {
  const lists = new Map<BlocklistName, Set<string>>();
  const leftOut: LeftOut[] = [];
  for (const indicator of indicators) {
    const list = listOf[indicator.type];
    const reason = indicator.removed ? 'removed' : list ? reasonAgainst(indicator, ownDomains) : 'not-blockable';
    if (reason) leftOut.push({ indicator, reason });
    else if (list) lists.set(list, (lists.get(list) ?? new Set()).add(indicator.value.replace(/\.$/, '')));
  }
  const named = blocklistNames.flatMap((name) => {
    const values = lists.get(name);
    return values ? [[name, [...values].sort()] as const] : [];
  });
  return { lists: new Map(named), leftOut };
}

/** Why an address must not be blocked, or undefined. */
function reasonAgainst({ type, value }: Indicator, ownDomains: readonly string[]): LeftOutReason | undefined {
  switch (type) {
    case 'ipv4':
    case 'ipv6':
      return reasonAgainstAddress(value);
    case 'domain':
      return reasonAgainstDomain(value, ownDomains);
    case 'url': {
      const host = hostOf(value);
      if (host === undefined) return undefined;
      return ipaddr.isValid(host) ? reasonAgainstAddress(host) : reasonAgainstDomain(host, ownDomains);
    }
    default:
      return undefined;
  }
}

/** Host of a URL, in lower case and without the brackets of an IPv6 address. */
function hostOf(url: string): string | undefined {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  // Only for http the platform reads the host of an address as a host; other schemes leave it as it is written.
  const asHttp = whole.replace(/^[a-z][a-z0-9+.-]*:/i, 'http:');
  return URL.canParse(asHttp) ? new URL(asHttp).hostname.replace(/^\[|\]$/g, '') : undefined;
}

const documentation = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'].map((range) =>
  ipaddr.parseCIDR(range),
);

const reasonsByRange: Readonly<Record<string, LeftOutReason>> = {
  private: 'private',
  uniqueLocal: 'private',
  carrierGradeNat: 'private',
  loopback: 'loopback',
  linkLocal: 'link-local',
};

function reasonAgainstAddress(written: string): LeftOutReason | undefined {
  const [text = '', bits] = written.split('/', 2);
  // `process` unwraps an IPv4 address that is written as IPv6.
  const address = ipaddr.process(text);
  // A range of millions is somebody's slip, and would cut off half the world.
  if (bits !== undefined && Number(bits) < (address.kind() === 'ipv4' ? 16 : 32)) return 'too-wide';
  const kind = address.kind();
  if (documentation.some(([net, size]) => net.kind() === kind && address.match([net, size] as never)))
    return 'documentation';
  const range = address.range();
  return range === 'unicast' ? undefined : (reasonsByRange[range] ?? 'special');
}

// RFC 2606, RFC 6761 and RFC 8375: names that lead nowhere on the internet.
const documentationDomain = /(?:^|\.)(?:example|test|invalid|example\.(?:com|net|org))$/;
const localDomain = /(?:^|\.)(?:localhost|local|internal|home\.arpa)$/;

function reasonAgainstDomain(written: string, ownDomains: readonly string[]): LeftOutReason | undefined {
  const domain = written.toLowerCase().replace(/\.$/, '');
  const isOwn = ownDomains.some((own) => domain === own.toLowerCase() || domain.endsWith(`.${own.toLowerCase()}`));
  if (isOwn) return 'own-domain';
  if (documentationDomain.test(domain)) return 'documentation';
  return localDomain.test(domain) ? 'private' : undefined;
}

/** One blocklist as a file: a value a line, nothing else, since programs read it. */
export function blocklistFile(values: readonly string[]): string {
  return `${values.join('\n')}\n`;
}

/** The indicators as CSV after RFC 4180, whole, in UTF-8; what was taken off the list is left out. */
export function indicatorsCsv(
  indicators: readonly Indicator[],
  head: readonly string[],
): { file: string; leftOut: LeftOut[] } {
  const rows = indicators
    .filter(({ removed }) => !removed)
    .map(({ type, value, note, by, at }) => [type, value, note ?? '', by, new Date(instantOf(at)).toISOString()]);
  return {
    file: csvFile([head, ...rows]),
    leftOut: indicators.filter(({ removed }) => removed).map((indicator) => ({ indicator, reason: 'removed' })),
  };
}

/** How many are left out for each reason, in a fixed order. */
export function countLeftOut(leftOut: readonly LeftOut[]): Map<LeftOutReason, number> {
  const counts = new Map<LeftOutReason, number>();
  const sorted = leftOut.toSorted(
    (a, b) => indicatorTypes.indexOf(a.indicator.type) - indicatorTypes.indexOf(b.indicator.type),
  );
  for (const { reason } of sorted) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}
