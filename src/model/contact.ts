import type { ContactData } from './schema-types.ts';

type Channel = ContactData['channels'][number];

/** What a channel is opened by, where it can be: a number, a mail address or an address on the web. */
export function addressOfChannel({ kind, value }: Channel): string | undefined {
  if (['phone', 'mobile', 'pager'].includes(kind))
    return /^[+0-9 ()./-]+$/.test(value) ? `tel:${value.replace(/[^+0-9]/g, '')}` : undefined;
  // A blank that is still to be filled in opens nothing.
  if (kind === 'mail') return value.includes('@') ? `mailto:${value}` : undefined;
  return kind === 'web' && /^https?:/.test(value) ? value : undefined;
}

/** The numbers of a contact, those first that work when the organisation's own systems do not. */
export function telephonesOf({ channels }: Pick<ContactData, 'channels'>): Channel[] {
  const telephones = channels.filter((channel) => addressOfChannel(channel)?.startsWith('tel:'));
  return [...telephones.filter(({ outOfBand }) => outOfBand), ...telephones.filter(({ outOfBand }) => !outOfBand)];
}
