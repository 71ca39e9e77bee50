import { dollars } from '#shared/format/money'
import type { OrderDraft } from '#shared/trading/order'
import { asSentence } from '#shared/trading/order-rules'
import type { ProblemFix } from '#shared/trading/problem'
import { toPrice, type Price } from '#shared/units'
import { exact, positive, wholeCents } from '../amounts.ts'
import type { RiskContext } from '../context.ts'
import { isFractional, smallerBy } from '../order-size.ts'
import { changeTo, refuse, type Check } from '../problems.ts'
import { brokenRule } from '../broken-rule.ts'

/** Alpaca's minimum for an order in dollars. */
const LEAST_NOTIONAL = 1

/** Fractional shares have rules of their own (Alpaca, "Fractional trading", as of 2026-06). */
export const checkFraction: Check = (draft, context) => {
  if (draft.quantity === undefined || !isFractional(draft)) return []
  const reason = fractionReason(draft, context)
  const fix = smallerBy(draft, { shares: positive(draft.quantity) })
  return reason === undefined
    ? []
    : [
        refuse('FRACTION_NOT_ALLOWED', asSentence(reason), {
          field: 'quantity',
          fix,
        }),
      ]
}

function fractionReason(draft: OrderDraft, { asset }: RiskContext): string | undefined {
  const rule = brokenRule(draft, 'FRACTION_NOT_ALLOWED')
  if (rule !== undefined) return rule
  if (asset === undefined || asset === 'unknown') return undefined
  if (!asset.fractionable) return `${draft.symbol}: whole shares only`
  return draft.extendedHours && !asset.fractionableExtended
    ? `${draft.symbol}: whole shares only in extended hours`
    : undefined
}

/** An order in dollars is a market order for the day, of at least $1.00 and to the cent. */
export const checkNotional: Check = (draft, { asset }) => {
  if (draft.notional === undefined || draft.quantity !== undefined) return []
  const say = (sentence: string, fix?: ProblemFix) => [
    refuse('NOTIONAL_NOT_ALLOWED', sentence, { field: 'quantity', fix }),
  ]
  if (asset !== undefined && asset !== 'unknown' && !asset.fractionable)
    return say(`${draft.symbol}: no dollar orders. Enter whole shares.`)
  const amount = takenAmount(draft.notional)
  if (brokenRule(draft, 'NOTIONAL_NOT_ALLOWED') !== undefined)
    return say(
      'Dollar orders: plain market orders in regular hours only. Change it, or enter shares.',
      changeTo('Use plain market order', { ...PLAIN, notional: amount }),
    )
  if (exact(amount).eq(draft.notional)) return []
  return say(
    exact(draft.notional).lt(LEAST_NOTIONAL) ? 'Minimum is $1.00.' : 'Dollar amounts: max 2 decimals.',
    changeTo(`Use ${dollars(amount)}`, { notional: amount }),
  )
}

const PLAIN: Partial<OrderDraft> = {
  type: 'market',
  orderClass: 'simple',
  extendedHours: false,
  limitPrice: undefined,
  stopPrice: undefined,
  takeProfit: undefined,
  stopLoss: undefined,
}

/** The amount in whole cents, raised to Alpaca's minimum; zero stays zero. */
function takenAmount(notional: Price): Price {
  const cents = wholeCents(exact(notional))
  return exact(notional).isZero() ? notional : toPrice(cents.lt(LEAST_NOTIONAL) ? LEAST_NOTIONAL : cents)
}
