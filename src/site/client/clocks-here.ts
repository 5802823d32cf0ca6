/** The page of clocks, so that an open incident can take over where its answers are kept. */

import type { FieldPlace } from '../../model/incident/forms.ts';
import type { Kept } from '../clocks/kept.ts';

/** Where the answers are kept. */
export interface ClocksKeeper {
  load: () => Kept;
  /** With every key; `all` is everything, with this. */
  typed: (place: FieldPlace, value: string, all: Kept) => void;
  /** When a field is left, or something was chosen. */
  left: (place: FieldPlace, value: string, all: Kept) => void;
}

export interface ClocksHere {
  root: HTMLElement;
  /** Time zone of the organisation. */
  timeZone: string;
  /** What this browser kept without an incident. */
  keptBefore: () => Kept;
  keepInstead: (kept: Kept) => void;
  /** From now on the answers are kept there. */
  keepWith: (keeper: ClocksKeeper) => void;
  /** Shows what is kept, after it has changed. */
  redraw: () => void;
}

const offered = Promise.withResolvers<ClocksHere>();

export const clocksHere = offered.promise;
export const offerClocks = offered.resolve;
