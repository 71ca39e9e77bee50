import { expect } from '@playwright/test'
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts'
import { connection, signalIn } from './market-page.ts'
import type { ConnectedApp } from './signal-app.ts'

/** Resets the shared app to its initial state: the market, the settings, the window and all it shows. */
export async function resetShared({ electron, page, market }: ConnectedApp): Promise<void> {
  market.clearFaults()
  await electron.evaluate(({ BrowserWindow, nativeTheme }) => {
    nativeTheme.themeSource = 'system'
    const [window] = BrowserWindow.getAllWindows()
    window?.webContents.setZoomFactor(1)
    window?.setContentSize(1280, 800)
  })
  const { mode: _mode, symbols: _symbols, feed: _feed, ...free } = DEFAULT_SETTINGS // the environment fixes those
  const api = await signalIn(page)
  const saved = await api.evaluate((signal, patch) => signal.settings.save(patch), {
    ...free,
    welcomed: true,
  })
  expect(saved).toMatchObject({ ok: true })
  await page.evaluate('localStorage.clear()')
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
  await page.reload()
  await expect(connection(page)).toHaveText('Connected')
}
