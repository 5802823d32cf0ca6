/** Which remote a proposal goes to, and which forge that is. */

import type { Git } from '../history/git.ts';
import {
  type ForgeKind,
  type ForgeRepository,
  forgeOfHost,
  parseRemoteAddress,
  repositoryOf,
  webAddressOf,
} from '../model/forge-address.ts';
import type { PlanSettings } from '../model/schema-types.ts';
import { ProposalFailed } from './failure.ts';

export interface Remote {
  name: string;
  /** Without a port; undefined for a folder on this machine. */
  host: string | undefined;
  /** Without its branch; undefined for a folder on this machine. */
  web: Pick<ForgeRepository, 'kind' | 'address'> | undefined;
  /** User and password that stand in its address, which nobody should see. */
  secrets: string[];
}

export interface RemoteChoice {
  /** Name of the remote. Default: origin, or the only one, or the one of the present branch. */
  remote?: string | undefined;
  /** Which forge it is. Default: what the plan's settings say of that host, else told by the host's name. */
  forge?: ForgeKind | undefined;
  /** Where the repository is seen in a browser, if that is another host than git's. */
  address?: string | undefined;
  /** `repository` of the plan's settings. */
  settings?: PlanSettings['repository'];
}

/** The remote to push to; undefined if there is none. @throws ProposalFailed (`remote-unclear`) */
export async function findRemote(git: Git, choice: RemoteChoice): Promise<Remote | undefined> {
  // What is really used, with insteadOf and pushInsteadOf applied.
  const listed = [...(await git.text(['remote', '--verbose'])).matchAll(/^(.*?)\t(.*) \((fetch|push)\).*$/gm)];
  const names = [...new Set(listed.map(([, name = '']) => name))];
  const name = choice.remote ?? (await usualRemote(git, names));
  if (name === undefined && names.length === 0) return undefined;
  if (name === undefined || !names.includes(name))
    throw new ProposalFailed({
      reason: 'remote-unclear',
      message:
        name === undefined
          ? `There are several remotes (${names.join(', ')}) and none is called origin.`
          : `There is no remote called ${JSON.stringify(name)}. There ${names.length > 0 ? `are: ${names.join(', ')}` : 'is none'}.`,
      next: ['Name the remote that the proposal goes to ("git remote -v" lists them).'],
    });
  const addresses = (use: string) =>
    listed.filter((each) => each[1] === name && each[3] === use).map((each) => each[2] ?? '');
  const [pushed = ''] = addresses('push');
  const parsed = parseRemoteAddress(pushed);
  return {
    name,
    host: parsed && URL.parse(webAddressOf(parsed))?.hostname,
    web: parsed && webOf(parsed, choice),
    secrets: [...addresses('push'), ...addresses('fetch')].flatMap(secretsOf),
  };
}

async function usualRemote(git: Git, names: string[]): Promise<string | undefined> {
  if (names.includes('origin')) return 'origin';
  if (names.length === 1) return names[0];
  const branch = await git.answer(['symbolic-ref', '--short', '--quiet', 'HEAD']);
  const own = branch && (await git.answer(['config', '--get', `branch.${branch}.remote`]));
  return own && names.includes(own) ? own : undefined;
}

function webOf(
  remote: NonNullable<ReturnType<typeof parseRemoteAddress>>,
  { forge, address, settings }: RemoteChoice,
): Remote['web'] {
  const told = URL.parse(address ?? webAddressOf(remote));
  if (!told) return undefined;
  const plan = settings && repositoryOf(settings);
  const planned = plan && URL.parse(plan.address);
  // A name without a dot is one that only this person's ssh knows.
  const isAlias = !address && remote.protocol === 'ssh' && !/[.:]/.test(remote.host) && remote.host !== 'localhost';
  if (!plan || !planned || (planned.hostname !== told.hostname && !isAlias))
    return { kind: forge ?? forgeOfHost(told.hostname), address: address ?? told.href };
  const kind = forge ?? plan.kind;
  if (address) return { kind, address };
  const same = decodeURIComponent(planned.pathname).toLowerCase().endsWith(`/${remote.path}`.toLowerCase());
  // A fork lies on the same host under another name: the branch is there.
  return { kind, address: same ? plan.address : `${planned.origin}${told.pathname}` };
}

/** User and password in an address, as they stand there and decoded. */
function secretsOf(address: string): string[] {
  const url = address.includes('://') ? URL.parse(address) : undefined;
  return url?.password ? [url.password, decodeURIComponent(url.password), ...(url.username ? [url.username] : [])] : [];
}
