import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from '@playwright/test'
import { say } from './run.mjs'
import { installPackages, isRootOnDebian, pathOf } from './system.mjs'

/** Playwright's command-line script. */
export const PLAYWRIGHT = join(
  dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
  'cli.js',
)

/**
 * The browser for testing the windows: Playwright's own if it is installed, otherwise the system's.
 * @param {string} own where Playwright's would be
 */
export const findChromium = (own = chromium.executablePath()) => (existsSync(own) ? own : pathOf('chromium'))

/**
 * Makes sure that there is one: Playwright's if it can be downloaded, otherwise Debian's, if we may install
 * it.
 */
export function ensureChromium() {
  if (findChromium() !== undefined) return
  say('Fetching Chromium for the tests ...')
  spawnSync(process.execPath, [PLAYWRIGHT, 'install', 'chromium'], { stdio: 'ignore', timeout: 600_000 })
  if (findChromium() !== undefined) return
  if (isRootOnDebian) installPackages(['chromium'], 'Playwright’s Chromium could not be downloaded')
  else
    say('There is no Chromium, so its tests are skipped. Run "npx playwright install chromium" to see why.')
}
