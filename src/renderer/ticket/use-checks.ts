import { useEffect } from 'react'
import { ask, signal } from '../stores/signal.ts'
import { useSettings } from '../stores/settings.ts'
import { useTrading } from '../stores/trading.ts'
import { checkNow } from './sending.ts'
import { afterSending } from './staging.ts'
import { freshIntent, positionOf, symbolOf, tellTicket, useTicket } from './ticket-store.ts'

/** The checks wait until the hand rests this long, ms. */
const REST_MS = 150
/** Prices move: they look again after so long, ms. */
const AGAIN_MS = 1_000

/** Keeps the word of the checks fresh while the ticket is shown. */
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

/** An order of which no answer came is shown as sent once the account knows where it stands. */
export function useFoundOrder(): void {
  const { intent, setback } = useTicket()
  const orders = useTrading(({ trading }) => trading?.orders)
  const found = setback?.kind === 'fault' ? orders?.find(({ id }) => id === intent) : undefined
  useEffect(() => {
    if (!found || found.state === 'requested' || found.state === 'unconfirmed') return
    const { form } = useTicket.getState()
    const next = afterSending(form, positionOf(found.symbol))
    tellTicket({ kind: 'sent', order: found, form: next, nextIntent: freshIntent() })
  }, [found])
}

/** Has main send prices of the ticket's symbol where the watch list does not hold it. */
export function useFollowedSymbol(): void {
  const symbol = useTicket(({ form }) => symbolOf(form))
  const isWatched = useSettings(({ view }) => symbol !== undefined && view?.settings.symbols.includes(symbol))
  useEffect(() => {
    if (symbol !== undefined && isWatched === false) void ask(signal().market.follow([symbol]))
  }, [symbol, isWatched])
}
