/** Puts the panel of diagnostics and its script into every page while a plan is edited. Astro loads it in `firebreak dev` alone. */

import type { MiddlewareHandler } from 'astro';
import { currentDevSite } from './dev-site.ts';

const head = '<head>';

export const onRequest: MiddlewareHandler = async ({ url }, next) => {
  const site = currentDevSite();
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  try {
    const response = await next();
    if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
    const html = withLinkedStyles(await response.text());
    const [start, end] = [html.indexOf(head) + head.length, html.lastIndexOf('</body>')];
    if (start < head.length || end === -1) return new Response(html, response);
    const parts = [html.slice(0, start), site.atStart(), html.slice(start, end), site.atEnd(url.pathname)];
    return new Response(parts.join('') + html.slice(end), { status: response.status, headers });
  } catch (reason) {
    process.stderr.write(`${(reason as Error).stack}\n`);
    return new Response(site.fault(url.pathname), { status: 500, headers });
  }
};

// What Astro writes for each sheet of a page while it serves: its text, and a script that puts in its text again.
const inline = /<style data-vite-dev-id="([^"]*)">[\s\S]*?<\/style>/g;
const inScript = /<script type="module" src="[^"]*\.css(?:\?url)?"><\/script>/g;

/**
 * The policy of the site allows no style inside a page, so that sheets are linked as in a build. One that a page links
 * itself (`?url`) is left to it.
 */
function withLinkedStyles(html: string): string {
  return html
    .replace(inline, (_, file: string) => (file.endsWith('?url') ? '' : `<link rel="stylesheet" href="/@fs${file}">`))
    .replace(inScript, '');
}
