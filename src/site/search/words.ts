/** How text is cut into words, the same way in the build and in the browser, and as Pagefind does it. */

/**
 * The words of a text. A compound gives itself without its punctuation and then its parts, as in Pagefind's index:
 * `Disable-NetAdapter` gives `disablenetadapter`, `disable`, `net` and `adapter`; `T1078.004` gives `t1078004` and so on.
 */
export function wordsIn(text: string): string[] {
  return text.split(/\s+/).flatMap(wordsOfChunk);
}

/** The same of what stands between two blanks. */
export function wordsOfChunk(chunk: string): string[] {
  const whole = plain(chunk);
  const parts = partsOf(chunk);
  return whole === '' || (parts.length === 1 && parts[0] === whole) ? parts : [whole, ...parts];
}

/** Nearly every word of English: nothing has to be taken off. */
const isPlain = /^[a-z\d]+$/;
const isOneWord = /^[A-Za-z\d]+$/;

/** A word as it stands in the index: lower case, without accents and punctuation. */
export function plain(word: string): string {
  if (isPlain.test(word)) return word;
  // Taking accents off takes Hangul apart as well: what is left is put together again.
  return word
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}_]/gu, '')
    .normalize('NFC')
    .toLowerCase();
}

/** The parts of a compound: at punctuation, and where the case changes inside it. */
export function partsOf(chunk: string): string[] {
  if (isOneWord.test(chunk)) return [chunk.toLowerCase()];
  // Pagefind looks for a change of case only in words that have punctuation.
  const compound = /[^\p{L}\p{N}]/u.test(chunk.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
  const spaced = compound
    ? chunk.replace(/(\p{Ll})(\p{Lu})|(\p{L})(\p{N})|(\p{N})(\p{L})/gu, (pair) => `${pair[0]} ${pair.slice(1)}`)
    : chunk;
  return spaced
    .split(compound ? /[^\p{L}\p{N}]+/u : /\s+/)
    .map((part) => plain(part))
    .filter((part) => part.length > 1 || !compound);
}

/** What only looks like the form of another word: who calls from accounting has no account. */
const notForms = new Set('accounting building hosting marketing parking'.split(' '));

/**
 * What English forms of a word have in common: `encrypted`, `encrypts` and `encrypting` become `encrypt`. It need not
 * be a word. Pagefind stems by itself; this one only tells which words the plan knows in another form.
 */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word) || notForms.has(word)) return word;
  let root = word;
  if (/(?:ss|x|ch|sh|z)es$/.test(root)) root = root.slice(0, -2);
  else if (/ies$/.test(root) && root.length > 4) root = `${root.slice(0, -3)}y`;
  else if (/[^su]s$/.test(root)) root = root.slice(0, -1);
  for (const ending of ['ing', 'ed'])
    if (
      root.endsWith(ending) &&
      /[aeiouy].*[^aeiou]|[aeiouy]{2}/.test(root.slice(0, -ending.length)) &&
      root.length - ending.length > 2
    ) {
      root = root.slice(0, -ending.length).replace(/([^aeioulsz])\1$/, '$1');
      break;
    }
  return root.length > 3 ? root.replace(/e$/, '').replace(/y$/, 'i') : root;
}
