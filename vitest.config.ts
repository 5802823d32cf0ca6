import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Run by Playwright, in a real browser.
    exclude: ['test/site/**'],
    setupFiles: ['test/generated-values.ts'],
    // Far above what any test takes: a busy machine is no fault of the plan.
    testTimeout: 120_000,
  },
});
