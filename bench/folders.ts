/** Where a measurement happens. All of it is made anew, and none of it is in git. */

import { fileURLToPath } from 'node:url';

export const bench = fileURLToPath(new URL('./', import.meta.url));
export const repository = fileURLToPath(new URL('../', import.meta.url));

/**
 * The project of each contender. Firebreak's lies outside `bench/`, so that it finds the packages of the repository and
 * not those of its peers.
 */
export const projects = {
  firebreak: `${repository}.firebreak/bench/`,
  starlight: `${bench}dist/starlight/`,
  eleventy: `${bench}dist/eleventy/`,
  hugo: `${bench}dist/hugo/`,
};

export const contentFolders = {
  firebreak: `${projects.firebreak}content/`,
  peers: [`${projects.starlight}src/content/docs/`, `${projects.eleventy}content/`, `${projects.hugo}content/`],
};
