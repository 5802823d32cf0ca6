/**
 * Indicators as people type them: what kind each is, and how it is written so that nobody opens it by mistake. The
 * record keeps the whole value; screens, Markdown and paper show it defanged; files made for machines hold it whole.
 */

import type { IndicatorType } from '../schema-types.ts';
import { type EntryOf, instantOf } from './record.ts';
import type { IncidentState, Line, Target } from './state.ts';

export type { IndicatorType };

/** The kinds in the order in which lists show them. */
export const indicatorTypes: readonly IndicatorType[] = [
  'ipv4',
  'ipv6',
  'domain',
  'url',
  'mail',
  'sha-256',
  'sha-512',
  'sha-1',
  'md5',
  'file-name',
  'file-path',
  'registry-key',
  'user-agent',
  'other',
];

/** An indicator of the incident, with who said so and when. */
export interface Indicator {
  type: IndicatorType;
  /** Whole, not defanged. */
  value: string;
  note?: string;
  /** The first entry that named it, and the last that changed it. */
  at: string;
  by: string;
  changedAt: string;
  /** Who took it off the list. */
  removed?: { at: string; by: string };
}

const hashes: Readonly<Record<number, IndicatorType>> = { 32: 'md5', 40: 'sha-1', 64: 'sha-256', 128: 'sha-512' };

// Endings of files that are also top-level domains, or could be: a name with one is a file unless it was written defanged.
const fileEndings =
  /\.(7z|apk|app|aspx?|bat|bin|cab|chm|cmd|conf|config|cpl|csv|dat|deb|dll|dmg|docm?|docx|dot[mx]?|elf|eml|exe|gz|hta|html?|img|ini|iso|jar|jpe?g|js|jse|json|jsp|key|kdbx|lnk|locked|log|mdb|msg|msi|one|pcap|pdf|php|pkg|png|pol|ppt[mx]?|ps1|psd1|psm1|py|rar|reg|rpm|rtf|scr|sh|so|sql|sys|tar|tgz|tmp|txt|vbe|vbs|vhdx?|war|wsf|xll|xls[bmx]?|xml|yaml|yml|zip)$/i;

