import { ok } from '#shared/result'
import type { TradingState } from '#shared/trading/account'
import type { AuditEvent } from '#shared/trading/audit'
import type { StockSymbol } from '#shared/units'
import type { TradeUpdateMessage } from '#alpaca'
import { pause } from '#process/clock'
import { AssetBook } from './gateway/asset-rules.ts'
import type { Applied } from './state/index.ts'
import { Cancelling } from './gateway/order-canceler.ts'
import { DeskView } from './views/account-view.ts'
import { Exiting } from './gateway/position-closer.ts'
import type { TradingHandlers } from './handlers.ts'
import { Journal } from './event-log/trading-log.ts'
import { noticeOf } from './views/notices.ts'
import { observe } from './reconciliation/record-orders.ts'
import { orderContext } from './gateway/order-context.ts'
import { PendingWatch } from './reconciliation/pending-watch.ts'
import { Placing } from './gateway/order-gateway.ts'
import type { TradingParts, UpdatesLink } from './ports.ts'
import { Reconciler, type ReconcileCause } from './reconciliation/reconciler.ts'
import { refusedFor } from './gateway/refused.ts'
import { checkDraft, whatIf, type RiskContext } from '../risk/index.ts'
import { Safeguards } from './safeguards/safeguards.ts'
import { Sender } from './gateway/order-sender.ts'
import { Since } from './safeguards/since.ts'
import { tradingStateOf } from './safeguards/trading-state.ts'

/** The routine comparison, and the next one after a failure. */
const RECONCILE_MS = 60_000
const RETRY_MS = 5_000
/** Until these are done only exits are sent. */
const BLOCKING: ReadonlySet<ReconcileCause> = new Set(['start', 'first-updates', 'reconnect'])
/** How often the day's loss is held against its limit. */
const LOSS_MS = 1_000
/** Fills come in clusters; the account is asked for once they pause. */
const ACCOUNT_AFTER_MS = 300
/** What is on its way when the desk closes may take so long to be noted. */
const CLOSE_WITHIN_MS = 2_000

/** Events by which the exchange says that it does not do what it was asked. */
const REFUSALS: Readonly<Partial<Record<string, 'cancel' | 'replace'>>> = {
  order_cancel_rejected: 'cancel',
  order_replace_rejected: 'replace',
}

/**
 * The trading desk of one account: journal and books, the gateway to the exchange, risk, and the comparison of the books
 * with the exchange. Builds its parts in order and passes between them what happens.
 */
export class Trading {
  readonly #parts: TradingParts
  readonly #journal: Journal
  readonly #assets = new AssetBook()
  readonly #safeguards: Safeguards
  readonly #reconciler: Reconciler
  readonly #view: DeskView
  readonly #sender: Sender
  readonly #watch: PendingWatch
  readonly #placing: Placing
  readonly #cancelling: Cancelling
  readonly #exiting: Exiting
  readonly #updates: UpdatesLink
  readonly #since = { away: new Since(), down: new Since(), mute: new Since() }
  readonly #stops: (() => void)[] = []
  #isLeftBehindNoted = false
  #updatesUp = false
  #wasUp = false
  /** Comparisons that run or wait for their turn. */
  #comparisons = 0
  #reconcilingSince: number | undefined
  #stopRetry: () => void = () => {}
  #stopAccount: () => void = () => {}
  #stopSoon: (() => void) | undefined
  #isClosed = false

