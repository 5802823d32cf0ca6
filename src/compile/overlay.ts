/** Documents that lie outside the repository: contacts, above all, so that a public repository holds none. */

import { readFile, stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { VFile } from 'vfile';
import { isMap, isScalar, parseDocument } from 'yaml';
import { report } from '../diagnostics/report.ts';
import { decode, type LoadedFiles, load } from './load.ts';
import { placeOf } from './place.ts';

/**
 * Reads a plan and lays the documents of an overlay over it. One that has the place of a document of the plan takes it.
 *
 * @param root folder that holds plan.yaml
 * @param overlay a folder that is laid out like the plan, or a YAML file that holds documents by folder and id
 * @throws what the file system says where there is no such file or folder
 */
export async function loadWithOverlay(root: string, overlay: string): Promise<LoadedFiles> {
  const [plan, isFolder] = await Promise.all([load(root), stat(overlay).then((stats) => stats.isDirectory())]);
  const given = isFolder ? await filesOfFolder(root, overlay) : await filesOfFile(root, overlay);
  const taken = new Set(given.map((file) => placeOf(file)));
  return {
    ...plan,
    files: [...plan.files.filter((file) => !taken.has(file.path)), ...given].sort((a, b) =>
      placeOf(a) < placeOf(b) ? -1 : 1,
    ),
    overlaid: true,
  };
}

async function filesOfFolder(root: string, overlay: string): Promise<VFile[]> {
  const { files } = await load(overlay);
  const prefix = pathBetween(root, overlay);
  return files
    .filter((file) => file.path !== 'plan.yaml' && file.path !== 'ids.lock')
    .map((file) => {
      file.data.place = file.path;
      file.path = `${prefix}/${file.path}`;
      for (const message of file.messages) message.file = file.path;
      return file;
    });
}

/** A file holds documents by folder and id: each becomes a file of its own, at the lines where it stands. */
async function filesOfFile(root: string, overlay: string): Promise<VFile[]> {
  const path = pathBetween(root, overlay);
  const whole = new VFile({ path, value: '' });
  decode(await readFile(overlay), whole);
  const text = String(whole);
  const { contents, errors } = parseDocument(text, { prettyErrors: false, schema: 'core', version: '1.2' });
  whole.data.place = 'plan-overlay';
  if (errors[0] || !isMap(contents)) {
    report(whole, 'overlay-syntax', { reason: errors[0]?.message ?? 'it holds no mapping' });
    return [whole];
  }
  return contents.items.flatMap(({ key, value: documents }) => {
    if (!isScalar(key) || !isMap(documents)) return [];
    return documents.items.flatMap(({ key: id, value }) => {
      if (!isScalar(id) || !isMap(value) || !value.range) return [];
      const [from, to] = value.range;
      const file = new VFile({ path, value: blanked(text.slice(0, from)) + text.slice(from, to) });
      file.data.place = `${String(key.value)}/${String(id.value)}.yaml`;
      return [file];
    });
  });
}

const blanked = (text: string) => text.replace(/[^\n]/g, ' ');

function pathBetween(root: string, overlay: string): string {
  return relative(root, overlay).split(sep).join('/');
}
