/** The step that the address names, after the bar and what was recorded have moved it. */

/** Shows it again. A page that was reloaded stays where it was, and so does whoever has gone on reading meanwhile. */
export function backToPlace(): void {
  const place = document.querySelector(':target');
  const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (arrival?.type === 'navigate' && place && Math.abs(place.getBoundingClientRect().top) < innerHeight)
    place.scrollIntoView();
}
