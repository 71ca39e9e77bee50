import { create } from 'zustand'
import type { OrderCheck } from '#shared/ipc/contract'
import type { MarketRow } from '#shared/market'
import type { PositionView } from '#shared/trading/account'
import { readSymbol } from '#shared/symbol-list'
import type { StockSymbol } from '#shared/units'
import { useMarket } from '../stores/market.ts'
import { useSettings } from '../stores/settings.ts'
import { useTrading } from '../stores/trading.ts'
import { readForm, type ReadTicket } from './read-form.ts'
import type { TicketForm } from './ticket-form.ts'
import { blankTicket, nextTicket, type TicketEvent, type TicketState } from './ticket-state.ts'

export const freshIntent = (): string => crypto.randomUUID()

/** The order being prepared in this window. Changed by {@link tellTicket} alone. */
export const useTicket = create<TicketState>(() => blankTicket(freshIntent()))

/** Applies an event to the ticket. */
export const tellTicket = (event: TicketEvent): void =>
  useTicket.setState((state) => nextTicket(state, event), true)

/** The latest result of the checks, and the draft it is about, as text. */
export const useOrderCheck = create<{ readonly check?: OrderCheck; readonly about?: string }>(() => ({}))

useSettings.subscribe(({ view: now }, { view: before }) => {
  if (!before || now?.settings.mode === before.settings.mode) return
  useOrderCheck.setState({}, true)
  tellTicket({ kind: 'reset', nextIntent: freshIntent() })
})

/** Edits the form. */
export const editForm = (change: (form: TicketForm) => TicketForm): void =>
  tellTicket({ kind: 'edited', form: change(useTicket.getState().form) })

/** The typed symbol, if it is valid. */
export function symbolOf({ symbol }: TicketForm): StockSymbol | undefined {
  return readSymbol(symbol)
}

/** The market's row of a symbol. */
export const rowOf = (symbol: StockSymbol | undefined): MarketRow | undefined =>
  symbol && useMarket.getState().bySymbol.get(symbol)

/** The position in a symbol. */
export const positionOf = (symbol: StockSymbol | undefined): PositionView | undefined =>
  useTrading.getState().trading?.positions.find((position) => position.symbol === symbol)

/** The form as it reads now. */
export function readNow(): ReadTicket {
  const { form } = useTicket.getState()
  const { limits, account } = useTrading.getState().trading ?? {}
  const symbol = symbolOf(form)
  const atr = symbol && useMarket.getState().sparklines.get(symbol)?.atr
  return readForm(form, { row: rowOf(symbol), size: { limits, account, position: positionOf(symbol) }, atr })
}
