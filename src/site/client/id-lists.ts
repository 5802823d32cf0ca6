/** Lists of ids in the address of a page, `?seen=ransom-note,files-renamed`, so that what is chosen can be sent on. */

/** The ids of a list, each once, in their order. Empty where the address has none. */
export function listIn(query: string, name: string): string[] {
  const listed = new URLSearchParams(query).get(name) ?? '';
  return [...new Set(listed.split(',').map((id) => id.trim()))].filter(Boolean);
}

/** A query with these lists, without those that are empty; empty itself where all are. Commas stay readable. */
export function queryOf(lists: Readonly<Record<string, readonly string[]>>): string {
  const parts = Object.entries(lists)
    .filter(([, ids]) => ids.length > 0)
    .map(([name, ids]) => `${name}=${ids.map(encodeURIComponent).join(',')}`);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

let latest = '';

/**
 * Puts lists into the address of the present page, without a new entry in the history. The address follows once what was
 * asked for is on the screen: writing it takes a slow telephone longer than drawing.
 */
export function keepInAddress(lists: Readonly<Record<string, readonly string[]>>): void {
  const query = queryOf(lists);
  const { pathname } = location;
  const write = () => {
    // In a copy that is one file, another page may have been opened meanwhile.
    if (query === latest && pathname === location.pathname && location.search !== query)
      history.replaceState(history.state, '', `${pathname}${query}${location.hash}`);
  };
  latest = query;
  setTimeout(write, 50);
}
