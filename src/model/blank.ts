/** Blanks: what a template leaves for a person to fill in, such as [NAME] or [NUMBER OF SECURITY-ON-CALL]. */

import type { ContactData } from './schema-types.ts';

// Capitals in brackets count only where they are no link and no YAML list of ids; what stands in a fenced block is a
// tool's output.
const blank =
  /\b(?:TODO|TBD|TBC|FIXME|XXX)\b|\[(?!A-Z\])[A-Z][A-Z _/-]{2,}\](?![([:])|\blorem ipsum\b|\b[Ii]nsert (?:name|date|number|here)\b/g;
const fenced = /^( *)(`{3,}|~{3,})[\s\S]*?^\1\2/gm;

/** What a template left behind in a text, with its places. */
export function blanksIn(text: string): { text: string; index: number }[] {
  const prose = text.replace(fenced, (block) => block.replace(/[^\n]/g, ' '));
  return [...prose.matchAll(blank)].map((match) => ({ text: match[0], index: match.index }));
}

/** Whether a value is still to be filled in. */
export function isBlank(value: string): boolean {
  return blanksIn(value).length > 0;
}

const telephones: readonly Channel['kind'][] = ['phone', 'mobile', 'pager'];
const ordinals = ['', 'SECOND ', 'THIRD ', 'FOURTH '];
type Channel = ContactData['channels'][number];

/** The telephone channels of a contact, in the order of its file. */
export function telephonesInOrder({ channels }: Pick<ContactData, 'channels'>): Channel[] {
  return channels.filter(({ kind }) => telephones.includes(kind));
}

/**
 * What stands in a text for a number that is not known yet.
 *
 * @param contact id of the contact
 * @param place which of its numbers, from 0
 */
export function numberBlank(contact: string, place: number): string {
  return `[${ordinals[place] ?? ''}NUMBER OF ${contact.toUpperCase()}]`;
}

/** A number as a link that dials it. */
export function numberLink(number: string): string {
  return `[${number}](tel:${number.replace(/[^+0-9]/g, '')})`;
}

/** The contact and the place that a blank for a number names; undefined for other blanks. */
export function numberIn(text: string): { contact: string; place: number } | undefined {
  const [, ordinal = '', contact] = /^\[((?:SECOND|THIRD|FOURTH) )?NUMBER OF ([A-Z0-9-]+)\]$/.exec(text) ?? [];
  return contact === undefined ? undefined : { contact: contact.toLowerCase(), place: ordinals.indexOf(ordinal) };
}
