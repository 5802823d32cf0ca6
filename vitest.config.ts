import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Run by Playwright, in a real browser.
    exclude: ['test/site/**'],
    // Imports JSON in a way that Node does not take and Vite does.
    server: { deps: { inline: ['@actions/workflow-parser', '@actions/expressions'] } },
    // Vitest leaves one core free, which is half of a small machine; many tests wait for git and other programs anyway.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    setupFiles: ['test/generated-values.ts'],
    // Far above what any test takes: a busy machine is no fault of the plan.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
