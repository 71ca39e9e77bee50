import type { BrowserWindow } from 'electron'
import { ticketHash, type TicketStart } from '#shared/ticket-start'
import type { Clock } from '#process/clock'
import { load, MAIN, openWindow, TICKET } from './window.ts'

interface WindowsDeps {
  readonly preload: string
  readonly dataDir: string
  readonly dark: () => boolean
  readonly clock: Clock
  readonly log: Parameters<typeof openWindow>[1]['log']
  /** Called when the first window becomes visible, and when no window is visible anymore. */
  readonly onVisible: (visible: boolean) => void
}

/** Signal's windows: the main one, which ends the app when closed, and the order ticket's own. */
export class Windows {
  readonly #deps: WindowsDeps
  readonly #visible = new Set<string>()
  readonly #main: BrowserWindow
  #ticket: BrowserWindow | undefined

  constructor(deps: WindowsDeps) {
    this.#deps = deps
    this.#main = this.#open(MAIN)
    this.#main.on('closed', () => this.#ticket?.close())
  }

  get main(): BrowserWindow {
    return this.#main
  }

  /** Brings the main window to the front. */
  focus(): void {
    toFront(this.#main)
  }

  /** Opens the ticket's window or brings it to the front, with that order if one is given. */
  openTicket(start?: TicketStart): void {
    if (this.passToTicket(start)) return
    this.#ticket = this.#open({ ...TICKET, hash: ticketHash(start) })
    this.#ticket.on('closed', () => {
      this.#ticket = undefined
    })
  }

  /** Begins an order in the ticket's window and brings it to the front; false if there is none. */
  passToTicket(start?: TicketStart): boolean {
    if (!this.#ticket) return false
    if (start !== undefined) load(this.#ticket, ticketHash(start), this.#deps.log)
    toFront(this.#ticket)
    return true
  }

  #open(kind: typeof MAIN): BrowserWindow {
    const { preload, dataDir, dark, clock, log } = this.#deps
    return openWindow(kind, {
      preload,
      dataDir,
      dark: dark(),
      clock,
      log,
      onVisible: (visible) => this.#seen(kind.file, visible),
    })
  }

  #seen(window: string, visible: boolean): void {
    const before = this.#visible.size > 0
    if (visible) this.#visible.add(window)
    else this.#visible.delete(window)
    const now = this.#visible.size > 0
    if (now !== before) this.#deps.onVisible(now)
  }
}

function toFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
