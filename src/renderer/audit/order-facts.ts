import { sideName, TYPE_NAMES } from '#shared/trading/describe-order'
import { orderType } from '#shared/trading/order'
import {
  amountOf,
  codeInWords,
  dollarsOf,
  factOf,
  isObject,
  joined,
  textsOf,
  type Payload,
} from './payload-facts.ts'

const TIMES: Readonly<Record<string, string>> = {
  day: 'Day',
  gtc: 'GTC',
  opg: 'at the open (OPG)',
  cls: 'at the close (CLS)',
  ioc: 'IOC',
  fok: 'FOK',
}

const CLASSES: Readonly<Record<string, string>> = { bracket: 'bracket', oco: 'OCO', oto: 'OTO' }

/** The order in a payload: as requested, as seen at the exchange, or the payload itself. */
const orderIn = ({ draft, terms, ...payload }: Payload): Payload =>
  isObject(draft) ? draft : isObject(terms) ? terms : payload

const wordOf = (words: Readonly<Record<string, string>>, code: string | undefined): string | undefined =>
  code !== undefined && Object.hasOwn(words, code) ? words[code] : code

/** The prices of an order, each with its name. */
const pricesOf = (order: Payload): readonly (string | undefined)[] => {
  const named = (name: string, amount: string | undefined) => amount && `${name} ${amount}`
  return [
    named('stop', amountOf(order, 2, 'stopPrice')),
    named('limit', amountOf(order, 2, 'limitPrice')),
    named('trail', dollarsOf(order, 'trailPrice')),
    named('trail', percentOf(order, 'trailPercent')),
  ]
}

const percentOf = (order: Payload, name: string): string | undefined => {
  const amount = amountOf(order, 0, name)
  return amount && `${amount}%`
}

/** The type, unless the order's only price implies it: `limit 228.40`. */
function typeOf(order: Payload, prices: readonly string[]): string | undefined {
  const type = factOf(order, 'type')
  const isSaid = prices.length === 1 && prices[0]?.startsWith(`${type} `)
  if (type === undefined || isSaid) return undefined
  const known = orderType.safeParse(type)
  return known.success ? TYPE_NAMES[known.data].toLowerCase() : type
}

/** The exits of a bracket, OCO or OTO. */
function exitsOf({ takeProfit, stopLoss }: Payload): string {
  const target = isObject(takeProfit) ? amountOf(takeProfit, 2, 'limitPrice') : undefined
  const stop = isObject(stopLoss) ? amountOf(stopLoss, 2, 'stopPrice') : undefined
  const limit = isObject(stopLoss) ? amountOf(stopLoss, 2, 'limitPrice') : undefined
  return joined([
    target && `target ${target}`,
    joined([stop && `stop loss ${stop}`, limit && `stop loss limit ${limit}`]),
  ])
}

/**
 * Every term of an event's order: `Buy 1,000 AAPL, limit 228.40, Day`. What a plain order has anyway is left out: regular
 * hours, and no exits.
 */
export function orderFacts(payload: Payload): string | undefined {
  const order = orderIn(payload)
  const symbol = factOf(order, 'symbol')
  if (symbol === undefined) return undefined
  const side = factOf(order, 'side')
  const notional = dollarsOf(order, 'notional')
  const prices = pricesOf(order).filter((price) => price !== undefined)
  const whole = [
    side === undefined ? undefined : sideName(side === 'buy' ? 'buy' : 'sell'),
    joined([amountOf(order, 0, 'quantity'), notional && `${notional} of`], ' / '),
    symbol,
  ]
  return joined([
    joined(whole, ' '),
    typeOf(order, prices),
    ...prices,
    wordOf(TIMES, factOf(order, 'timeInForce')),
    order['extendedHours'] === true && 'extended hours',
    wordOf({ ...CLASSES, simple: '' }, factOf(order, 'orderClass')),
    exitsOf(order),
  ])
}

/** Who asked: `by trader`, `by strategy gap-fade, version 3 (proposal p-1)`. */
export function requesterOf({ by }: Payload): string | undefined {
  if (!isObject(by)) return undefined
  const kind = factOf(by, 'kind')
  if (kind !== 'strategy') return kind && `by ${kind}`
  const [id = 'unknown', version = 'unknown', proposal] = ['id', 'version', 'proposal'].map((name) =>
    factOf(by, name),
  )
  return `by strategy ${id}, version ${version}${proposal === undefined ? '' : ` (proposal ${proposal})`}`
}

/** The warnings that the trader confirmed. */
export function confirmedOf(payload: Payload): string | undefined {
  const codes = textsOf(payload, 'accepted')
  return codes.length === 0 ? undefined : `confirmed: ${codes.map(codeInWords).join(', ')}`
}

/** How each term that can be changed is shown. */
const CHANGES: Readonly<Record<string, (terms: Payload) => string | undefined>> = {
  quantity: (terms) => amountOf(terms, 0, 'quantity'),
  limitPrice: (terms) => amountOf(terms, 2, 'limitPrice'),
  stopPrice: (terms) => amountOf(terms, 2, 'stopPrice'),
  trail: (terms) => amountOf(terms, 2, 'trail'),
  timeInForce: (terms) => wordOf(TIMES, factOf(terms, 'timeInForce')),
}
const CHANGE_NAMES: Readonly<Record<string, string>> = {
  quantity: 'quantity',
  limitPrice: 'limit',
  stopPrice: 'stop',
  trail: 'trail',
  timeInForce: 'time in force',
}

/** The terms that change, before and after: `limit 228.40 → 229.00`. */
export function changeOf(before: unknown, change: unknown): string | undefined {
  if (!isObject(change)) return undefined
  const parts = Object.entries(CHANGES).map(([name, text]) => {
    const [from, to] = [isObject(before) ? text(before) : undefined, text(change)]
    return to && `${CHANGE_NAMES[name]} ${from === undefined ? '' : `${from} → `}${to}`
  })
  return joined(parts)
}
