/**
 * What a script begins on a page ends with the page. On the site the browser sees to it; here all pages are shown by one
 * document, so what scripts put on the window and the document is noted down and taken off.
 */

type Listening = [
  type: string,
  listener: EventListenerOrEventListenerObject,
  options?: boolean | AddEventListenerOptions,
];

let listening: [EventTarget, Listening][] = [];
let intervals: number[] = [];
let shown = false;

/** Begins to note down. Called once, after the copy itself has put its listeners. */
export function watchLifetimes(): void {
  for (const target of [window, document, document.documentElement]) {
    const add = target.addEventListener.bind(target);
    target.addEventListener = (...listener: Listening) => {
      listening.push([target, listener]);
      add(...listener);
    };
  }
  const every = window.setInterval.bind(window) as (...timer: unknown[]) => number;
  const noted = (...timer: unknown[]) => {
    const id = every(...timer);
    intervals.push(id);
    return id;
  };
  Object.assign(window, { setInterval: noted });
}

/** Ends what the scripts of the page that was shown have begun. They may save something first, as on a page that is left. */
export function endPage(): void {
  if (shown) window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }));
  shown = true;
  for (const [target, [type, listener, options]] of listening) target.removeEventListener(type, listener, options);
  for (const id of intervals) clearInterval(id);
  listening = [];
  intervals = [];
}
