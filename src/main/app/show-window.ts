import type { BrowserWindow } from 'electron'
import type { Clock } from '#process/clock'

/** Longest wait for the first paint of a page that is loaded. */
const PAINT_WITHIN_MS = 1_000

/**
 * Shows a new window once its page is painted, so that it is never seen empty, or a second after the page was
 * loaded: Chromium may never report the first paint of a hidden window (Electron issue 25253).
 */
export function showOncePainted(window: BrowserWindow, clock: Clock): void {
  let isShown = false
  const show = () => {
    if (isShown || window.isDestroyed()) return
    isShown = true
    window.show()
  }
  window.once('ready-to-show', show)
  window.webContents.once('did-stop-loading', () => void clock.after(PAINT_WITHIN_MS, show))
}