  constructor(given: TradingParts) {
    const parts: TradingParts = {
      ...given,
      onChange: (change) => void (this.#isClosed || given.onChange(change)),
      onAppended: (events) => void (this.#isClosed || given.onAppended(events)),
    }
    const { mode, client, market, clock, log } = parts
    this.#parts = parts
    this.#reconcilingSince = clock.now()
    const journal = new Journal({
      mode,
      eventLog: parts.eventLog,
      clock,
      onApplied: (applied, logged) => this.#applied(applied, logged),
      log,
    })
    this.#journal = journal
    const account = () => this.#view.account
    const onUsed = () => this.#safeguards.arming.keep()
    const context = (symbol: StockSymbol, replaced?: string) => this.#context(symbol, replaced)
    this.#safeguards = new Safeguards({ mode, journal, account, onChange: () => this.#view.refresh(), clock })
    this.#reconciler = new Reconciler({
      journal,
      client,
      onState: (reconciliation) => parts.onChange({ reconciliation }),
      onAccount: (told, askedAt) => this.#view.learnAccount(told, askedAt),
      clock,
      log,
    })
    this.#view = new DeskView({
      mode,
      journal,
      market,
      trading: () => this.#state(),
      reconciliation: () => this.#reconciler.now,
      onChange: parts.onChange,
      clock,
    })
    this.#sender = new Sender({ journal, client, clock, log })
    const isUnderway = (id: string) => this.#sender.isUnderway(id)
    this.#watch = new PendingWatch({ journal, client, isUnderway, clock, log })
    this.#placing = new Placing({ journal, client, sender: this.#sender, context, onUsed })
    this.#cancelling = new Cancelling({ journal, client, onUsed, clock, log })
    const [placing, cancelling] = [this.#placing, this.#cancelling]
    const look = async () => void (await this.#reconcile('asked'))
    this.#exiting = new Exiting({ journal, client, market, placing, cancelling, look, clock })
    this.#updates = parts.openUpdates({
      onMessage: (message) => {
        if (message.type === 'tradeUpdate')
          return void this.#updated(message).catch((cause: unknown) => this.#notUnderstood(cause))
        this.#updatesChanged(message.status === 'subscribed')
      },
      onMalformed: () => this.#compareSoon(),
      log,
    })
  }

  /** Reads the books, connects, compares; from then on everything is kept up by itself. */
  start(): void {
    const { clock, market, log } = this.#parts
    this.#updates.connect()
    void this.#assets.learn(() => market.assets(), log)
    void this.#reconcile('start')
    this.#stops.push(
      this.#view.start(),
      this.#watch.start(),
      clock.every(RECONCILE_MS, () => void this.#minute()),
      clock.every(RETRY_MS, () => void (this.#journal.isAway && this.#reconcile('database'))),
      clock.every(LOSS_MS, () => void this.#watchSafeguards()),
    )
  }

  /** The machine woke, or its network changed: dials anew and compares. */
  refresh(reason: string): void {
    this.#updates.reconnect(reason)
    void this.#reconcile('reconnect')
  }

  /** Ends everything; what was sent already is still noted, for a moment. The windows are told no more. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const stop of this.#stops) stop()
    this.#stopRetry()
    this.#stopAccount()
    this.#stopSoon?.()
    this.#safeguards.stop()
    const until = this.#parts.clock.now() + CLOSE_WITHIN_MS
    while (this.#sender.count > 0 && this.#parts.clock.now() < until) await pause(this.#parts.clock, 50)
    this.#journal.close()
    await this.#updates.close()
  }

  /** Answers the contract's calls about trading. */
  readonly handlers: TradingHandlers = {
    snapshot: () => ok(this.#view.snapshot()),
    check: (draft) => {
      const context = this.#context(draft.symbol)
      return ok({ problems: checkDraft(draft, context), whatIf: whatIf(draft, context) })
    },
    submit: (order) => this.#placing.submit(order),
    replace: (request) => this.#placing.replace(request),
    cancel: (id) => this.#cancelling.cancel(id),
    cancelAll: ({ symbol }) => this.#cancelling.cancelAll(symbol),
    closePosition: (request) => this.#exiting.closePosition(request),
    flatten: () => this.#exiting.flatten(),
    halt: (input) => this.#safeguards.calls.halt(input),
    release: (input) => this.#safeguards.calls.release(input),
    arm: (input) => this.#safeguards.calls.arm(input),
    disarm: (input) => this.#safeguards.calls.disarm(input),
    setLimits: (patch) => this.#safeguards.calls.setLimits(patch),
    reconcile: async () => {
      const view = await this.#reconcile('asked')
      const { problem = 'The comparison failed.' } = this.#reconciler.now
      return view === undefined ? refusedFor('NOT_CONNECTED', problem) : ok(view)
    },
  }

  /** What happened before the stream was up is told by nobody, at the start as after a break. */
  #updatesChanged(isUp: boolean): void {
    const cameUp = isUp && !this.#updatesUp
    this.#updatesUp = isUp
    if (cameUp) {
      void this.#reconcile(this.#wasUp ? 'reconnect' : 'first-updates')
      this.#wasUp = true
    }
    this.#view.refresh()
  }

  /** Everything that happens to an order at the exchange comes by here. */
  async #updated(update: TradeUpdateMessage): Promise<void> {
    if (!this.#reconciler.haveBegun) return this.#compareSoon()
    const { event, executionId, price, qty, at, order } = update
    const execution =
      executionId !== undefined && price !== undefined && qty !== undefined
        ? { execution: { id: executionId, price, quantity: qty, at } }
        : {}
    const refused = REFUSALS[event]
    await observe(this.#journal, [order], { now: this.#parts.clock.now(), refused, ...execution })
  }

  /** A comparison may tell more of it. */
  #notUnderstood(cause: unknown): void {
    this.#parts.log.error({ err: cause }, 'An update of an order could not be noted')
    this.#compareSoon()
  }

  #applied(applied: Applied | undefined, logged: AuditEvent): void {
    this.#parts.onAppended([logged])
    if (applied === undefined) return
    this.#view.applied(applied)
    const notice = noticeOf(applied)
    if (notice !== undefined) this.#parts.onNotice(notice)
    if (applied.fill !== undefined) this.#askAccount()
  }

  async #watchSafeguards(): Promise<void> {
    await this.#safeguards.keepHalt()
    await this.#safeguards.watchLoss()
  }

  #askAccount(): void {
    const { clock, client, log } = this.#parts
    this.#stopAccount()
    this.#stopAccount = clock.after(ACCOUNT_AFTER_MS, () => {
      const askedAt = clock.now()
      client.getAccount().then(
        (account) => this.#view.learnAccount(account, askedAt),
        (cause: unknown) => log.warn({ err: cause }, 'The account could not be asked for after a fill'),
      )
    })
  }

  async #minute(): Promise<void> {
    const { market, log } = this.#parts
    if (!this.#assets.isKnown) await this.#assets.learn(() => market.assets(), log)
    if (!this.#reconciler.isRunning) await this.#reconcile('minute')
    await this.#journal.checkpoint()
  }

  /** An update that made no sense, or came too early, spoke of something: the exchange is asked, once for many of them. */
  #compareSoon(): void {
    this.#stopSoon ??= this.#parts.clock.after(RETRY_MS, () => {
      this.#stopSoon = undefined
      void this.#reconcile('minute')
    })
  }

  /** Until a start or a reconnect is compared, only exits are sent; what failed is tried again soon. */
  async #reconcile(cause: ReconcileCause): ReturnType<Reconciler['run']> {
    const { clock } = this.#parts
    if (BLOCKING.has(cause)) this.#reconcilingSince ??= clock.now()
    this.#stopRetry()
    this.#comparisons++
    const wasOpen = this.#journal.isOpen
    // Before anything is found: whoever comes first, the start or the first updates.
    if (!this.#isLeftBehindNoted) this.#isLeftBehindNoted = await this.#watch.noteLeftBehind()
    const view = await this.#reconciler.run(cause).finally(() => this.#comparisons--)
    if (this.#isClosed) return view
    if (!wasOpen && this.#journal.isOpen) this.#view.tellAll()
    if (view !== undefined && this.#comparisons === 0) this.#reconcilingSince = undefined
    if (view === undefined) {
      const again = this.#reconcilingSince === undefined ? 'minute' : cause
      this.#stopRetry = clock.after(RETRY_MS, () => void this.#reconcile(again))
    }
    await this.#safeguards.watchLoss()
    this.#view.refresh()
    return view
  }

  #context(symbol: StockSymbol, replaced?: string): RiskContext {
    const { mode, market, clock } = this.#parts
    const parts = {
      mode,
      journal: this.#journal,
      market,
      assets: this.#assets,
      trading: () => this.#state(),
      account: () => this.#view.account,
      clock,
    }
    return orderContext(parts, symbol, replaced)
  }

  #state(): TradingState {
    const { mode, market, clock } = this.#parts
    const now = clock.now()
    const { isConnected, isMute } = market.feed()
    const { arming, haltedSince, lossReachedAt } = this.#safeguards
    return tradingStateOf({
      mode,
      haltedSince,
      lossReachedAt,
      databaseAwaySince: this.#since.away.read(this.#journal.isAway, now),
      disconnectedSince: this.#since.down.read(!this.#updatesUp, now),
      reconcilingSince: this.#reconcilingSince,
      feedMuteSince: this.#since.mute.read(!isConnected || isMute, now),
      armedUntil: arming.until,
      disarmedSince: arming.disarmedSince,
    })
  }
}
