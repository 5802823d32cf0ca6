/** Takes secrets out of what people see: known ones, and whatever looks like one in the words of others. */

const hidden = '***';

// Beginnings of tokens by which their makers let them be found: GitHub (gh?_, github_pat_), GitLab (gl…-).
const tokens = /\b(?:gh[a-z]_\w{10,}|github_pat_\w{10,}|gl[a-z]{2,6}-[\w-]{10,})/g;
const inAddress = /\b([a-z][a-z\d+.-]*:\/\/)[^\s/@]+@/gi;
const inHeader = /\b(authorization|private-token|proxy-authorization)(\s*:\s*)[^\r\n]+/gi;

/**
 * A text without secrets.
 *
 * @param secrets exact ones; also found as they stand in an address or in a Basic header
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  const forms = secrets
    .filter((secret) => secret.trim() !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret.toWellFormed()), encodeURI(secret.toWellFormed())])
    // A secret may hold another one: the longest goes first.
    .sort((a, b) => b.length - a.length);
  const without = forms.reduce((rest, form) => rest.replaceAll(form, hidden), text);
  return without.replace(inAddress, `$1${hidden}@`).replace(inHeader, `$1$2${hidden}`).replace(tokens, hidden);
}
