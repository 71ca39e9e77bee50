import { test as base, expect, inject } from 'vitest'
import { startInstalled, type InstalledApp, type StartOptions } from './app.ts'
import { whyNoDebian, type Debian } from './debian.ts'
import type { Installed } from './fresh-install.ts'

declare module 'vitest' {
  interface ProvidedContext {
    installed: Installed | undefined
  }
}

interface Fixtures {
  readonly installed: Installed
  /** Starts Signal in the installed system, or in another one; what is left of it is ended after the test. */
  readonly start: (options?: StartOptions & { readonly debian?: Debian }) => Promise<InstalledApp>
}

const withInstalled = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the fixtures from the pattern
  installed: async ({}, provide) => {
    const installed = inject('installed')
    if (installed === undefined) throw new Error('These tests are to be skipped here')
    await provide(installed)
  },
  start: async ({ installed }, provide) => {
    const running: InstalledApp[] = []
    await provide(async ({ debian = installed.debian, ...options } = {}) => {
      const app = await startInstalled(debian, options)
      running.push(app)
      return app
    })
    for (const app of running) await app.kill()
  },
})

/** Tests of the installed app are skipped, and counted so, where no Debian can be laid for them. */
export const test = withInstalled.skipIf(whyNoDebian() !== undefined)

export { expect }
