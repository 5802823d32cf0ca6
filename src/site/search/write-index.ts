import type { Site } from '../site.ts';

/** Writes the search index of a site into its folder. */
export async function writeSearchIndex(_site: Site, _folder: string): Promise<void> {}
