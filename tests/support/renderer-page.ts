import { chromium, test as base, type Browser, type Page } from '@playwright/test'
import { findChromium } from '../../scripts/lib/chromium.mjs'
import type { FakeMain } from './fake-signal.ts'
import { serveRenderer, type RendererServer } from './renderer-bridge.ts'

/** What a test can call on {@link FakeMain}; the api stays in the page. */
type ReportContext = Omit<FakeMain, 'api'>

interface PageOptions {
  readonly width?: number
  readonly height?: number
  readonly theme?: 'light' | 'dark'
  readonly reducedMotion?: boolean
  /** The computer's time zone, by its IANA name. */
  readonly timeZone?: string
  readonly welcomed?: boolean
  /** Shows only the order ticket, such as `#ticket/AAPL`. */
  readonly hash?: string
  /** The market moves by itself; otherwise nothing moves except what the test moves. */
  readonly moving?: boolean
}

/** The built renderer in its own browser. */
export interface RendererPage {
  readonly page: Page
  /** Calls one function of the fake main process. */
  readonly tell: <K extends keyof ReportContext>(
    name: K,
    ...args: Parameters<ReportContext[K]>
  ) => Promise<void>
  /** Errors in the page's console, including violations of the content policy. */
  readonly complaints: readonly string[]
}

interface WorkerFixtures {
  readonly rendererBrowser: Browser
  readonly server: RendererServer
}

interface Fixtures {
  readonly openRenderer: (options?: PageOptions) => Promise<RendererPage>
}

/** The time in a page where nothing moves: 10:00 on a Monday in New York, epoch ms. */
export const NOW = Date.UTC(2025, 10, 24, 15, 0, 0)

/** A browser in place of the newer engine of the official Electron. */
export const chromiumPath = findChromium()

/** Why the tests of a file are skipped if there is none. */
export const NO_CHROMIUM = 'there is no Chromium; "npx playwright install chromium" fetches one'

export const test = base.extend<Fixtures, WorkerFixtures>({
  rendererBrowser: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const browser = await chromium.launch({
        ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const server = await serveRenderer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  openRenderer: async ({ rendererBrowser, server }, provide) => {
    const opened: { close(): Promise<void> }[] = []
    await provide(
      async ({ width = 1280, height = 800, theme = 'light', moving = false, ...options } = {}) => {
        const context = await rendererBrowser.newContext({
          viewport: { width, height },
          colorScheme: theme,
          reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
          ...(options.timeZone !== undefined && { timezoneId: options.timeZone }),
        })
        opened.push(context)
        const page = await context.newPage()
        const complaints: string[] = []
        page.on('pageerror', (error) => complaints.push(error.message))
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
        if (!moving) await page.clock.setFixedTime(NOW)
        const { welcomed = true, hash } = options
        await server.open(page, { still: !moving, welcomed, ...(hash !== undefined && { hash }) })
        await page.locator('[data-screen], form[aria-label="Order ticket"]').first().waitFor()
        return { page, complaints, tell: (name, ...args) => tell(page, name, args) }
      },
    )
    for (const context of opened) await context.close()
  },
})

export { expect } from '@playwright/test'

/**
 * Stops the timers of a page where nothing moves: a second press counts however late it comes.
 * `page.clock.runFor` and `page.clock.resume` move time on.
 */
export const holdTimers = (page: Page): Promise<void> => page.clock.pauseAt(NOW)

async function tell(page: Page, name: string, args: readonly unknown[]): Promise<void> {
  await page.evaluate(
    ([method, given]) => {
      const { fake } = globalThis as unknown as { fake: Record<string, (...rest: unknown[]) => void> }
      fake[method]?.(...given)
    },
    [name, args] as const,
  )
}
