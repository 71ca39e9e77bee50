import { app, type Session, type WebContents } from 'electron'
import type { Log } from '#process/log'
import { APP_ORIGIN, isOurs } from './address.ts'

/**
 * A proxy that nobody runs, also for this machine's own addresses: the pages' session needs no network, since
 * all of them come by our own scheme.
 */
const NO_NETWORK = { proxyRules: 'http://127.0.0.1:1', proxyBypassRules: '<-loopback>' }

/**
 * Makes Chromium look up no name. A link with `dns-prefetch` passes the content policy and the proxy, and the name that
 * it asks for can carry anything to whoever answers it. Main's own connections are Node's. Must run before the app is ready.
 */
export function blockNameLookups(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
}

/**
 * Blocks what a page of Signal never needs: navigating away, new windows, web views, WebRTC, permissions,
 * downloads.
 */
export function guardContents(session: Session, log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (isOurs(url)) return
      event.preventDefault()
      log.warn({ url }, 'Navigation refused')
    })
    bringBack(contents, log)
    // The content policy blocks WebRTC. Where a Chromium does not know that directive, this leaves it TCP by
    // the session's proxy.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      log.warn({ url }, 'New window refused')
      return { action: 'deny' }
    })
  })
  void session.setProxy(NO_NETWORK)
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}

/**
 * Takes a page that got to a foreign address back to where it was. Chromium asks nobody before it opens
 * about:blank, so that one cannot be prevented.
 */
function bringBack(contents: WebContents, log: Log): void {
  let own = `${APP_ORIGIN}/`
  contents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
    if (isMainFrame) own = url
  })
  contents.on('did-navigate', (_event, url) => {
    if (isOurs(url)) own = url
    else if (!url.startsWith('devtools://')) {
      log.warn({ url }, 'Navigation refused')
      contents
        .loadURL(own)
        .catch((cause: unknown) => log.warn({ err: cause }, 'The page could not be loaded'))
    }
  })
}
