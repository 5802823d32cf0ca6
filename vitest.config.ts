import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Run by Playwright, in a real browser.
    exclude: ['test/site/**'],
  },
});
