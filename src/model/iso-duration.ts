/** ISO 8601 durations (`P1DT2H`), as lessons measure with. */

const form = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const units = [' year', ' month', ' week', ' day', ' h', ' min', ' s'];
// The units that are words have a plural.
const words = 4;

/** A duration as a person reads it: `1 day 2 h`. What is no duration stays as it is. */
export function readableDuration(duration: string): string {
  const parts = form.exec(duration)?.slice(1) ?? [];
  const read = parts.flatMap((amount, index) => {
    const count = Number(amount ?? 0);
    return count === 0 ? [] : [`${count}${units[index]}${index < words && count !== 1 ? 's' : ''}`];
  });
  return read.length > 0 ? read.join(' ') : duration;
}

/** `PT41M`, `P1DT2H`: days, hours and minutes of a length in milliseconds. */
export function isoDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const time = `${hours ? `${hours}H` : ''}${rest ? `${rest}M` : ''}`;
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`.replace(/^P$/, 'PT0M');
}
