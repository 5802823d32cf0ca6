/** One change of a text: what stands from `from` to `to` (offsets in UTF-16 code units) becomes `text`. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/**
 * Applies edits that do not overlap; every other character stays as its author left it.
 *
 * @throws RangeError when two edits overlap or one lies outside the text: applying them would lose something
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
  let result = '';
  let at = 0;
  for (const edit of ordered) {
    if (edit.from < at || edit.to < edit.from || edit.to > text.length)
      throw new RangeError(`The edit at ${edit.from} overlaps another, or lies outside the text.`);
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at);
}
