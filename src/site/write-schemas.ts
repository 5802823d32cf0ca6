import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { documentsOf } from '../model/plan.ts';
import { choiceLists, filledSchema } from '../model/worksheet.ts';
import { documentPath } from './addresses.ts';
import type { Site } from './site.ts';

/** Path of the schema of a filled worksheet, from the site's folder. */
export function filledSchemaPath(worksheet: string): string {
  return `${documentPath({ kind: 'worksheet', id: worksheet })}filled.schema.json`;
}

/** Writes the JSON Schema of each filled worksheet, so that other programs can check what the form saves. */
export async function writeFilledSchemas({ plan, text }: Site, folder: string): Promise<void> {
  for (const worksheet of documentsOf(plan, 'worksheet')) {
    const path = join(folder, filledSchemaPath(worksheet.id));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(
      path,
      `${JSON.stringify(filledSchema(worksheet, plan.settings, choiceLists(plan, text)), null, 1)}\n`,
    );
  }
}
