import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type Page } from '@playwright/test'
import { findElectron } from '../../scripts/electron.mjs'
import { ensureBuilt, ROOT } from '../../scripts/lib/build.mjs'
import { openDisplay, sandboxFlags } from '../../scripts/lib/system.mjs'

/** Prepares the built app, on an existing display or a virtual one. */
export async function prepareApp(): Promise<{ open: OpenApp; close: () => void }> {
  const { path } = await findElectron()
  ensureBuilt()
  const display = await openDisplay()
  const dataDir = mkdtempSync(join(tmpdir(), 'signal-bench-'))
  const open: OpenApp = async (environment) => {
    const env = { ...display.env, SIGNAL_DATA_DIR: dataDir, SIGNAL_MODE: 'demo', ...environment }
    const electron = await _electron.launch({
      executablePath: path,
      args: [...sandboxFlags, ROOT],
      env,
    })
    const page = await electron.firstWindow()
    await page.locator('[role=row] [role=rowheader]').first().waitFor()
    return { page, close: () => electron.close() }
  }
  return {
    open,
    close() {
      display.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Starts the app with these variables, and resolves when the grid has a row. */
export type OpenApp = (
  environment?: Readonly<Record<string, string>>,
) => Promise<{ page: Page; close: () => Promise<void> }>

/** The variables that make the app use a server on this machine as its market. */
export const pointedAt = (port: number): Readonly<Record<string, string>> => ({
  ALPACA_API_KEY: 'BENCH',
  ALPACA_API_SECRET: 'bench',
  ALPACA_BASE_URL: `http://127.0.0.1:${port}`,
  ALPACA_DATA_URL: `http://127.0.0.1:${port}`,
  ALPACA_WS_URL: `ws://127.0.0.1:${port}/v2/iex`,
})
