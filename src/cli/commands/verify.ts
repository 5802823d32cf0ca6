import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  compareManifests,
  compareWithManifest,
  type Difference,
  NoManifest,
  readManifest,
  signaturePath,
} from '../../audit/provenance/compare.ts';
import {
  NotServed,
  type PublishedSite,
  siteAtAddress,
  siteInFolder,
  siteInZip,
} from '../../audit/provenance/published-site.ts';
import { CannotSign, checkSignature, type Signature } from '../../audit/provenance/signature.ts';
import { Git } from '../../history/git.ts';
import { type ReleaseTag, releaseTags } from '../../history/release-tags.ts';
import type { SiteManifest } from '../../model/schema-types.ts';
import { CannotRun, type Command, type Outside } from '../command.ts';
import { buildOfCommit, CannotBuild } from '../fresh-build.ts';
import { contentHelp, contentOption } from '../plan-folder.ts';

/** What was found out about a published site. */
interface Verdict {
  site: string;
  manifest: Omit<SiteManifest, 'files'> & { files: number };
  differences: Difference[];
  /** Against a build of the commit; absent where none was made, which `notBuilt` explains. */
  fromCommit?: Difference[];
  notBuilt?: string;
  signature: Signature | { state: 'none' };
  /** Tags of the commit; absent where this repository does not hold it. */
  tags?: ReleaseTag[];
}

/** Proves that a published site is what its commit builds. */
export const verify: Command = {
  name: 'verify',
  summary: 'Compare a published site with its manifest and with a fresh build of its commit',
  usage: '<folder, zip or address>',
  options: {
    'no-build': { type: 'boolean' },
    signers: { type: 'string' },
    'require-signature': { type: 'boolean' },
    json: { type: 'boolean' },
    ...contentOption,
  },
  help: {
    'no-build': 'compare with the manifest alone; nothing then says that the manifest is that of the commit',
    signers: 'file of allowed signers (ssh-keygen); default: what git is set up with, gpg.ssh.allowedSignersFile',
    'require-signature': 'a manifest that is not signed by somebody in that file is an error',
    json: 'print what was found as JSON',
    ...contentHelp,
  },
  examples: [
    'firebreak verify dist',
    'firebreak verify https://plan.example.org/',
    'firebreak verify audit-2026.zip',
    'firebreak verify /mnt/mirror/plan --no-build --signers allowed_signers --require-signature',
  ],
  async run(outside, values, [named, ...others]) {
    if (named === undefined || others.length > 0)
      throw new CannotRun('Name one site: firebreak verify dist, or firebreak verify https://plan.example.org/.');
    const site = await siteNamed(outside, named);
    const git = new Git({ folder: outside.cwd, env: { ...outside.env }, signal: outside.signal });
    try {
      const { bytes, manifest } = await readManifest(site);
      const { files, ...rest } = manifest;
      const verdict: Verdict = {
        site: site.name,
        manifest: { ...rest, files: Object.keys(files).length },
        differences: await compareWithManifest(site, manifest),
        signature: await signatureOf(site, bytes, git, pathOf(outside, values['signers'])),
        ...(await tagsOf(manifest, git, pathOf(outside, values['signers']))),
        ...(values['no-build'] || manifest.report
          ? { notBuilt: manifest.report ? ofPack : asAsked }
          : await freshOf(outside, manifest, values['content'])),
      };
      outside.stdout.write(values['json'] ? `${JSON.stringify(verdict, null, 2)}\n` : inWords(verdict));
      return codeOf(verdict, Boolean(values['require-signature']));
    } catch (reason) {
      if (reason instanceof NoManifest || reason instanceof CannotSign) throw new CannotRun(reason.message);
      throw reason;
    }
  },
};

// Why a build is not missed.
const asAsked = 'as asked';
const ofPack = 'it is an audit pack; the same command writes it again';

const pathOf = ({ cwd }: Outside, value: string | boolean | undefined) =>
  typeof value === 'string' ? resolve(cwd, value) : undefined;

async function siteNamed(outside: Outside, named: string): Promise<PublishedSite> {
  if (/^https?:\/\//.test(named)) {
    if (!URL.canParse(named)) throw new CannotRun(`"${named}" is no address.`);
    // A password in an address would stand in the history of the shell and in what is printed.
    if (new URL(named).username)
      throw new CannotRun('Put what signs in into FIREBREAK_AUTHORIZATION, not the address.');
    return siteAtAddress(named, outside.env['FIREBREAK_AUTHORIZATION'], outside.signal);
  }
  const place = resolve(outside.cwd, named);
  const found = await stat(place).catch(() => undefined);
  if (found?.isDirectory()) return siteInFolder(place);
  if (!found?.isFile()) throw new CannotRun(`There is no folder or zip ${place}. An address begins with https://.`);
  return siteInZip(place, await readFile(place)).catch((reason: Error) => {
    if (reason instanceof NotServed) throw new CannotRun(`${place} ${reason.message}.`);
    throw reason;
  });
}

