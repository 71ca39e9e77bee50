import { app, shell } from 'electron'
import type { SignalHandlers } from '#shared/ipc/contract'
import { ok } from '#shared/result'

/** Pages that a window may ask to open, so that no address ever comes from a window. */
const PAGES = {
  'alpaca-keys': 'https://app.alpaca.markets/paper/dashboard/overview',
  'alpaca-status': 'https://status.alpaca.markets/',
} as const

/** Answers the contract's calls about the app itself. */
export const appHandlers = (dataDir: string, logFile: string): SignalHandlers['app'] => ({
  info: () => {
    const { electron, chrome, node } = process.versions
    const runtime = `Electron ${electron} (Chromium ${chrome?.split('.')[0]}, Node ${node.split('.')[0]})`
    return ok({ version: app.getVersion(), runtime, dataDir, logFile })
  },
  openPage: async (page) => ok(await shell.openExternal(PAGES[page])),
  showLog: () => ok(shell.showItemInFolder(logFile)),
})
