/** People and teams with a number or a mail address, in tables and lists: drafts of contacts. */

import type { List, Nodes, Root, Table } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import type { ContactData } from '../model/schema-types.ts';

export type FoundContact = Pick<ContactData, 'title' | 'channels'>;

const mail = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
// Seven digits at least, with a plus, brackets or groups; dates and addresses of machines are taken out before.
const telephone = /(?<![\p{L}\p{N}])\+?\(?\d[\d ().\-/]{5,}\d(?![\p{L}\p{N}])/gu;
const noTelephone =
  /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\bCVE-\d+-\d+\b|https?:\S+/gi;
const longestName = 80;

/** Contacts that a text names: a row of a table, or an item of a list, with a name beside a number or mail address. */
export function contactsIn(tree: Root): FoundContact[] {
  const found = new Map<string, FoundContact>();
  const add = (name: string | undefined, channels: FoundContact['channels']) => {
    if (name === undefined || channels.length === 0 || found.has(name.toLowerCase())) return;
    found.set(name.toLowerCase(), { title: name, channels });
  };
  visit(tree, (node: Nodes) => {
    if (node.type === 'table') for (const [name, channels] of rowsOf(node)) add(name, channels);
    if (node.type === 'list') for (const [name, channels] of itemsOf(node)) add(name, channels);
  });
  return [...found.values()];
}

function* rowsOf(table: Table): Generator<[string | undefined, FoundContact['channels']]> {
  for (const row of table.children) {
    const cells = row.children.map((cell) => plainText(cell).replace(/\s+/g, ' ').trim());
    const names = cells.filter((cell) => channelsOf(cell).length === 0).map(nameIn);
    yield [names.find((name) => name !== undefined), cells.flatMap(channelsOf)];
  }
}

function* itemsOf(list: List): Generator<[string | undefined, FoundContact['channels']]> {
  for (const { children } of list.children) {
    const [first] = children;
    if (first?.type !== 'paragraph') continue;
    const line = plainText(first).replace(/\s+/g, ' ').trim();
    const channels = channelsOf(line);
    const at = channels.length > 0 ? line.indexOf((channels[0] as { value: string }).value) : -1;
    // "Name: number", "Name, mail address": what stands between must be a sign, so that no sentence is taken for a name.
    const before = /^(.*?)\s*(?:[:|,;(]|\s[-–—])\s*(?:tel\.?|phone|mail|e-mail|email|mobile)?[:.\s]*$/i.exec(
      line.slice(0, Math.max(0, at)),
    );
    yield [before ? nameIn(before[1] as string) : undefined, channels];
  }
}

function channelsOf(text: string): FoundContact['channels'] {
  const mails = [...text.matchAll(mail)].map(([value]) => ({ kind: 'mail' as const, value }));
  const rest = text.replace(mail, ' ').replace(noTelephone, ' ');
  const telephones = [...rest.matchAll(telephone)]
    .map(([value]) => value.trim())
    .filter((value) => value.replace(/\D/g, '').length >= 7 && value.replace(/\D/g, '').length <= 15)
    .map((value) => ({ kind: 'phone' as const, value }));
  return [...telephones, ...mails];
}

function nameIn(text: string): string | undefined {
  const name = text
    .replace(/[*_`[\]]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[:,;–—-]+$/, '')
    .trim();
  return name !== '' &&
    name.length <= longestName &&
    /\p{L}{2}/u.test(name) &&
    !/[<>{}]/.test(name) &&
    !/[.!?]\s/.test(name)
    ? name
    : undefined;
}
