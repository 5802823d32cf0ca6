/** A style sheet that most pages do without: asked for when it is needed. */

const loading = new Map<string, Promise<void>>();

/** Resolves once the sheet holds, or cannot be had. */
export function loadSheet(href: string): Promise<void> {
  // The one-file copy holds it already, and may load nothing.
  if (document.querySelector(`style[data-late="${CSS.escape(href)}"]`)) return Promise.resolve();
  const begun =
    loading.get(href) ??
    new Promise<void>((loaded) => {
      const link = document.createElement('link');
      Object.assign(link, { rel: 'stylesheet', href, onload: () => loaded(), onerror: () => loaded() });
      document.body.prepend(link);
    });
  loading.set(href, begun);
  return begun;
}
