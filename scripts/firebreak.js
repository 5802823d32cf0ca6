/**
 * Starts the command line from its TypeScript, in the repository. It is JavaScript, and keeps compiled programs before it
 * asks for any TypeScript: Node then need not load what takes the types out, a tenth of a second at every start. The package
 * has no TypeScript, and starts with dist/cli/main.js.
 */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('../src/cli/main.ts');