const label = '(?!-)[a-z0-9_-]{1,63}(?<!-)';
const domain = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})\\.?$`, 'i');
const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^(?:${octet}\\.){3}${octet}(?:/(?:3[0-2]|[12]?\\d))?$`);
const mail = /^[^\s@<>"]{1,64}@([^\s@]+)$/;
const scheme = /^[a-z][a-z0-9+.-]*:\/\//i;
const registryKey = /^(?:HKLM|HKCU|HKCR|HKU|HKCC|HKEY_[A-Z_]+):?\\/i;
const filePath = /^(?:[a-z]:[\\/]|\\\\[^\\]|%[a-z()0-9]+%[\\/]|~?\/[^/\s])/i;
const userAgent = /^[a-z][\w.-]*\/v?\d[\w.]*(?:[ (;].*)?$/i;
const fileName = /^[^\\/:*?"<>|\r\n]{1,255}\.(?=[0-9_]*[a-z])[a-z0-9_]{1,10}$/i;

/** What kind of indicator a whole (not defanged) text is. */
export function typeOf(value: string): IndicatorType {
  const hash = /^[0-9a-f]+$/i.test(value) ? hashes[value.length] : undefined;
  if (hash) return hash;
  if (ipv4.test(value)) return 'ipv4';
  if (isIpv6(value)) return 'ipv6';
  if (scheme.test(value) && URL.canParse(value)) return 'url';
  if (isMail(value)) return 'mail';
  if (registryKey.test(value)) return 'registry-key';
  if (filePath.test(value)) return 'file-path';
  if (isBareUrl(value)) return 'url';
  if (fileEndings.test(value) && fileName.test(value)) return 'file-name';
  if (domain.test(value)) return 'domain';
  if (userAgent.test(value)) return 'user-agent';
  return fileName.test(value) && !/\s/.test(value) ? 'file-name' : 'other';
}

function isIpv6(value: string): boolean {
  const [address = '', bits] = value.split('/', 2);
  if (!/^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(address)) return false;
  if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= 128)) return false;
  return URL.canParse(`http://[${address}]/`);
}

function isMail(value: string): boolean {
  const [, host] = mail.exec(value) ?? [];
  return host !== undefined && domain.test(host);
}

/** An address without `https://` before it, such as `files.example.com/a.php`. */
function isBareUrl(value: string): boolean {
  const [host = '', ...path] = value.split('/');
  return (
    path.length > 0 && !/\s/.test(value) && (domain.test(host) || ipv4.test(host)) && !/^\d{1,2}$/.test(path[0] ?? '')
  );
}

/**
 * Reads an indicator that may be written so that nobody opens it: `hxxp://files[.]example[.]com`, `a(at)example.com`.
 * What is no address is left exactly as it was typed.
 */
export function refang(typed: string): string {
  const text = typed.trim();
  const plain = withoutFangs(text);
  return plain !== text && isAddress(typeWhenDefanged(plain)) ? plain : text;
}

function withoutFangs(text: string): string {
  return text
    .replace(/^<(.*)>$|^"(.*)"$|^'(.*)'$/s, '$1$2$3')
    .replace(/^h(?:xx|tt|\*\*|__)p(s?)(?=\[?:)/i, 'http$1')
    .replace(/^f[x*]p(s?)(?=\[?:)/i, 'ftp$1')
    .replace(/\[:\/\/\]|\[:\]\/\//g, '://')
    .replace(/\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?/gi, '.')
    .replace(/\s?[[({]\s?(?:@|at)\s?[\])}]\s?/gi, '@')
    .replace(/\[:\]/g, ':')
    .replace(/\\\./g, '.');
}

/** Whoever wrote `invoice[.]zip` meant a domain. */
function typeWhenDefanged(plain: string): IndicatorType {
  const type = typeOf(plain);
  return type === 'file-name' && domain.test(plain) ? 'domain' : type;
}

function isAddress(type: IndicatorType): boolean {
  return ['ipv4', 'ipv6', 'domain', 'url', 'mail'].includes(type);
}

/** An indicator as it is shown: an address is written so that no program makes a link of it. */
export function defang(value: string, type: IndicatorType = typeOf(value)): string {
  switch (type) {
    case 'ipv4':
    case 'domain':
      return value.replaceAll('.', '[.]');
    case 'ipv6':
      return value.replaceAll(':', '[:]').replaceAll('.', '[.]');
    case 'mail': {
      const at = value.lastIndexOf('@');
      return `${value.slice(0, at)}[@]${value.slice(at + 1).replaceAll('.', '[.]')}`;
    }
    case 'url':
      return defangedUrl(value);
    default:
      return value;
  }
}

function defangedUrl(value: string): string {
  const [whole = '', before = '', host = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)/i.exec(value) ?? [];
  const begin = before
    .replace(/^http/i, 'hxxp')
    .replace(/^ftp/i, 'fxp')
    .replace('://', /^(?:http|ftp)/i.test(before) ? '://' : '[://]');
  return begin + host.replaceAll('.', '[.]').replaceAll('@', '[@]') + value.slice(whole.length);
}

/** A target as it is shown: only indicators are defanged. */
export function defangedTarget({ kind, value, indicator }: Pick<Target, 'kind' | 'value' | 'indicator'>): string {
  return kind === 'indicator' ? defang(value, indicator) : value;
}

/** An indicator as it was pasted. */
export interface TypedIndicator {
  type: IndicatorType;
  value: string;
  /** A port that stood behind an address. */
  port?: string;
}

/** Reads one or many lines; empty ones and those that begin with # are none. Each indicator is given once. */
export function readIndicators(pasted: string): TypedIndicator[] {
  const found = new Map<string, TypedIndicator>();
  for (const line of pasted.split(/[\r\n]+/)) {
    const text = line
      .trim()
      .replace(/^(?:[-*•]\s+)/, '')
      .replace(/[,;]$/, '');
    if (text === '' || text.startsWith('#')) continue;
    const read = readIndicator(text);
    found.set(read.value, read);
  }
  return [...found.values()];
}

function readIndicator(text: string): TypedIndicator {
  const value = refang(text);
  const [, host = '', port] = /^([^:/\s]+):(\d{1,5})$/.exec(withoutFangs(text)) ?? [];
  if (port !== undefined && (ipv4.test(host) || domain.test(host)))
    return { type: ipv4.test(host) ? 'ipv4' : 'domain', value: host, port };
  const type = value === text ? typeOf(value) : typeWhenDefanged(value);
  // Hashes are compared as text by the programs that read the lists.
  return { type, value: /^(?:md5|sha)/.test(type) ? value.toLowerCase() : value };
}

/** The indicators of an incident by kind, those that were taken off the list included. */
export function indicatorsOf({ timeline }: Pick<IncidentState, 'timeline'>): Indicator[] {
  const found = new Map<string, Indicator>();
  for (const { entry } of timeline as readonly Line[]) {
    if (entry.type === 'target-added' && entry.data.target.kind === 'indicator') {
      const known = found.get(entry.data.target.value);
      found.set(entry.data.target.value, added(entry, known));
    } else if (entry.type === 'target-removed' && entry.data.target.kind === 'indicator') {
      const known = found.get(entry.data.target.value);
      if (known && !known.removed)
        found.set(known.value, { ...known, changedAt: entry.at, removed: { at: entry.at, by: entry.by } });
    }
  }
  const rank = ({ type }: Indicator) => indicatorTypes.indexOf(type);
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || instantOf(a.at) - instantOf(b.at));
}

function added({ data, at, by }: EntryOf<'target-added'>, known: Indicator | undefined): Indicator {
  const note = data.note ?? known?.note;
  return {
    type: data.indicator ?? known?.type ?? typeOf(data.target.value),
    value: data.target.value,
    ...(note === undefined ? {} : { note }),
    at: known?.at ?? at,
    by: known?.by ?? by,
    changedAt: at,
  };
}
