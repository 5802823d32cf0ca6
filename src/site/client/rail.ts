/** Marks where the reader is in the rail of parts. */
const rail = document.querySelector<HTMLElement>('[data-rail]');
if (rail) markPlace(rail);

function markPlace(rail: HTMLElement): void {
  const links = new Map<Element, HTMLAnchorElement>();
  for (const link of rail.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    // A heading stands for its section, so that the mark holds while the section is read.
    if (part) links.set(part.closest('section') ?? part, link);
  }
  const mark = (part: Element) => {
    for (const [other, link] of links) {
      if (other === part) link.setAttribute('aria-current', 'location');
      else link.removeAttribute('aria-current');
    }
    const link = links.get(part);
    const list = link?.closest('ol');
    // Only sideways, and only the rail: the page stays where it is.
    if (link && list && list.scrollWidth > list.clientWidth)
      list.scrollLeft = link.offsetLeft - list.clientWidth / 2 + link.offsetWidth / 2;
  };
  // A thin line in the upper third of the window: the part that it touches is the present one.
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) mark(entry.target);
    },
    { rootMargin: '-30% 0px -69% 0px' },
  );
  for (const part of links.keys()) observer.observe(part);
  const [first] = links.keys();
  if (first) mark(first);
}