async function signatureOf(
  site: PublishedSite,
  bytes: Uint8Array,
  git: Git,
  signers: string | undefined,
): Promise<Verdict['signature']> {
  const signature = await site.read(signaturePath).catch(() => undefined);
  if (!signature) return { state: 'none' };
  return checkSignature(bytes, new TextDecoder().decode(signature), git, signers);
}

/** The tags of a commit, verified with the list that the signature of the manifest is verified with. */
async function tagsOf({ commit }: SiteManifest, git: Git, signers: string | undefined): Promise<Pick<Verdict, 'tags'>> {
  if (!commit || (await git.answer(['cat-file', '-e', `${commit}^{commit}`])) === undefined) return {};
  const list = signers ?? (await git.answer(['config', '--type=path', '--get', 'gpg.ssh.allowedSignersFile']));
  return { tags: await releaseTags(git, list, commit) };
}

async function freshOf(
  outside: Outside,
  manifest: SiteManifest,
  content: string | boolean | undefined,
): Promise<Pick<Verdict, 'fromCommit' | 'notBuilt'>> {
  if (!manifest.commit) return { notBuilt: 'the manifest names no commit' };
  try {
    const fresh = await buildOfCommit(outside, manifest.commit, {
      base: manifest.base,
      audience: manifest.audience,
      content,
    });
    return { fromCommit: compareManifests(manifest, fresh) };
  } catch (reason) {
    if (!(reason instanceof CannotBuild)) throw reason;
    return { notBuilt: reason.message };
  }
}

/** 1 where something differs, 2 where what was asked for could not be compared. */
function codeOf({ differences, fromCommit, notBuilt, signature, tags = [] }: Verdict, signed: boolean): 0 | 1 | 2 {
  if (differences.length > 0 || (fromCommit?.length ?? 0) > 0 || signature.state === 'bad') return 1;
  if (tags.some((tag) => tag.signature.state === 'bad')) return 1;
  if (signed && signature.state !== 'good') return 1;
  return notBuilt === undefined || notBuilt === asAsked || notBuilt === ofPack ? 0 : 2;
}

function inWords({ site, manifest, differences, fromCommit, notBuilt, signature, tags = [] }: Verdict): string {
  const { commit, committedAt, reasons, engine, base, audience, files } = manifest;
  const lines = [
    site,
    `  ${commit ? `commit ${commit.slice(0, 12)} of ${committedAt?.slice(0, 10) ?? 'no known day'}` : 'no commit'}, built by Firebreak ${engine} for ${base} and the audience ${audience}`,
    ...(reasons ? [`  The manifest says that another build may differ: ${reasons.join(', ')}.`] : []),
    '',
    differences.length === 0
      ? `Files: all ${files} are as the manifest says.`
      : `Files: ${differences.length} of ${files} are not as the manifest says.`,
    ...differences.map(lineOf),
    fromCommit === undefined
      ? `Commit: not compared with a build of it (${notBuilt}).`
      : fromCommit.length === 0
        ? 'Commit: a fresh build gives the same bytes, file by file.'
        : `Commit: a fresh build differs in ${fromCommit.length} ${fromCommit.length === 1 ? 'place' : 'places'}.`,
    ...(fromCommit ?? []).map(lineOf),
    `Signature: ${signatureInWords(signature)}`,
    ...tags.map((tag) => `Tag: ${tag.name} of ${tag.at.slice(0, 10)}, ${tagInWords(tag)}`),
  ];
  return `${lines.join('\n')}\n`;
}

const lineOf = ({ path, what, detail }: Difference) => `  ${what.padEnd(14)} ${path}: ${detail}`;

function tagInWords({ signature: { state, signer } }: ReleaseTag): string {
  switch (state) {
    case 'good':
      return `signed by ${signer}.`;
    case 'unlisted':
      return 'signed; no list of signers names the key.';
    case 'bad':
      return 'NOT what was signed.';
    case 'none':
      return 'not signed.';
    case 'unknown':
      return 'signed; it cannot be told here by whom.';
  }
}

function signatureInWords(signature: Verdict['signature']): string {
  switch (signature.state) {
    case 'none':
      return 'none.';
    case 'good':
      return `good, by ${signature.by} (${signature.key}).`;
    case 'bad':
      return `BAD: ${signature.reason}`;
    case 'unknown signer':
      return `right, with ${signature.key}; ${signature.why === 'no list' ? 'no list of signers says whose that is (--signers).' : 'which is not in the list of signers.'}`;
  }
}
