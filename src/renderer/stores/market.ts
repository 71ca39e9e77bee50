import { create } from 'zustand'
import type { MarketRow, MarketSession, Sparkline } from '#shared/market'
import type { MarketSnapshot } from '#shared/ipc/contract'
import { tickPlaces } from '#shared/trading/tick-size'
import type { StockSymbol } from '#shared/units'
import { useConnection } from './connection.ts'
import { createNextFrame } from './next-frame.ts'
import { nextShown, snapshotRow, type ShownRow } from './shown-row.ts'
import { ask, signal } from './signal.ts'
import type { Fault } from '../ui/faults.ts'

interface Market {
  readonly bySymbol: ReadonlyMap<StockSymbol, ShownRow>
  readonly sparklines: ReadonlyMap<StockSymbol, Sparkline>
  /** Absent until the first snapshot. */
  readonly session?: MarketSession
  /** Decimals that columns of prices keep room for; only grows, so that nothing jumps. */
  readonly decimals: number
}

/** Latest row of each symbol. Written by {@link followMarket} alone; components only read. */
export const useMarket = create<Market>(() => ({ bySymbol: new Map(), sparklines: new Map(), decimals: 2 }))

const nextFrame = createNextFrame<StockSymbol, MarketRow>(
  (rows) => useMarket.setState((market) => withRows(market, rows.values(), nextShown)),
  (run) => requestAnimationFrame(run),
)

type Step = (before: ShownRow | undefined, row: MarketRow) => ShownRow

function withRows(market: Market, rows: Iterable<MarketRow>, step: Step) {
  const bySymbol = new Map(market.bySymbol)
  let { decimals } = market
  for (const row of rows) {
    bySymbol.set(row.symbol, step(bySymbol.get(row.symbol), row))
    for (const price of [row.bid, row.ask, row.last]) {
      if (price !== undefined) decimals = Math.max(decimals, tickPlaces(price))
    }
  }
  return { bySymbol, decimals }
}

const showSparklines = (fresh: readonly Sparkline[]) =>
  useMarket.setState(({ sparklines }) => ({
    sparklines: new Map([...sparklines, ...fresh.map((line) => [line.symbol, line] as const)]),
  }))

/**
 * Takes a snapshot. It is newer than everything waiting to be painted, and holds every symbol of the
 * watchlist.
 */
function takeSnapshot({ rows, sparklines, connection, session }: MarketSnapshot): void {
  nextFrame.clear()
  useConnection.setState({ connection })
  useMarket.setState((market) => {
    const blank = { ...market, bySymbol: new Map<StockSymbol, ShownRow>() }
    const step: Step = (_blank, row) => snapshotRow(row, market.bySymbol.get(row.symbol))
    return { ...withRows(blank, rows, step), session, sparklines: new Map() }
  })
  showSparklines(sparklines)
}

/** Asks for everything known now. Answers the fault, or undefined on success. */
export async function loadMarket(): Promise<Fault | undefined> {
  const answer = await ask(signal().market.snapshot())
  if (!answer.ok) return answer.error
  takeSnapshot(answer.value)
  return undefined
}

/** Clears all numbers of the old market before another one is shown. */
export function clearMarket(): void {
  nextFrame.clear()
  useMarket.setState({ bySymbol: new Map(), sparklines: new Map(), decimals: 2 })
}

/** Follows changes; returns its stop. */
export function followMarket(): () => void {
  const { market } = signal()
  const stops = [
    market.changes((rows) => nextFrame.offer(rows.map((row) => [row.symbol, row] as const))),
    market.sparklines(showSparklines),
    market.session((session) => useMarket.setState({ session })),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
