import { app, type Session } from 'electron'
import type { Log } from '#process/log'
import { isOurs } from './address.ts'

/**
 * Blocks what a page of Signal never needs: navigating away, new windows, web views, permissions, downloads.
 */
export function guardContents(session: Session, log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (isOurs(url)) return
      event.preventDefault()
      log.warn({ url }, 'Navigation refused')
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      log.warn({ url }, 'New window refused')
      return { action: 'deny' }
    })
  })
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}
