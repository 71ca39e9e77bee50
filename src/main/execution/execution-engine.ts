import { ok } from '#shared/result'
import { MINUTE_MS } from '#shared/time'
import type { TradingState } from '#shared/trading/account'
import type { AuditEvent } from '#shared/trading/audit'
import type { EpochMs, StockSymbol } from '#shared/units'
import { nanosOf, type Account, type TradeUpdateMessage } from '#alpaca'
import { pause } from '#process/clock'
import { AssetRules } from './gateway/asset-rules.ts'
import type { Applied } from './state/index.ts'
import { AccountView } from './views/account-view.ts'
import type { TradingHandlers } from './handlers.ts'
import { TradingLog } from './event-log/trading-log.ts'
import { NoticeLimiter } from './views/notice-limiter.ts'
import { noticesOf, type NoticeContext } from './views/notices.ts'
import { AccountRequests } from './reconciliation/account-requests.ts'
import { AMENDMENTS, REFUSALS } from './reconciliation/order-events.ts'
import { recordOrders } from './reconciliation/record-orders.ts'
import { orderContext } from './gateway/order-context.ts'
import { PendingWatch } from './reconciliation/pending-watch.ts'
import { openGateway, type Gateway } from './gateway/open-gateway.ts'
import type { ExecutionDeps, TradeUpdatesConnection } from './deps.ts'
import { Reconciler, type ReconcileCause } from './reconciliation/reconciler.ts'
import { refusedFor } from './gateway/refused.ts'
import { checkDraft, whatIf, type RiskContext } from '../risk/index.ts'
import { Safeguards } from './safeguards/safeguards.ts'
import { OrderSender } from './gateway/order-sender.ts'
import { Since } from './safeguards/since.ts'
import { tradingStateOf } from './safeguards/trading-state.ts'

/** How often to compare routinely, and how soon after a failure. */
const RECONCILE_MS = MINUTE_MS
const RETRY_MS = 5_000
/** How soon to compare again while something differs: a difference that lasts half a minute may be taken over. */
const SETTLE_MS = 31_000
/** Comparisons that allow only exits until they are done. */
const BLOCKING: ReadonlySet<ReconcileCause> = new Set(['start', 'first-updates', 'reconnect'])
/** How often to check the day's loss against its limit. */
const LOSS_MS = 1_000
/** How long before the start an order may have expired to be told still: a restart takes a moment. */
const NEWS_BEFORE_MS = MINUTE_MS
/** How long closing waits for orders being sent to be recorded. */
const CLOSE_WITHIN_MS = 2_000

/**
 * Trading of one account: trading log and account state, the gateway to the exchange, safeguards, and reconciliation
 * with the exchange. Builds its parts in order and passes events between them.
 */
export class ExecutionEngine {
  readonly #deps: ExecutionDeps
  readonly #tradingLog: TradingLog
  readonly #assets = new AssetRules()
  readonly #safeguards: Safeguards
  readonly #reconciler: Reconciler
  readonly #view: AccountView
  readonly #sender: OrderSender
  readonly #watch: PendingWatch
  readonly #gateway: Gateway
  readonly #notices: NoticeLimiter
  readonly #accounts: AccountRequests
  readonly #updates: TradeUpdatesConnection
  readonly #since = { away: new Since(), down: new Since(), mute: new Since() }
  readonly #stops: (() => void)[] = []
  readonly #openedAt: EpochMs
  /** The last event of each symbol whose fills this comparison corrected, with the holding from before the first. */
  readonly #corrections = new Map<StockSymbol, Applied>()
  #isLeftBehindRecorded = false
  #updatesUp = false
  #wasUp = false
  /** How many comparisons run or wait for their turn. */
  #comparisons = 0
  #reconcilingSince: number | undefined
  #stopRetry: () => void = () => {}
  #stopSoon: (() => void) | undefined
  #isClosed = false

