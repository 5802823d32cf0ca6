/**
 * Where a reader is in the copy. The file has one address, so the place is in its fragment: `#/runbooks/ransomware/`,
 * `#/search/?q=note`, `#/runbooks/ransomware/#isolate-hosts`.
 */

export interface Place {
  /** Path of the page from the base of the site: `runbooks/ransomware/`. */
  path: string;
  /** With its question mark, or empty. */
  query: string;
  /** Id of the part, or empty. */
  anchor: string;
}

// Never asked for: it only makes addresses whole, so that they can be taken apart.
const origin = 'https://plan.invalid';

/** The place that a fragment names; undefined for the id of a part of the present page. */
export function placeOfFragment(fragment: string): Place | undefined {
  if (fragment === '' || fragment === '#') return { path: '', query: '', anchor: '' };
  return fragment.startsWith('#/') ? placeOf(new URL(fragment.slice(1), origin), '/') : undefined;
}

/**
 * The place that an address of the site names, as a page writes it.
 *
 * @param from the page on which it stands
 * @returns undefined when it leads out of the site
 */
export function placeOfAddress(address: string, from: Place, base: string): Place | undefined {
  const whole = wholeAddress(address, `${origin}${base}${from.path}${from.query}`);
  return whole?.origin === origin && `${whole.pathname}/`.startsWith(base) ? placeOf(whole, base) : undefined;
}

function wholeAddress(address: string, from: string): URL | undefined {
  try {
    return new URL(address, from);
  } catch {
    return undefined;
  }
}

function placeOf({ pathname, search, hash }: URL, base: string): Place {
  return { path: pathname.slice(base.length), query: search, anchor: decoded(hash.slice(1)) };
}

/** The fragment that names a place. */
export function fragmentOf({ path, query, anchor }: Place): string {
  return `#/${path}${query}${anchor === '' ? '' : `#${encodeURIComponent(anchor)}`}`;
}

/** Whether two places are on one page. */
export function isSamePage(one: Place, other: Place): boolean {
  return one.path === other.path && one.query === other.query;
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
