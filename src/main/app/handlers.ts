import { writeFile } from 'node:fs/promises'
import { app, dialog, shell } from 'electron'
import type { SignalHandlers } from '#shared/ipc/contract'
import { err, ok } from '#shared/result'
import type { RuntimeConcern } from '#shared/runtime-concern'
import type { TicketStart } from '#shared/ticket-start'

/** Pages that a window may ask to open, so that addresses never come from a window. */
const PAGES = {
  'alpaca-keys': 'https://app.alpaca.markets/paper/dashboard/overview',
  'alpaca-status': 'https://status.alpaca.markets/',
} as const

interface AppDeps {
  readonly dataDir: string
  readonly logFile: string
  readonly concerns: () => readonly RuntimeConcern[]
  readonly openTicket: (start: TicketStart | undefined) => void
  /** Answers whether the ticket has its own window. */
  readonly passToTicket: (start: TicketStart | undefined) => boolean
}

/** Asks the trader where to save a file; undefined if canceled. */
export async function chooseFile(name: string): Promise<string | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: name })
  return canceled || filePath === '' ? undefined : filePath
}

/** Answers the contract's calls about the app itself. */
export const appHandlers = ({
  dataDir,
  logFile,
  concerns,
  openTicket,
  passToTicket,
}: AppDeps): SignalHandlers['app'] => ({
  info: () => {
    const { electron, chrome, node } = process.versions
    const runtime = `Electron ${electron} (Chromium ${chrome?.split('.')[0]}, Node ${node.split('.')[0]})`
    return ok({ version: app.getVersion(), runtime, dataDir, logFile, concerns: concerns() })
  },
  openPage: async (page) => ok(await shell.openExternal(PAGES[page])),
  showLog: () => ok(shell.showItemInFolder(logFile)),
  showDataFolder: async () => {
    const problem = await shell.openPath(dataDir)
    if (problem !== '') throw new Error(`The data folder could not be opened: ${problem}`)
    return ok(undefined)
  },
  openTicket: ({ start }) => ok(openTicket(start)),
  passToTicket: ({ start }) => ok(passToTicket(start)),
  saveText: async ({ name, text }) => {
    const path = await chooseFile(name)
    if (path === undefined) return ok({ kind: 'canceled' })
    try {
      await writeFile(path, text)
    } catch (cause) {
      return err({ kind: 'not-written', message: `The file could not be written: ${String(cause)}` })
    }
    return ok({ kind: 'saved', path })
  },
})
