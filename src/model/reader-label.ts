/** What opens the reader view; in a file of its own, since it is all that a page has before that. */
export function readerLabel(_language: string | undefined): string {
  return 'One step at a time';
}
