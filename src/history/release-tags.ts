/** The tags on the way to the present version of a plan, and whose signature is under each. */

import type { Git } from './git.ts';
import { type Signature, settingsFor } from './signatures.ts';

export interface ReleaseTag {
  name: string;
  /** The commit that it names. */
  commit: string;
  /** When it was made; of a tag that is a mere name, when its commit was: ISO 8601 in UTC. */
  at: string;
  /** First line of its message. */
  subject: string;
  signature: Signature;
}

const fields = [
  'refname:strip=2',
  'objecttype',
  'objectname',
  '*objecttype',
  '*objectname',
  'creatordate:unix',
  'contents:subject',
];

/**
 * The tags of the present version and of those before it, the newest first.
 *
 * @param git in the folder of the plan
 * @param allowedSigners path from the root of the repository; without it no signature is good
 * @param commit for the tags that name this one alone
 */
export async function releaseTags(
  git: Git,
  allowedSigners: string | undefined,
  commit?: string,
): Promise<ReleaseTag[]> {
  const which = commit === undefined ? '--merged=HEAD' : `--points-at=${commit}`;
  const format = `--format=${fields.map((field) => `%(${field})`).join('%00')}`;
  const listed = await git.answer(['for-each-ref', which, '--sort=-creatordate', format, 'refs/tags']);
  const tags: ReleaseTag[] = [];
  for (const line of listed?.split('\n').filter(Boolean) ?? []) {
    const [name = '', type, id = '', innerType, inner = '', seconds, subject = ''] = line.split('\0');
    const isAnnotated = type === 'tag';
    if ((isAnnotated ? innerType : type) !== 'commit') continue;
    tags.push({
      name,
      commit: isAnnotated ? inner : id,
      at: new Date(Number(seconds) * 1000).toISOString(),
      subject,
      signature: isAnnotated ? await signatureOfTag(git, id, allowedSigners) : { state: 'none' },
    });
  }
  return tags;
}

/** Verifies one tag; the words are those of ssh-keygen(1), which git passes on. */
async function signatureOfTag(git: Git, id: string, allowedSigners: string | undefined): Promise<Signature> {
  const text = (await git.bytes(['cat-file', 'tag', id])).toString('utf8');
  if (!/^-----BEGIN (SSH|PGP) (SIGNATURE|MESSAGE)-----$/m.test(text)) return { state: 'none' };
  // Keys of OpenPGP come from the keyring of whoever asks, which is not the plan's.
  if (!text.includes('-----BEGIN SSH SIGNATURE-----')) return { state: 'unlisted' };
  const { code, stderr } = await git.run([...(await settingsFor(git, allowedSigners)), 'verify-tag', id]);
  const [, signer, key] = /^Good "git" signature for (.+) with (\S+ key \S+)$/m.exec(stderr) ?? [];
  if (code === 0 && signer && key) return { state: 'good', signer };
  if (/^Good "git" signature with /m.test(stderr)) return { state: 'unlisted' };
  return { state: /incorrect signature|Could not verify signature/i.test(stderr) ? 'bad' : 'unknown' };
}
