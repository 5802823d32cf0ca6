/** Names for what comes from elsewhere: ids, titles and spoken codes. */

import { posix } from 'node:path';

const longestId = 64;
// What only says that a file is the text of its folder.
const sayNothing = /^(?:readme|index|playbook|runbook|plan|default)$/i;

/**
 * The id of a document, from the name of its file; from its folder where the file is called README.
 *
 * @example idFrom('IRP-Phishing/README.md') // 'irp-phishing'
 */
export function idFrom(path: string): string {
  const parts = posix
    .normalize(path)
    .split('/')
    .filter((part) => part !== '.' && part !== '..');
  const name = (parts.at(-1) ?? '').replace(/\.[a-z]+$/i, '');
  const named = sayNothing.test(name) && parts.length > 1 ? (parts.at(-2) as string) : name;
  const id = named
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestId)
    .replace(/^-+|-+$/g, '');
  return id || 'imported';
}

// The schema's limit.
const longestTitle = 120;
const kindBefore =
  /^(?:(?:security |cyber(?:security)? )?incident(?: response)? )?(?:playbook|runbook|procedure)s?\s*[:–—-]\s*/i;
const kindAfter =
  /\s*[:–—-]?\s*(?:(?:security |cyber(?:security)? )?incident(?: response)? )?(?:playbook|runbook)s?\s*$/i;

/** A title without the word for its kind, which the plan says itself; of a path, its last part in words. */
export function titleFrom(given: string): string {
  const said =
    /\.[a-z]{2,8}$/i.test(given) && !/\s/.test(given)
      ? idFrom(given).replace(/-/g, ' ')
      : given.replace(/\s+/g, ' ').trim();
  const bare = said.replace(kindBefore, '').replace(kindAfter, '').trim() || said;
  const title = bare.charAt(0).toUpperCase() + bare.slice(1);
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1).trimEnd()}…` : title || 'Imported';
}

const notSpoken = new Set('a an the of to and or in on at for with from by is are'.split(' '));

/** Two to four capital letters that are nobody's yet: initials of the title, or letters near to them. */
export function codeFor(title: string, taken: Set<string>): string {
  const words = title
    .normalize('NFKD')
    .toUpperCase()
    .split(/[^A-Z]+/)
    .filter((word) => word && !notSpoken.has(word.toLowerCase()));
  const letters = words.join('') || 'IMPORTED';
  const initials = words.map((word) => word[0]).join('');
  const wanted = [
    initials.slice(0, 2),
    initials.slice(0, 3),
    initials.slice(0, 4),
    letters.slice(0, 2),
    `${letters[0]}${letters.at(-1)}`,
  ];
  for (let at = 1; at < letters.length; at += 1) wanted.push(`${letters[0]}${letters[at]}`);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const second of alphabet) wanted.push(`${letters[0]}${second}`);
  for (const second of alphabet) for (const third of alphabet) wanted.push(`${letters[0]}${second}${third}`);
  const code = wanted.find((candidate) => /^[A-Z]{2,4}$/.test(candidate) && !taken.has(candidate)) ?? 'ZZZZ';
  taken.add(code);
  return code;
}
