import { counted } from '#shared/format/numbers'
import { SECOND_MS } from '#shared/time'
import type { Clock } from '#process/clock'
import type { TradingNotice } from '#shared/trading/notice'
import type { OrderNotice } from '../deps.ts'
import { windowNotice } from './window-notice.ts'

/** How many notices are shown one by one within {@link WITHIN_MS}; the others are summed up when that time is over. */
const MOST = 5
const WITHIN_MS = 10 * SECOND_MS

type Words = readonly [one: string, many: string]

/** Notices that may come by the hundred, such as of another program's fills; all others are always shown. */
const SUMMED = new Map<OrderNotice['kind'], Words>([
  ['filled', ['order filled', 'orders filled']],
  ['partially-filled', ['partial fill', 'partial fills']],
  ['canceled', ['order canceled', 'orders canceled']],
  ['expired', ['order expired', 'orders expired']],
  ['done-for-day', ['order done for the day', 'orders done for the day']],
  ['found', ['order found', 'orders found']],
  ['adjusted', ['position adjusted to Alpaca', 'positions adjusted to Alpaca']],
])

interface NoticeLimiterDeps {
  /** Takes each notice for the windows, which show few at a time themselves. */
  readonly onNoticed: (notice: TradingNotice) => void
  readonly onNotice: (notice: OrderNotice) => void
  readonly clock: Clock
}

/** Passes notices on, and for the desktop sums up those of a burst: after a reset of the account, or hours of fills while Signal was closed. */
export class NoticeLimiter {
  readonly #deps: NoticeLimiterDeps
  readonly #more = new Map<Words, number>()
  #shown = 0
  #stop: (() => void) | undefined

  constructor(deps: NoticeLimiterDeps) {
    this.#deps = deps
  }

  tell(notice: OrderNotice): void {
    this.#deps.onNoticed(windowNotice(notice))
    if (notice.onlyInWindows) return
    const words = SUMMED.get(notice.kind)
    if (words === undefined) return this.#deps.onNotice(notice)
    this.#stop ??= this.#deps.clock.after(WITHIN_MS, () => this.#sumUp())
    this.#shown += 1
    if (this.#shown <= MOST) return this.#deps.onNotice(notice)
    this.#more.set(words, (this.#more.get(words) ?? 0) + 1)
  }

  /** Ends the wait without a word about what is left. */
  stop(): void {
    this.#stop?.()
  }

  #sumUp(): void {
    const parts = [...this.#more].map(([[one, many], count]) => counted(count, one, many))
    this.#stop = undefined
    this.#shown = 0
    this.#more.clear()
    if (parts.length === 0) return
    this.#deps.onNotice({
      kind: 'summary',
      key: 'summary',
      title: `More in the last ${WITHIN_MS / SECOND_MS} s: ${parts.join(', ')}`,
      body: 'See Orders; Audit has each of them.',
    })
  }
}
