import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    setupFiles: ['tests/support/fixed-seed.ts'],
    maxWorkers: '100%', // else all but one core, which of two is one
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 60_000,
          // Processes start slowly on a busy machine; a condition that comes true ends the wait.
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        extends: true,
        test: {
          name: 'installed',
          include: ['tests/installed/**/*.test.ts'],
          globalSetup: 'tests/installed/setup.ts',
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/{main,process,alpaca,analysis,storage,demo-market,shared}/**/*.ts'],
      exclude: ['**/*.test.ts', 'src/alpaca/examples/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 85 },
    },
  },
})
