/**
 * Turns the scripts of a built site into functions, so that a file without a server can hold them: modules find each
 * other by address, and a file:// page has none to give.
 */
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';

/**
 * The scripts as the text of an object: their paths in the site, each with a function
 * `(require, exports, location, history, load)`. What a script knows as `location` and `history` is handed in, since
 * all pages of a pack have one address; `load` answers an import whose address is made while the script runs.
 *
 * @param folder of the built site
 * @param paths of scripts in it
 * @param leftOut scripts of pages that the copy does not hold: other scripts may name them, and nothing is in them
 */
export async function modulesOf(folder: string, paths: readonly string[], leftOut: RegExp): Promise<string> {
  if (paths.length === 0) return '{}';
  const bundle = await rolldown({
    input: paths.map((path) => join(folder, path)),
    cwd: folder,
    platform: 'browser',
    treeshake: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'firebreak:pack',
        load: { filter: { id: leftOut }, handler: () => 'export {};' },
        transform: { filter: { id: /\.js$/ }, handler: withoutAddresses },
      },
    ],
  });
  const { output } = await bundle.generate({
    format: 'cjs',
    exports: 'named',
    minify: true,
    preserveModules: true,
    preserveModulesRoot: folder,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
  });
  await bundle.close();
  const functions = output
    .filter((file) => file.type === 'chunk')
    .sort((a, b) => (a.fileName < b.fileName ? -1 : 1))
    .map(
      ({ fileName, code }) =>
        `${JSON.stringify(fileName)}:function(require,exports,location,history,load){"use strict";${code.trim()}}`,
    );
  return `{${functions.join(',\n')}}`;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** Replaces what names an address in a script of the site. */
function withoutAddresses(code: string): string {
  const edits: { start: number; end: number; text: string }[] = [];
  walk(parseAst(code) as unknown as Node, (node) => {
    if (
      node.type === 'ImportExpression' &&
      (node['source'] as Node).type !== 'Literal' &&
      !isFixed(node['source'] as Node)
    )
      edits.push({ start: node.start, end: node.start + 'import'.length, text: 'load' });
    // Vite's list of what to preload before an import: there is nothing to load.
    else if (node.type === 'CallExpression' && nameOf(node['callee']) === '__vite__mapDeps')
      edits.push({ start: node.start, end: node.end, text: '[]' });
    else if (isGlobalMember(node)) edits.push({ start: node.start, end: node.end, text: nameOf(node['property']) });
  });
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), code);
}

/** A template without values, which is how the site's minifier writes a string. */
function isFixed(source: Node): boolean {
  return source.type === 'TemplateLiteral' && (source['expressions'] as unknown[]).length === 0;
}

/** `window.location` and the like, which would pass by what is handed in. */
function isGlobalMember(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    !node['computed'] &&
    ['window', 'document', 'globalThis', 'self'].includes(nameOf(node['object'])) &&
    ['location', 'history'].includes(nameOf(node['property']))
  );
}

function nameOf(node: unknown): string {
  const { type, name } = (node ?? {}) as { type?: string; name?: string };
  return type === 'Identifier' ? (name ?? '') : '';
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (child !== null && typeof child === 'object' && typeof (child as Node).type === 'string')
        walk(child as Node, visit);
}
