import { dollarsEach } from '#shared/format/money'
import { formatDecimal } from '#shared/format/numbers'
import { sideName } from '#shared/trading/describe-order'

/** An event's payload, as plain JSON. */
export type Payload = { readonly [name: string]: unknown }

export const isObject = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The first of these fields that is a text or a number, in the payload itself or in an object directly inside
 * it.
 */
export function factOf(payload: Payload, ...names: readonly string[]): string | undefined {
  const places = [payload, ...Object.values(payload).filter(isObject)]
  for (const name of names) {
    for (const place of places) {
      const value = place[name]
      if (typeof value === 'string' && value !== '') return value
      if (typeof value === 'number') return String(value)
    }
  }
  return undefined
}

const DECIMAL = /^-?\d+(\.\d+)?$/

/** An amount in the payload, for display; undefined if it is not one. */
export function amountOf(
  payload: Payload,
  decimals: number,
  ...names: readonly string[]
): string | undefined {
  const fact = factOf(payload, ...names)
  return fact !== undefined && DECIMAL.test(fact) ? formatDecimal(fact, decimals) : undefined
}

/** A fact that is an amount of dollars, with every digit it has; nothing where it is none. */
export function dollarsOf(payload: Payload, ...names: readonly string[]): string | undefined {
  const fact = factOf(payload, ...names)
  return fact !== undefined && DECIMAL.test(fact) ? dollarsEach(fact) : undefined
}

/** The exits that a bracket, OCO or OTO draft includes. */
function exitFacts({ draft }: Payload): string | undefined {
  if (!isObject(draft)) return undefined
  const { takeProfit, stopLoss } = draft
  const target = isObject(takeProfit) && amountOf({ ...takeProfit }, 2, 'limitPrice')
  const stop = isObject(stopLoss) && amountOf({ ...stopLoss }, 2, 'stopPrice')
  return [target && `target ${target}`, stop && `stop loss ${stop}`].filter(Boolean).join(', ')
}

/** The order of an event, as far as the payload describes it: `Buy 100 AAPL, limit 228.40, day`. */
export function orderFacts(payload: Payload): string | undefined {
  const symbol = factOf(payload, 'symbol')
  if (symbol === undefined) return undefined
  const side = factOf(payload, 'side')
  const quantity = amountOf(payload, 0, 'quantity')
  const notional = dollarsOf(payload, 'notional')
  const stop = amountOf(payload, 2, 'stopPrice')
  const limit = amountOf(payload, 2, 'limitPrice')
  const first = [
    side === undefined ? undefined : sideName(side === 'buy' ? 'buy' : 'sell'),
    quantity ?? (notional && `${notional} of`),
    symbol,
  ]
  return [
    first.filter(Boolean).join(' '),
    factOf(payload, 'type') === 'market' && 'at the market',
    stop && `stop ${stop}`,
    limit && `limit ${limit}`,
    factOf(payload, 'timeInForce'),
    exitFacts(payload),
  ]
    .filter(Boolean)
    .join(', ')
}
