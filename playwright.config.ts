import { defineConfig } from '@playwright/test'

/** Tests of the built windows in a browser of their own, with no app behind them (tests/support/renderer-page.ts). */
const WINDOWS =
  /(audit|database-settings|history|notices|order-settings|orders|renderer|screens|ticket|ticket-layout|type-ahead)\.e2e\.ts$/

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '*.e2e.ts',
  outputDir: 'test-results',
  // Long enough for a machine that does other work beside; a condition that comes true ends the wait.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: { screenshot: 'only-on-failure' },
  workers: 2,
  projects: [
    { name: 'app', testIgnore: WINDOWS, workers: 1 }, // apps on one display would take the keyboard from each other
    { name: 'windows', testMatch: WINDOWS, workers: 1 },
  ],
})
