/**
 * Something that moves parts of the page, put off until nobody is in the middle of pressing: a press moves the focus
 * before it clicks, and the click must land where it was aimed. Asked for several times it is done once.
 */
export function settled(run: () => void): () => void {
  let pressed = false;
  let waiting = false;
  const go = () => {
    if (pressed || !waiting) return;
    waiting = false;
    run();
  };
  const release = () => {
    pressed = false;
    // After the click, which follows.
    setTimeout(go);
  };
  addEventListener('pointerdown', () => {
    pressed = true;
  });
  addEventListener('pointerup', release);
  addEventListener('pointercancel', release);
  return () => {
    waiting = true;
    // The focus lands first.
    setTimeout(go);
  };
}
