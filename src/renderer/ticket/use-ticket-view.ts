import { useMemo } from 'react'
import type { MarketRow } from '#shared/market'
import type { AccountSummary, PositionView, WhatIf } from '#shared/trading/account'
import type { OrderProblem } from '#shared/trading/problem'
import type { StockSymbol } from '#shared/units'
import { useMarket } from '../stores/market.ts'
import { useTrading } from '../stores/trading.ts'
import { whyBlocked } from './blocked.ts'
import { fixesOf, type Fix } from './fixes.ts'
import { readForm, type ReadTicket } from './read-form.ts'
import { problemsToShow } from './shown-problems.ts'
import { symbolOf, useOrderCheck, useTicket } from './ticket-store.ts'
import type { TicketState } from './ticket-state.ts'

/** Everything that the parts of the ticket show. */
export interface TicketView {
  readonly state: TicketState
  readonly symbol: StockSymbol | undefined
  readonly row: MarketRow | undefined
  readonly position: PositionView | undefined
  readonly account: AccountSummary | undefined
  readonly read: ReadTicket
  readonly problems: readonly OrderProblem[]
  readonly fixes: readonly Fix[]
  /** Why nothing can be sent as it is; undefined if something can. */
  readonly blocked: string | undefined
  /** For the current form; undefined while it is not an order yet. */
  readonly whatIf: WhatIf | undefined
}

/** The ticket as it is now, read against the current market and account. */
export function useTicketView(): TicketView {
  const state = useTicket()
  const symbol = symbolOf(state.form)
  const row = useMarket(({ bySymbol }) => symbol && bySymbol.get(symbol))
  const trading = useTrading((now) => now.trading)
  const { account, limits } = trading ?? {}
  const position = trading?.positions.find((held) => held.symbol === symbol)
  const check = useOrderCheck((known) => known.check)
  const atr = useMarket(({ sparklines }) => symbol && sparklines.get(symbol)?.atr)
  const read = useMemo(
    () => readForm(state.form, { row, size: { limits, account, position }, atr }),
    [state.form, row, limits, account, position, atr],
  )
  const problems = useMemo(() => problemsToShow(state, read, check?.problems ?? []), [state, read, check])
  const fixes = useMemo(() => fixesOf(read, problems), [read, problems])
  const blocked = whyBlocked({ trading, read, checked: check?.problems ?? [] })
  const whatIf = read.draft && check?.whatIf
  return { state, symbol, row, position, account, read, problems, fixes, blocked, whatIf }
}
