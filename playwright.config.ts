import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '*.e2e.ts',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: true,
  // CI machines share their cores: what only a second try passes is listed there by name as flaky.
  retries: process.env['CI'] ? 1 : 0,
  reporter: [['list']],
  use: { screenshot: 'only-on-failure' },
})
