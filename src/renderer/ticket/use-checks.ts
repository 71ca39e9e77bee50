import { useEffect } from 'react'
import { ask, signal } from '../stores/signal.ts'
import { useSettings } from '../stores/settings.ts'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { useTrading } from '../stores/trading.ts'
import { checkNow } from './sending.ts'
import { afterFilling, afterSending } from './staging.ts'
import { freshIntent, positionOf, symbolOf, tellTicket, useTicket } from './ticket-store.ts'

/** How long typing must pause before the checks run, ms. */
const REST_MS = 150
/** How often the checks run again, because prices move, ms. */
const AGAIN_MS = 1_000

/** Keeps the results of the checks current while the ticket is shown. */
export function useChecks(): void {
  const form = useTicket((state) => state.form)
  useEffect(() => {
    const soon = setTimeout(() => void checkNow(), REST_MS)
    const again = setInterval(() => {
      if (document.visibilityState === 'visible') void checkNow()
    }, AGAIN_MS)
    return () => {
      clearTimeout(soon)
      clearInterval(again)
    }
  }, [form])
}

/** Shows an unanswered order as sent once the account knows its state. */
export function useFoundOrder(): void {
  const { intent, setback } = useTicket()
  const orders = useTrading(({ trading }) => trading?.orders)
  const found = setback?.kind === 'fault' ? orders?.find(({ id }) => id === intent) : undefined
  useEffect(() => {
    if (!found || found.state === 'requested' || found.state === 'unconfirmed') return
    const { form } = useTicket.getState()
    const next = afterSending(form, positionOf(found.symbol), useTicketPreferences.getState().afterFill)
    tellTicket({ kind: 'sent', order: found, form: next, nextIntent: freshIntent() })
  }, [found])
}

/** Sets the ticket by the trader's choice once its last order is filled, unless another order was begun. */
export function useFilledOrder(): void {
  const [last] = useTicket(({ sent }) => sent)
  const order = useTrading(({ trading }) => trading?.orders.find(({ id }) => id === last))
  const position = useTrading(({ trading }) =>
    trading?.positions.find(({ symbol }) => symbol === order?.symbol),
  )
  const isFilled = order?.state === 'filled'
  useEffect(() => {
    if (!isFilled) return
    const { form } = useTicket.getState()
    const next = afterFilling(form, position, useTicketPreferences.getState().afterFill)
    if (next !== form) tellTicket({ kind: 'filled', form: next })
  }, [isFilled, position])
}

/** Asks main for prices of the ticket's symbol if it is not on the watchlist. */
export function useFollowedSymbol(): void {
  const symbol = useTicket(({ form }) => symbolOf(form))
  const isWatched = useSettings(({ view }) => symbol !== undefined && view?.settings.symbols.includes(symbol))
  useEffect(() => {
    if (symbol !== undefined && isWatched === false) void ask(signal().market.follow([symbol]))
  }, [symbol, isWatched])
}
