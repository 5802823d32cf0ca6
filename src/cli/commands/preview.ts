import { astroConfig, portOf, siteHelp, siteOptions, tellOtherPort, withOutFaults } from '../astro.ts';
import type { Command, ExitCode, Outside } from '../command.ts';
import { buildSite } from './build.ts';
import { ended } from './dev.ts';

const options = { port: { type: 'string' }, ...siteOptions } as const;
const help = { port: 'port to listen on, or the next that is free; default: 4321', ...siteHelp };

/** Serves what was built. */
export const preview: Command = {
  name: 'preview',
  summary: 'Serve the site that was built',
  usage: '',
  options,
  help,
  examples: ['firebreak preview', 'firebreak preview --port 8080'],
  run: serve,
};

/** From a plan to a site in a browser: what a newcomer wants. */
export const start: Command = {
  name: 'start',
  summary: 'Check the plan, build the site and serve it',
  usage: '',
  options,
  help,
  examples: ['firebreak start'],
  async run(outside, values) {
    const { code } = await buildSite(outside, values);
    return code === 0 ? serve(outside, values) : code;
  },
};

async function serve(outside: Outside, values: Record<string, string | boolean | undefined>): Promise<ExitCode> {
  const port = portOf(values['port']);
  const config = await astroConfig(outside, values);
  const astro = await import('astro');
  const server = await withOutFaults(values['out'], () =>
    astro.preview({ ...config, ...(port === undefined ? {} : { server: { port } }) }),
  );
  tellOtherPort(outside, port, server.port);
  outside.stdout.write(`The plan is at http://localhost:${server.port}${baseOf(values)} (Ctrl-C ends it).\n`);
  await ended(outside.signal);
  await server.stop();
  return 0;
}

function baseOf(values: Record<string, string | boolean | undefined>): string {
  return typeof values['base'] === 'string'
    ? `/${values['base'].split('/').filter(Boolean).join('/')}/`.replace('//', '/')
    : '/';
}
