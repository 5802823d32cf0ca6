/**
 * The offline copy as a reader sees it: whether there is one, how old it is, and when a newer version is ready. The
 * words stand in the page; the work is done by the service worker.
 */
import type { Told } from '../offline/worker.ts';

const { base = '/' } = document.documentElement.dataset;
const line = document.querySelector<HTMLElement>('[data-offline]');
const notice = document.querySelector<HTMLElement>('[data-offline-notice]');

// The one-file copy is opened as a file: it is a copy itself.
if (line && notice && location.protocol !== 'file:') start(line, notice);

function start(line: HTMLElement, notice: HTMLElement): void {
  const words = line.dataset;
  if (!('serviceWorker' in navigator)) {
    line.textContent = words['none'] ?? '';
    return;
  }
  let shown: string | undefined;
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ firebreak?: Told }>) => {
    const told = data?.firebreak;
    if (!told) return;
    shown ??= told.current?.id;
    say(told, shown, line, notice);
  });
  navigator.serviceWorker
    .register(`${base}service-worker.js`, { scope: base })
    .then(() => navigator.serviceWorker.ready)
    .then((registration) => {
      const ask = () => registration.active?.postMessage('firebreak:check');
      ask();
      addEventListener('online', ask);
    })
    .catch(() => {
      line.textContent = words['none'] ?? '';
    });
}

function say(told: Told, shown: string | undefined, line: HTMLElement, notice: HTMLElement): void {
  const { current, checkedAt, done = 0, all = 1 } = told;
  const words = line.dataset;
  const ago = checkedAt ? agoOf(checkedAt) : '';
  const fill = (text = '') => text.replace('{ago}', ago).replace('{percent}', String(Math.floor((100 * done) / all)));
  if (told.what === 'storing') line.textContent = fill(words['storing']);
  else if (told.what === 'no-room') line.textContent = fill(words['noRoom']);
  else if (current) line.textContent = `${fill(words['ready'])}${isForgetful() ? ` ${words['forgetful'] ?? ''}` : ''}`;
  else line.textContent = fill(words['missing']);

  const newer = current && shown && current.id !== shown;
  const [stale, ready] = notice.querySelectorAll<HTMLElement>('p');
  if (stale && ready) {
    stale.hidden = told.what !== 'unreachable' || !current;
    stale.textContent = fill(words['stale']);
    ready.hidden = !newer;
    notice.hidden = Boolean(stale.hidden && ready.hidden);
  }
}

function agoOf(time: number): string {
  const minutes = Math.round((time - Date.now()) / 60_000);
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto' });
  if (minutes > -90) return format.format(minutes, 'minute');
  return minutes > -48 * 60
    ? format.format(Math.round(minutes / 60), 'hour')
    : format.format(Math.round(minutes / 1440), 'day');
}

/** Safari deletes what a site has stored after seven days without a visit, unless it is installed. */
function isForgetful(): boolean {
  const installed =
    matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone);
  return !installed && /^((?!chrome|chromium|android|firefox).)*safari/i.test(navigator.userAgent);
}
