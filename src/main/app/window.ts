import { join } from 'node:path'
import { app, BrowserWindow, screen } from 'electron'
import { readJsonFile, writeJsonFile } from '../settings/index.ts'
import { ticketHash } from '#shared/ticket-start'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import { APP_ORIGIN } from './address.ts'
import { createReloadPause } from './reload-pause.ts'
import { showOncePainted } from './show-window.ts'
import { isCiBuild } from './storage-process.ts'
import { firstSize, restoredBounds, type WindowBounds } from './window-bounds.ts'

/** One of Signal's windows: what it shows, and its initial size. */
interface WindowKind {
  /** The file in the data folder that keeps its bounds. */
  readonly file: string
  /** Part of the page's address after `#`; empty for the whole app. */
  readonly hash: string
  readonly width: number
  readonly height: number
}

export const MAIN: WindowKind = { file: 'window.json', hash: '', width: 1440, height: 900 }
export const TICKET: WindowKind = {
  file: 'ticket-window.json',
  hash: ticketHash(undefined),
  width: 400,
  height: 860,
}

interface WindowOptions {
  readonly preload: string
  readonly dataDir: string
  readonly dark: boolean
  readonly clock: Clock
  readonly log: Log
  /** Called when the window becomes visible or hidden. */
  readonly onVisible: (visible: boolean) => void
}

/** Opens a window where it last was, sandboxed and isolated. */
export function openWindow(
  kind: WindowKind,
  { preload, dataDir, dark, clock, log, onVisible }: WindowOptions,
): BrowserWindow {
  const file = join(dataDir, kind.file)
  const stored = readJsonFile(file)
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea)
  const kept = stored.kind === 'json' ? restoredBounds(stored.value, screens) : undefined
  const window = new BrowserWindow({
    ...(kept ?? firstSize(kind, screen.getPrimaryDisplay().workArea)),
    minWidth: 380,
    minHeight: 400,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: dark ? '#0e1116' : '#ffffff',
    title: 'Signal',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      devTools: !app.isPackaged,
      webviewTag: false,
      spellcheck: false,
    },
  })
  if (kept?.maximized) window.maximize()
  if (isCiBuild()) markAsCiBuild(window)
  showOncePainted(window, clock)
  const visible = () => onVisible(true)
  const hidden = () => onVisible(false)
  window.on('show', visible).on('restore', visible).on('hide', hidden).on('minimize', hidden)
  const keep = () => keepBounds(window, file, log)
  window.on('close', keep).on('closed', hidden)
  endWithApp(window, keep)
  const pauseAfter = createReloadPause()
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const pauseMs = pauseAfter(clock.now())
    log.error({ reason, pauseMs }, 'The window crashed; it is loaded again')
    // Not within the event: Chromium is still tearing down the dead process, and a page loaded now may stay
    // blank.
    clock.after(pauseMs, () => {
      if (!window.isDestroyed()) window.webContents.reload()
    })
  })
  window.webContents.on('preload-error', (_event, path, error) =>
    log.error({ path, err: error }, 'Preload failed'),
  )
  load(window, kind.hash, log)
  return window
}

/** Says in the window's title that this package is for tests. */
function markAsCiBuild(window: BrowserWindow): void {
  window.on('page-title-updated', (event, title) => {
    event.preventDefault()
    window.setTitle(`${title} · CI build`)
  })
}

/**
 * Destroys the window when Signal quits. If only asked to close, a window whose page died meanwhile would
 * cancel quitting.
 */
function endWithApp(window: BrowserWindow, keep: () => void): void {
  const end = () => {
    keep()
    window.destroy()
  }
  app.once('before-quit', end)
  window.once('closed', () => app.off('before-quit', end))
}

/** Loads the page; a load that another one overtakes or that a closed window ends is not a fault. */
export function load(window: BrowserWindow, hash: string, log: Log): void {
  window
    .loadURL(addressOf(hash))
    .catch((cause: unknown) => log.warn({ err: cause }, 'The page could not be loaded'))
}

/** The page's address; its hash selects what it shows. */
const addressOf = (hash: string): string => `${APP_ORIGIN}/${hash && `#${hash}`}`

function keepBounds(window: BrowserWindow, file: string, log: Log): void {
  const bounds: WindowBounds = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  try {
    writeJsonFile(file, bounds)
  } catch (cause) {
    log.warn({ err: cause }, 'The place of the window could not be kept')
  }
}
