/**
 * Makes dist/ for the package: Node runs no TypeScript from node_modules. Views, styles and help are copied, with the
 * endings of what they import changed.
 */

import { execFileSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
execFileSync('tsc', ['--project', 'tsconfig.build.json'], { stdio: 'inherit', shell: process.platform === 'win32' });

for (const path of globSync('src/**/*')) {
  if (!statSync(path).isFile()) continue;
  if (path.endsWith('.ts') && !path.endsWith('.d.ts')) continue;
  const target = path.replace(/^src/, 'dist');
  cpSync(path, target, { recursive: true });
  if (path.endsWith('.astro'))
    writeFileSync(target, readFileSync(target, 'utf8').replace(/(['"])(\.{1,2}\/[^'"\n]+)\.ts\1/g, '$1$2.js$1'));
}
