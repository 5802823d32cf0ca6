/** What opens a suggestion; in a file of its own, since it is all that a page has before that. */
export function suggestLabel(_language: string | undefined, of: 'step' | 'part' = 'step'): string {
  return `Suggest a change to this ${of}`;
}
