import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import { readJsonFile, writeJsonFile } from '../settings/index.ts'
import type { Log } from '../log.ts'
import { APP_ORIGIN } from './address.ts'
import { restoredBounds, type WindowBounds } from './window-bounds.ts'

interface WindowOptions {
  readonly preload: string
  readonly dataDir: string
  readonly dark: boolean
  readonly log: Log
  /** Told when the window becomes visible or hidden. */
  readonly onVisible: (visible: boolean) => void
}

/** Opens Signal's window where it stood last, sandboxed and isolated. */
export function openMainWindow({ preload, dataDir, dark, log, onVisible }: WindowOptions): BrowserWindow {
  const file = join(dataDir, 'window.json')
  const stored = readJsonFile(file)
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea)
  const kept = stored.kind === 'json' ? restoredBounds(stored.value, screens) : undefined
  const window = new BrowserWindow({
    ...(kept ?? { width: 1440, height: 900 }),
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
      webviewTag: false,
      spellcheck: false,
    },
  })
  if (kept?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  const visible = () => onVisible(true)
  const hidden = () => onVisible(false)
  window.on('show', visible).on('restore', visible).on('hide', hidden).on('minimize', hidden)
  window.on('close', () => keepBounds(window, file, log))
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.error({ reason }, 'The window crashed; it is loaded again')
    // Not within the event: Chromium is still taking the dead process apart, and a page loaded now may stay blank.
    setImmediate(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    })
  })
  window.webContents.on('preload-error', (_event, path, error) =>
    log.error({ path, err: error }, 'Preload failed'),
  )
  void window.loadURL(`${APP_ORIGIN}/`)
  return window
}

function keepBounds(window: BrowserWindow, file: string, log: Log): void {
  const bounds: WindowBounds = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  try {
    writeJsonFile(file, bounds)
  } catch (cause) {
    log.warn({ err: cause }, 'The place of the window could not be kept')
  }
}
