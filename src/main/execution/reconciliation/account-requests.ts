import type { Account } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { TradingClient } from '../deps.ts'
import { missingFigures } from './account-figures.ts'

/** How long to wait after a fill before requesting the account, and between two requests: fills come in clusters. */
const AFTER_MS = 300
const EVERY_MS = 2_000

interface AccountRequestsDeps {
  readonly client: Pick<TradingClient, 'getAccount'>
  /** Called with each complete report, and when it was requested. */
  readonly onAccount: (account: Account, askedAt: number) => void
  readonly clock: Clock
  readonly log: Log
}

/** Requests the account soon after fills, once for those that come together. */
export class AccountRequests {
  readonly #deps: AccountRequestsDeps
  #isDue = false
  #askedAt = 0
  #stop: () => void = () => {}

  constructor(deps: AccountRequestsDeps) {
    this.#deps = deps
  }

  /** A fill changed the account. */
  afterFill(): void {
    const { client, onAccount, clock, log } = this.#deps
    if (this.#isDue) return
    this.#isDue = true
    const isSoon = clock.now() - this.#askedAt >= EVERY_MS
    this.#stop = clock.after(isSoon ? AFTER_MS : EVERY_MS, () => {
      const askedAt = clock.now()
      this.#isDue = false
      this.#askedAt = askedAt
      client.getAccount().then(
        (account) => {
          if (missingFigures(account).length === 0) onAccount(account, askedAt)
        },
        (cause: unknown) => log.warn({ err: cause }, 'The account could not be requested after a fill'),
      )
    })
  }

  stop(): void {
    this.#stop()
  }
}
