/** Every forge, by the name that a plan's settings give it. */

import type { ForgeKind, ForgeRepository } from '../../model/forge-address.ts';
import type { Secret } from '../tokens.ts';
import type { ApiSettings } from './api.ts';
import type { Forge } from './forge.ts';
import { gitea } from './gitea.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';

type Connection = Pick<ApiSettings, 'fetch' | 'signal' | 'timeout'>;

const forges: Record<
  Exclude<ForgeKind, 'git'>,
  (repository: ForgeRepository, secret: Secret, connection: Connection) => Forge
> = {
  github: (repository, { token }, connection) => github(repository, token, connection),
  gitlab: (repository, { token }, connection) => gitlab(repository, token, connection),
  gitea,
};

/** The forge of a repository; undefined for a bare git server, which has no pull requests. */
export function forgeOf(repository: ForgeRepository, secret: Secret, connection: Connection): Forge | undefined {
  return repository.kind === 'git' ? undefined : forges[repository.kind](repository, secret, connection);
}