  constructor(given: ExecutionDeps) {
    const deps: ExecutionDeps = {
      ...given,
      onChange: (change) => void (this.#isClosed || given.onChange(change)),
      onAppended: (events) => void (this.#isClosed || given.onAppended(events)),
    }
    const { mode, client, market, clock, log } = deps
    this.#deps = deps
    this.#openedAt = clock.now()
    this.#reconcilingSince = this.#openedAt
    const tradingLog = new TradingLog({
      mode,
      eventLog: deps.eventLog,
      clock,
      onApplied: (applied, logged) => this.#applied(applied, logged),
      log,
    })
    this.#tradingLog = tradingLog
    const account = () => this.#view.account
    const context = (symbol: StockSymbol, replaced?: string) => this.#context(symbol, replaced)
    this.#safeguards = new Safeguards({
      mode,
      tradingLog,
      store: deps.safety,
      concerns: deps.concerns,
      account,
      acceptLog: deps.eventLog.events.accept,
      onChange: () => this.#view.refresh(),
      clock,
      log,
    })
    const onAccount = (account: Account, askedAt: number) => this.#view.learnAccount(account, askedAt)
    this.#accounts = new AccountRequests({ client, onAccount, clock, log })
    this.#reconciler = new Reconciler({
      tradingLog,
      client,
      onState: (reconciliation) => deps.onChange({ reconciliation }),
      onAccount,
      clock,
      log,
    })
    this.#view = new AccountView({
      mode,
      tradingLog,
      market,
      trading: () => this.#state(),
      limits: () => this.#safeguards.limits,
      reconciliation: () => this.#reconciler.now,
      onChange: deps.onChange,
      clock,
    })
    this.#notices = new NoticeLimiter({ ...deps, clock })
    this.#sender = new OrderSender({ tradingLog, client, clock, log })
    const isUnderway = (id: string) => this.#sender.isUnderway(id)
    this.#watch = new PendingWatch({ tradingLog, client, isUnderway, clock, log })
    this.#gateway = openGateway({
      tradingLog,
      client,
      sender: this.#sender,
      market,
      context,
      compare: async () => void (await this.#reconcile('asked')),
      onUsed: () => this.#safeguards.arming.keep(),
      onNotice: (notice) => this.#notices.tell(notice),
      clock,
      log,
    })
    this.#updates = deps.openUpdates({
      onMessage: (message) => {
        if (message.type === 'tradeUpdate')
          return void this.#updated(message).catch((cause: unknown) => this.#notUnderstood(cause))
        this.#updatesChanged(message.status === 'subscribed')
      },
      onMalformed: () => this.#compareSoon(),
      log,
    })
  }

  /** Reads the account state, connects and compares; from then on, everything stays up to date on its own. */
  start(): void {
    const { clock, market, log } = this.#deps
    this.#updates.connect()
    void this.#assets.learn(() => market.assets(), log)
    void this.#reconcile('start')
    this.#stops.push(
      this.#view.start(),
      this.#watch.start(),
      clock.every(RECONCILE_MS, () => void this.#minute()),
      clock.every(RETRY_MS, () => void (this.#tradingLog.isAway && this.#reconcile('database'))),
      clock.every(LOSS_MS, () => void this.#watchSafeguards()),
    )
  }

  /** The machine woke up or its network changed: reconnects and compares. */
  refresh(reason: string): void {
    this.#updates.reconnect(reason)
    void this.#reconcile('reconnect')
  }

  /** Ends everything; orders being sent may still be recorded for a moment. The windows get no more reports. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const stop of this.#stops) stop()
    this.#stopRetry()
    this.#accounts.stop()
    this.#notices.stop()
    this.#stopSoon?.()
    this.#safeguards.stop()
    const until = this.#deps.clock.now() + CLOSE_WITHIN_MS
    while (this.#sender.count > 0 && this.#deps.clock.now() < until) await pause(this.#deps.clock, 50)
    this.#tradingLog.close()
    await this.#updates.close()
  }

  /** Implements the contract's calls about trading. */
  get handlers(): TradingHandlers {
    return {
      ...this.#own,
      ...this.#gateway.calls,
      ...this.#safeguards.calls,
    }
  }

  readonly #own: Pick<TradingHandlers, 'snapshot' | 'check' | 'reconcile'> = {
    snapshot: () => ok(this.#view.snapshot()),
    check: (draft) => {
      const context = this.#context(draft.symbol)
      return ok({ problems: checkDraft(draft, context), whatIf: whatIf(draft, context) })
    },
    reconcile: async () => {
      const view = await this.#reconcile('asked')
      const { problem = 'Reconciliation failed.' } = this.#reconciler.now
      return view === undefined ? refusedFor('NOT_CONNECTED', problem) : ok(view)
    },
  }

  /** Compares when the stream of updates comes up, as it does not report what happened before: at the start or while it was down. */
  #updatesChanged(isUp: boolean): void {
    const cameUp = isUp && !this.#updatesUp
    this.#updatesUp = isUp
    if (cameUp) {
      void this.#reconcile(this.#wasUp ? 'reconnect' : 'first-updates')
      this.#wasUp = true
    }
    this.#view.refresh()
  }

  /** Records an order update from the exchange. */
  async #updated(update: TradeUpdateMessage): Promise<void> {
    if (!this.#reconciler.hasBegun) return this.#compareSoon()
    const { event, executionId, previousExecutionId, price, qty, at, time, order } = update
    const execution =
      executionId !== undefined && price !== undefined && qty !== undefined
        ? { id: executionId, price, quantity: qty, at, nanos: nanosOf(time) }
        : undefined
    const type = AMENDMENTS[event]
    const report = `${event} ${executionId ?? previousExecutionId ?? time}`
    await recordOrders(this.#tradingLog, [order], {
      now: this.#deps.clock.now(),
      refused: REFUSALS[event],
      ...(type !== undefined
        ? { amendment: { type, report, previousId: previousExecutionId, execution } }
        : execution && { execution }),
    })
    if (type !== undefined) this.#compareSoon()
  }

  /** Logs an update that could not be recorded, and compares to find out more. */
  #notUnderstood(cause: unknown): void {
    this.#deps.log.error({ err: cause }, 'An order update could not be recorded')
    this.#compareSoon()
  }

  #applied(applied: Applied | undefined, logged: AuditEvent): void {
    const symbol = applied?.order?.terms.symbol
    this.#deps.onAppended([symbol === undefined ? logged : { ...logged, symbol }])
    if (applied === undefined) return
    this.#safeguards.learn(applied.event)
    this.#view.applied(applied)
    this.#gateway.applied(applied)
    const { corrected } = applied
    if (applied.event.type === 'OrderFillsRestated') {
      if (corrected !== undefined) this.#learnCorrection(applied, corrected)
    } else this.#tell(applied)
    if (applied.fill !== undefined) this.#accounts.afterFill()
  }

  #tell(applied: Applied): void {
    const { accountState } = this.#tradingLog
    const entryOf = (id: string) => accountState.legOf(id)?.parentId
    const context: NoticeContext = {
      entryOf,
      isUnwanted: (id) => this.#gateway.canceling.isUnwanted(id),
      isToResend: (id) => this.#gateway.canceling.isToResend(id),
      isActiveExit: (id) => accountState.orders.get(entryOf(id) ?? '')?.state === 'filled',
      isNews: (at) => at >= this.#openedAt - NEWS_BEFORE_MS,
    }
    for (const notice of noticesOf(applied, context)) this.#notices.tell(notice)
  }

  /** Gathers what a comparison corrects in each symbol: in between, with one of several orders corrected, it is wrong. */
  #learnCorrection(applied: Applied, { before, after }: NonNullable<Applied['corrected']>): void {
    const first = this.#corrections.get(after.symbol)?.corrected?.before ?? before
    this.#corrections.set(after.symbol, { ...applied, corrected: { before: first, after } })
  }

  #tellCorrections(): void {
    for (const correction of this.#corrections.values()) this.#tell(correction)
    this.#corrections.clear()
  }

  async #watchSafeguards(): Promise<void> {
    await this.#safeguards.keep()
    await this.#safeguards.watchLoss()
  }

  async #minute(): Promise<void> {
    const { market, log } = this.#deps
    if (!this.#assets.isKnown) await this.#assets.learn(() => market.assets(), log)
    if (!this.#reconciler.isRunning) await this.#reconcile('minute')
    await this.#tradingLog.checkpoint()
    await this.#safeguards.watchLog()
  }

  /** Schedules one comparison for all updates that made no sense or came too early: something did happen. */
  #compareSoon(): void {
    this.#stopSoon ??= this.#deps.clock.after(RETRY_MS, () => {
      this.#stopSoon = undefined
      void this.#reconcile('minute')
    })
  }

  /** Compares; after a start or reconnect, only exits are sent until it succeeds. A failure is retried soon. */
  async #reconcile(cause: ReconcileCause): ReturnType<Reconciler['run']> {
    const { clock } = this.#deps
    if (BLOCKING.has(cause)) this.#reconcilingSince ??= clock.now()
    this.#stopRetry()
    this.#comparisons++
    const wasOpen = this.#tradingLog.isOpen
    // Before anything is looked up, whichever comes first: the start or the first updates.
    if (!this.#isLeftBehindRecorded) this.#isLeftBehindRecorded = await this.#watch.recordLeftBehind()
    const view = await this.#reconciler.run(cause).finally(() => this.#comparisons--)
    this.#tellCorrections()
    if (this.#isClosed) return view
    const isJoined = await this.#safeguards.joinLog()
    if (!wasOpen && this.#tradingLog.isOpen) this.#view.reportAll()
    if (view !== undefined && isJoined && this.#comparisons === 0) this.#reconcilingSince = undefined
    const again = this.#reconcilingSince === undefined ? 'minute' : cause
    if (view === undefined || !isJoined)
      this.#stopRetry = clock.after(RETRY_MS, () => void this.#reconcile(again))
    else if (view.reconciliation.state === 'differs')
      this.#stopRetry = clock.after(SETTLE_MS, () => void this.#reconcile('minute'))
    if (view !== undefined) this.#gateway.settle()
    await this.#safeguards.watchLoss()
    this.#view.refresh()
    return view
  }

  #context(symbol: StockSymbol, replaced?: string): RiskContext {
    const { mode, market, clock } = this.#deps
    const deps = {
      mode,
      tradingLog: this.#tradingLog,
      market,
      assets: this.#assets,
      trading: () => this.#state(),
      limits: () => this.#safeguards.limits,
      account: () => this.#view.account,
      clock,
    }
    return orderContext(deps, symbol, replaced)
  }

  #state(): TradingState {
    const { mode, market, clock } = this.#deps
    const now = clock.now()
    const { isConnected, isMute } = market.feed()
    const { arming, haltedSince, unconfirmed, unwrittenSince, lossReachedAt } = this.#safeguards
    return tradingStateOf({
      mode,
      haltedSince,
      unconfirmed,
      unwrittenSince,
      lossReachedAt,
      databaseAwaySince: this.#since.away.read(this.#tradingLog.isAway, now),
      disconnectedSince: this.#since.down.read(!this.#updatesUp, now),
      reconcilingSince: this.#reconcilingSince,
      feedMuteSince: this.#since.mute.read(!isConnected || isMute, now),
      armedUntil: arming.until,
      disarmedSince: arming.disarmedSince,
    })
  }
}
