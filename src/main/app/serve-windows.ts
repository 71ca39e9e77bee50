import { randomUUID } from 'node:crypto'
import { BrowserWindow, ipcMain, type WebContents } from 'electron'
import { contract, type SignalEmitter, type SignalHandlers } from '#shared/ipc/contract'
import { err, type Result } from '#shared/result'
import { createEmitter, serve } from '#shared/rpc/serve'
import type { Log } from '#process/log'
import { isOurs } from './address.ts'

/**
 * Answers the windows' calls and sends them events, over Electron's IPC. Calls are accepted only from
 * Signal's own main frame.
 */
export function serveWindows(handlers: SignalHandlers, log: Log): void {
  const answers = new Map<string, (input: unknown) => Promise<Result<unknown, unknown>>>()
  serve(contract, handlers, {
    handle: (path, answer) => void answers.set(path, answer),
    emit: emitToWindows,
    onCrash(path, cause) {
      const logId = randomUUID().slice(0, 8)
      log.error({ err: cause, path, logId }, 'A call from a window failed')
      return logId
    },
  })
  ipcMain.handle('signal:call', (event, path: unknown, input: unknown) => {
    const { senderFrame } = event
    if (!senderFrame || senderFrame !== event.sender.mainFrame || !isOurs(senderFrame.url)) {
      log.warn({ url: senderFrame?.url }, 'A call from a foreign frame was refused')
      throw new Error('refused')
    }
    const answer = typeof path === 'string' ? answers.get(path) : undefined
    return answer?.(input) ?? err({ kind: 'invalid-input', detail: 'no such call' })
  })
}

/** Sends events to every open window that shows a page of ours. */
export const windowEmitter: SignalEmitter = createEmitter(contract, { emit: emitToWindows })

function emitToWindows(path: string, payload: unknown): void {
  for (const { webContents } of BrowserWindow.getAllWindows()) send(webContents, path, payload)
}

function send(contents: WebContents, path: string, payload: unknown): void {
  if (contents.isDestroyed() || contents.isCrashed() || !isOurs(contents.mainFrame.url)) return
  contents.send(`signal:event:${path}`, payload)
}
