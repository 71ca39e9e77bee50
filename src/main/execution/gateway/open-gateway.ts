import type { StockSymbol } from '#shared/units'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { MarketView, OrderNotice, TradingClient } from '../deps.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import type { TradingHandlers } from '../handlers.ts'
import type { Applied } from '../state/index.ts'
import type { RiskContext } from '../../risk/index.ts'
import { BreakEven } from './break-even.ts'
import { Denials } from './denials.ts'
import { Flattener } from './flattener.ts'
import { OrderCanceler } from './order-canceler.ts'
import { OrderGateway } from './order-gateway.ts'
import type { OrderSender } from './order-sender.ts'
import { PositionCloser } from './position-closer.ts'
import { PositionReverser } from './position-reverser.ts'

interface GatewayDeps {
  readonly tradingLog: TradingLog
  readonly client: TradingClient
  readonly sender: OrderSender
  readonly market: MarketView
  readonly context: (symbol: StockSymbol, replaced?: string) => RiskContext
  /** Compares with the exchange, so that what happened is known immediately. */
  readonly compare: () => Promise<void>
  /** Called when an order was sent and not refused: keeps the live account armed. */
  readonly onUsed: () => void
  readonly onNotice: (notice: OrderNotice) => void
  readonly clock: Clock
  readonly log: Log
}

/** Everything that sends to the exchange. */
export interface Gateway {
  /** Implements the contract's calls that send something. */
  readonly calls: Pick<
    TradingHandlers,
    'submit' | 'replace' | 'cancel' | 'cancelAll' | 'closePosition' | 'reverse' | 'breakEven' | 'flatten'
  >
  /** Which orders are canceled for good, and which to be sent anew. */
  readonly canceling: Pick<OrderCanceler, 'isUnwanted' | 'isToResend'>
  /** Learns what an event changed. */
  readonly applied: (applied: Applied) => void
  /** Ends what a crash cut short; called once the account state agrees with the exchange. */
  readonly settle: () => void
}

/** Builds the parts of the gateway, each of which needs those before it. */
export function openGateway(deps: GatewayDeps): Gateway {
  const { tradingLog, sender, clock } = deps
  const denials = new Denials({ tradingLog, clock })
  const placing = new OrderGateway({ ...deps, denials, isFlattening: () => flattening.isUnderway })
  const canceling = new OrderCanceler(deps)
  const exiting = { ...deps, placing, canceling, denials }
  const closing = new PositionCloser(exiting)
  const flattening = new Flattener({ ...exiting, isUnderway: (id) => sender.isUnderway(id) })
  const reversing = new PositionReverser({ ...exiting, closing })
  const breakEven = new BreakEven(exiting)
  return {
    calls: {
      ...placing.calls,
      ...canceling.calls,
      ...closing.calls,
      ...reversing.calls,
      ...breakEven.calls,
      flatten: () => flattening.flatten(),
    },
    canceling,
    applied: (applied) => {
      canceling.applied(applied)
      reversing.applied(applied)
    },
    settle: () => reversing.settle(),
  }
}
