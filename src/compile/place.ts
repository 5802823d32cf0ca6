import type { VFile } from 'vfile';

declare module 'vfile' {
  interface DataMap {
    /** The place in the plan of a file that lies elsewhere. */
    place: string;
  }
}

/** Where a file stands in the plan, which decides its kind and id: `contacts/security-on-call.yaml`. */
export function placeOf(file: VFile): string {
  return file.data.place ?? file.path;
}
