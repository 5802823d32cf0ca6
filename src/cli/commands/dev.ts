import {
  astroConfig,
  audienceHelp,
  audienceOptions,
  portOf,
  siteHelp,
  siteOptions,
  tellOtherPort,
  withPlanErrors,
} from '../astro.ts';
import type { Command } from '../command.ts';

/** Serves the site and draws it again after every edit. */
export const dev: Command = {
  name: 'dev',
  summary: 'Serve the plan while it is edited; reload after every change',
  usage: '',
  options: { port: { type: 'string' }, base: siteOptions.base, content: siteOptions.content, ...audienceOptions },
  help: {
    port: 'port to listen on, or the next that is free; default: 4321',
    base: siteHelp.base,
    content: siteHelp.content,
    ...audienceHelp,
  },
  examples: ['firebreak dev', 'firebreak dev --port 8080'],
  async run(outside, values) {
    const port = portOf(values['port']);
    const config = await astroConfig(outside, values);
    const astro = await import('astro');
    const server = await withPlanErrors(() =>
      astro.dev({ ...config, logLevel: 'info', ...(port === undefined ? {} : { server: { port } }) }),
    );
    if (!server) return 1;
    tellOtherPort(outside, port, server.address.port);
    await ended(outside.signal);
    await server.stop();
    return 0;
  },
};

/** Waits until the user ends the command. */
export function ended(signal: AbortSignal): Promise<void> {
  return signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
