import { DEFAULT_RISK_LIMITS } from '../../src/shared/trading/limits.ts'
import type { MarketRow, MarketSession } from '../../src/shared/market.ts'
import type { AccountSummary, PositionView, TradingState } from '../../src/shared/trading/account.ts'
import type { OrderDraft, OrderView } from '../../src/shared/trading/order.ts'
import type { OrderProblem, ProblemCode } from '../../src/shared/trading/problem.ts'
import type { TradingReason } from '../../src/shared/trading/trading-reason.ts'
import { price, quantity, signedDecimal, stockSymbol } from '../../src/shared/units.ts'
import { checkDraft, type AssetPermissions, type RiskContext } from '../../src/main/risk/index.ts'

/** A Monday, 10:00 in New York. */
export const NOW = Date.parse('2026-11-23T15:00:00Z')
export const AAPL = stockSymbol.parse('AAPL')

/** Prices, shares and signed amounts from text. */
export const p = (text: string) => price.parse(text)
export const q = (text: string) => quantity.parse(text)
export const s = (text: string) => signedDecimal.parse(text)

/** An asset without restrictions. */
export const EASY: AssetPermissions = {
  tradable: true,
  fractionable: true,
  shortable: true,
  easyToBorrow: true,
  fractionableExtended: true,
  overnightTradable: true,
}

/** A quote of AAPL that just arrived: 99.99 to 100.01. */
export function rowWith(more: Partial<MarketRow> = {}, ageMs = 0): MarketRow {
  const at = NOW - ageMs
  return {
    symbol: AAPL,
    price: p('100'),
    basis: 'mid',
    bid: p('99.99'),
    ask: p('100.01'),
    origin: { source: 'demo', at, receivedAt: at },
    freshness: ageMs < 2_000 ? 'live' : ageMs < 5_000 ? 'ageing' : 'stale',
    ...more,
  }
}

/** $100,000.00 of equity and twice that in buying power. */
export const accountWith = (more: Partial<AccountSummary> = {}): AccountSummary => ({
  endsWith: '4821',
  equity: s('100000'),
  lossEquity: more.equity ?? s('100000'),
  cash: s('100000'),
  buyingPower: s('200000'),
  lastEquity: s('100000'),
  dayPnl: s('0'),
  dayPnlPercent: s('0'),
  realizedPnl: s('0'),
  marginUsedPercent: s('0'),
  mayTrade: true,
  asOf: NOW,
  ...more,
})

/** A position of that many shares of AAPL, negative while short, bought at $100.00. */
export const holding = (shares: string): PositionView => ({
  symbol: AAPL,
  quantity: s(shares),
  averagePrice: p('100'),
  lastPrice: p('100'),
  exits: [],
})

/** An open limit order to sell 100 AAPL at $110.00. */
export const working = (id: string, more: Partial<OrderView> = {}): OrderView => ({
  id,
  exchangeId: `ex-${id}`,
  symbol: AAPL,
  side: 'sell',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: q('100'),
  limitPrice: p('110'),
  extendedHours: false,
  state: 'open',
  filledQuantity: q('0'),
  requestedAt: NOW - 60_000,
  updatedAt: NOW - 60_000,
  origin: 'signal',
  ...more,
})

const REGULAR: MarketSession = {
  phase: 'regular',
  day: '2026-11-23',
  until: Date.parse('2026-11-23T21:00:00Z'),
  next: 'after',
  earlyClose: false,
}

/** Another session of the exchange's day. */
export const sessionWith = (more: Partial<MarketSession>): MarketSession => ({ ...REGULAR, ...more })

/** A trading state limited for those reasons. */
export const heldBack = (
  state: TradingState['state'],
  ...reasons: readonly TradingReason[]
): TradingState => ({
  state,
  reasons: reasons.map((reason) => ({ reason, sentence: `Because of ${reason}.`, since: NOW })),
})

/** A context in which the default draft passes without a problem: paper, market open, no positions. */
export const moment = (more: Partial<RiskContext> = {}): RiskContext => ({
  now: NOW,
  mode: 'paper',
  session: REGULAR,
  row: rowWith(),
  asset: EASY,
  limits: DEFAULT_RISK_LIMITS,
  trading: { state: 'active', reasons: [] },
  account: accountWith(),
  openOrders: [],
  recent: [],
  ...more,
})

/** Buy 10 AAPL at $100.00 for the day. */
export const draftWith = (more: Partial<OrderDraft> = {}): OrderDraft => ({
  symbol: AAPL,
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: q('10'),
  limitPrice: p('100'),
  extendedHours: false,
  ...more,
})

/** The default order as a market order. */
export const atMarket = (more: Partial<OrderDraft> = {}): OrderDraft =>
  draftWith({ type: 'market', limitPrice: undefined, ...more })

/** The problem with this code; undefined if there is none. */
export const found = (
  code: ProblemCode,
  draft: OrderDraft,
  context: RiskContext = moment(),
): OrderProblem | undefined => checkDraft(draft, context).find((problem) => problem.code === code)

/** The serious problems in short form, such as `refuse QUOTE_STALE`; `tell` problems are left out. */
export const stops = (draft: OrderDraft, context: RiskContext = moment()): readonly string[] =>
  checkDraft(draft, context)
    .filter(({ level }) => level !== 'tell')
    .map(({ level, code }) => `${level} ${code}`)

/** The draft after the fix of a problem was applied. */
export function fixed(draft: OrderDraft, problem: OrderProblem | undefined): OrderDraft {
  if (problem?.fix?.kind !== 'change') throw new Error(`no fix that changes the draft: ${problem?.code}`)
  const entries = Object.entries({ ...draft, ...problem.fix.change }).filter(
    ([, value]) => value !== undefined,
  )
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a draft without its emptied fields is a draft
  return Object.fromEntries(entries) as OrderDraft
}
