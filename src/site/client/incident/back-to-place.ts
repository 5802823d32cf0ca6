/**
 * Shows the step that the address names again, after the bar and what was recorded have moved it. A page that was reloaded
 * stays where it was, and so does whoever has gone on reading meanwhile.
 */

const place = document.querySelector(':target');
const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
if (arrival?.type === 'navigate' && place && Math.abs(place.getBoundingClientRect().top) < innerHeight)
  place.scrollIntoView();

export {};
