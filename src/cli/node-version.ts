/** The oldest Node that runs this program; the same as `engines` in package.json. */
export const oldestNode = '22.18';

/**
 * What to say to somebody whose Node is too old; undefined where it is not. Read by every Node that there is, so it
 * uses nothing new.
 */
export function tooOld(version: string): string | undefined {
  const [major, minor] = version.split('.').map(Number) as [number, number];
  const [needed, least] = oldestNode.split('.').map(Number) as [number, number];
  if (major > needed || (major === needed && minor >= least)) return undefined;
  return `firebreak needs Node ${oldestNode} or newer, and this is Node ${version}: install a newer one, or run it in a plan repository with "npx firebreak" after "npm install", which brings its own.`;
}
