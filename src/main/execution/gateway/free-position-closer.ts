import { randomUUID } from 'node:crypto'
import { Decimal } from 'decimal.js'
import type { OrderProblem } from '#shared/trading/problem'
import type { StockSymbol } from '#shared/units'
import { AlpacaError, type Listing, type Position } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { MarketView, TradingClient } from '../deps.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { sharesOf, stockOf } from '../reconciliation/exchange-order.ts'
import type { Holding } from '../state/index.ts'
import { exitDraft } from './exit-draft.ts'
import type { FlattenProgress } from './flatten-progress.ts'
import { heldPositions } from './held-positions.ts'
import type { OrderGateway } from './order-gateway.ts'
import { sentencesOf } from './refused.ts'

interface FreePositionCloserDeps {
  readonly tradingLog: TradingLog
  readonly client: TradingClient
  readonly market: MarketView
  readonly placing: OrderGateway
  readonly clock: Clock
  readonly log: Log
}

/** How long the first closing order waits at most for an account state that agrees with the exchange. */
const AGREED_WITHIN_MS = 3_000
/** How many orders to send at most to close one position: a refused one is not sent for ever. */
const MAX_CLOSES = 3

/** The account state when positions were asked for. */
interface Before {
  /** Symbols in which an order might have changed the position. */
  readonly busy: ReadonlySet<StockSymbol>
  readonly held: ReadonlyMap<StockSymbol, Holding>
}

/** Closes the positions that no order can change anymore. */
export class FreePositionCloser {
  readonly #deps: FreePositionCloserDeps

  constructor(deps: FreePositionCloserDeps) {
    this.#deps = deps
  }

  /** Closes every position that is free; answers what the exchange holds, nothing if it does not say now. */
  async closeAll(progress: FlattenProgress): Promise<Listing<Position> | undefined> {
    const before = this.#before()
    const positions = await this.#positions()
    await Promise.all((positions?.rows ?? []).map((position) => this.#close(position, before, progress)))
    return positions
  }

  /** Closes positions in these symbols, of each only as much as the signed number of shares if there is one. */
  async closeIn(
    symbols: ReadonlyMap<StockSymbol, Decimal | undefined>,
    progress: FlattenProgress,
  ): Promise<void> {
    if (symbols.size === 0) return
    const before = this.#before()
    const positions = await this.#positions()
    for (const position of positions?.rows ?? []) {
      const symbol = stockOf(position)
      if (symbol === undefined || !symbols.has(symbol)) continue
      const most = symbols.get(symbol)
      if (most !== undefined && most.isNegative() !== position.qty.isNegative()) continue
      await this.#close(position, before, { ...progress, closers: new Map() }, most?.abs())
    }
  }

  /**
   * Closes a position unless an order in its symbol may still change it, or has since `before`, when the position was asked
   * for. An order waits until our fills agree with the exchange, the first one not for long: its list of positions may be
   * older than the fill that closed it.
   */
  async #close(position: Position, before: Before, progress: FlattenProgress, most?: Decimal): Promise<void> {
    const { tradingLog, placing, market, clock } = this.#deps
    const symbol = stockOf(position)
    if (symbol === undefined || before.busy.has(symbol)) return
    const sent = progress.closers.get(symbol) ?? []
    const ours = before.held.get(symbol)?.quantity ?? new Decimal(0)
    const mayDiffer = sent.length === 0 && clock.now() - progress.startedAt >= AGREED_WITHIN_MS
    if (sent.length >= MAX_CLOSES || (!mayDiffer && !ours.eq(position.qty))) return
    const isAsBefore = () => {
      const now = tradingLog.accountState.holdings.get(symbol)?.quantity ?? new Decimal(0)
      return now.eq(ours) && !this.#busy().has(symbol)
    }
    let isOvertaken = false
    const check = () => {
      isOvertaken = !isAsBefore()
      return isOvertaken ? [OVERTAKEN] : []
    }
    const id = randomUUID()
    progress.closers.set(symbol, [...sent, id])
    const shares = sharesOf(Decimal.min(position.qty.abs(), most ?? Infinity))
    const draft = exitDraft(symbol, position.side === 'long', shares, market.session(), market.row(symbol))
    const answer = await placing.exit(id, draft, { check })
    if (isOvertaken) progress.closers.set(symbol, sent)
    else if (answer.ok) progress.sent.push(symbol)
    else progress.refused.splice(0, Infinity, sentencesOf(answer.error.problems))
  }

  /** What the exchange holds; nothing if it does not say now. */
  async #positions(): Promise<Listing<Position> | undefined> {
    try {
      return await heldPositions(this.#deps.client)
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      this.#deps.log.warn({ kind: cause.kind }, 'Positions could not be read while flattening')
      return undefined
    }
  }

  /** What may be compared with positions that are asked for next. */
  #before(): Before {
    return { busy: this.#busy(), held: new Map(this.#deps.tradingLog.accountState.holdings) }
  }

  /** Symbols in which an order may still change the position. */
  #busy(): ReadonlySet<StockSymbol> {
    return new Set(this.#deps.tradingLog.accountState.openOrders.map(({ terms }) => terms.symbol))
  }
}

/** Another order came in between, so the position is looked at again. */
const OVERTAKEN: OrderProblem = {
  code: 'QUANTITY_HELD',
  level: 'refuse',
  sentence: 'Another order in this symbol came in between.',
}
