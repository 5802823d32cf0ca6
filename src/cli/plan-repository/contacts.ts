/** Contacts as entries to fill in: no number of the made-up company may pass for a real one. */

import { parse } from 'yaml';
import { numberBlank, numberLink, telephonesInOrder } from '../../model/blank.ts';
import { documentsOf, type Plan } from '../../model/plan.ts';
import type { ContactData } from '../../model/schema-types.ts';
import type { Answers } from './answers.ts';
import { replaced, without } from './properties.ts';

type Channel = ContactData['channels'][number];

const blanks: Record<Channel['kind'], string> = {
  phone: '[NUMBER]',
  mobile: '[NUMBER]',
  pager: '[NUMBER]',
  mail: '[MAIL ADDRESS]',
  chat: '[CHAT GROUP]',
  radio: '[RADIO CHANNEL]',
  address: '[ADDRESS]',
  web: '[WEB ADDRESS]',
};

/** The file of a contact with blanks for what is not known, and the number that was given. */
export function contactToFillIn(yaml: string, id: string, { numbers = {} }: Answers): string {
  const { channels, organisation } = parse(yaml) as ContactData;
  const [first] = telephonesInOrder({ channels });
  const values = channels.map((channel, index): [string, string] => [
    `/channels/${index}/value`,
    (channel === first && numbers[id]) || blanks[channel.kind],
  ]);
  const fresh = replaced(yaml, {
    ...Object.fromEntries(values),
    ...(organisation === undefined ? {} : { '/organisation': '[NAME]' }),
  });
  return without(fresh, ['/verifiedOn']);
}

const numbersOfTheStarter = /\[\+1\s+202\s+555\s+(\d{4})\]\(tel:\+1202555\1\)|\+1\s+202\s+555\s+(\d{4})/g;

/** Puts the numbers that were given, or blanks, in the place of the numbers that stand in a text. */
export function withOwnNumbers(text: string, starter: Plan, { numbers = {} }: Answers): string {
  return text.replace(numbersOfTheStarter, (number, linked?: string, bare?: string) => {
    const dialled = `+1202555${linked ?? bare}`;
    for (const { id, data } of documentsOf(starter, 'contact')) {
      const place = telephonesInOrder(data).findIndex(({ value }) => value.replaceAll(' ', '') === dialled);
      if (place === -1) continue;
      const given = place === 0 ? numbers[id] : undefined;
      return given ? (linked ? numberLink(given) : given) : numberBlank(id, place);
    }
    const variable = [...starter.variables].find(([, value]) => value.replaceAll(' ', '') === dialled)?.[0];
    return variable ? `{${variable}}` : number;
  });
}
