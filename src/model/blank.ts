/** Blanks: what a template leaves for a person to fill in, such as [NAME] or [NUMBER OF SECURITY-ON-CALL]. */

import type { ContactData } from './schema-types.ts';

// Capitals in brackets count only where they are no link, no checkbox and no YAML list of ids.
const blank = /\[(?!A-Z\])[A-Z][A-Z _/-]{2,}\](?![([:])/g;

/** The blanks in a text, with their places. */
export function blanksIn(text: string): { text: string; index: number }[] {
  return [...text.matchAll(blank)].map((match) => ({ text: match[0], index: match.index }));
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
