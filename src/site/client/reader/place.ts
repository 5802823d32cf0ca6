/** Where the reader view stands on a page, kept through interruptions, reloads and branches. */

export interface Place {
  step: string;
  /** Decisions from which a branch was taken, the last one at the end. */
  from: string[];
  open: boolean;
}

const { base = '/', plan = '' } = document.documentElement.dataset;
const key = () => `firebreak:reader:${plan}:${base}:${location.pathname.slice(base.length)}`;

/** The place that was kept, or undefined. Whether the view is open is a matter of this window, not of all. */
export function keptPlace(): Place | undefined {
  try {
    const { step, from } = JSON.parse(localStorage.getItem(key()) ?? 'null') ?? {};
    if (typeof step !== 'string' || !Array.isArray(from)) return undefined;
    return { step, from: from.map(String), open: sessionStorage.getItem(key()) === 'open' };
  } catch {
    return undefined;
  }
}

export function keepPlace({ step, from, open }: Place): void {
  try {
    localStorage.setItem(key(), JSON.stringify({ step, from }));
    if (open) sessionStorage.setItem(key(), 'open');
    else sessionStorage.removeItem(key());
  } catch {
    // It holds while the view is open.
  }
}
