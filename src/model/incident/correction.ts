import type { IncidentText } from './interface-text.ts';
import { utcOf } from './record.ts';
import type { Line } from './state.ts';

/** What a correction says of an entry, or undefined where there is none. */
export function correctionOf({ correction }: Line, text: IncidentText): string | undefined {
  if (!correction) return undefined;
  const { by, at, data } = correction;
  const time = utcOf(at);
  return data.text ? `${data.text} (${text.corrected(by, time)})` : text.withdrawn(by, time);
}
