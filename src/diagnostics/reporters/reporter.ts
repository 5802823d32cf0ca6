import type { VFile } from 'vfile';

interface ReporterOptions {
  /** Whether to colour the output; only on a terminal. */
  color: boolean;
  /** What stands before a file's path, to make it one that an editor opens: `content/`. */
  prefix: string;
  /** How many documents were read, for the closing line. */
  documents: number;
  /** What is left until the plan is adopted, for programs that read all of it. */
  adoption?: object;
}

/** Turns the diagnostics of files into text for one reader. */
export type Reporter = (files: readonly VFile[], options: ReporterOptions) => string;
