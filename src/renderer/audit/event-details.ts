import { counted } from '#shared/format/numbers'
import { amountOf, dollarsOf, factOf, isObject, orderFacts, type Payload } from './payload-facts.ts'

/** The reason, in the event's own words. */
export const reason = (payload: Payload) => factOf(payload, 'reason')
/** What is wrong with the log. */
export const doubt = (payload: Payload) => factOf(payload, 'sentence')
/** Up to which event a snapshot goes. */
export const savedState = (payload: Payload) => {
  const id = factOf(payload, 'lastId')
  return id && `up to event ${id}`
}
/** The exchange's id of the order. */
export const exchangeId = (payload: Payload) => {
  const id = factOf(payload, 'exchangeId')
  return id && `Alpaca’s id ${id}`
}

/** What a fill added, and the total; only the total if it corrects that alone. */
export function fill(payload: Payload): string | undefined {
  const added = amountOf(payload, 0, 'quantity')
  const price = amountOf(payload, 2, 'price')
  const total = amountOf(payload, 0, 'filledQuantity')
  const average = amountOf(payload, 2, 'averagePrice')
  return [
    added && added !== '0' && (price ? `${added} at ${price}` : added),
    total && `${total} in all${average ? ` at ${average} on average` : ''}`,
  ]
    .filter(Boolean)
    .join('; ')
}

/** How many executions the exchange's list has. */
export function restated({ executions }: Payload): string | undefined {
  return Array.isArray(executions)
    ? `${counted(executions.length, 'execution')} by the exchange’s list`
    : undefined
}

/** The order that is to replace it, or that did. */
export const replacement = (payload: Payload) => {
  const by = factOf(payload, 'replacedBy')
  return by && `by order ${by}`
}

/** Which limit changed, from what to what. */
export function changedLimit(payload: Payload): string | undefined {
  const name = factOf(payload, 'limit')
  const [before, after] = [factOf(payload, 'before'), factOf(payload, 'after')]
  return name && `${name}: ${before ?? 'unset'} → ${after ?? 'unset'}`
}

/** The requested order, and who requested it if not the trader. */
export function request(payload: Payload): string | undefined {
  const { by } = payload
  const isStrategys = isObject(by) && by['kind'] === 'strategy'
  const strategy = isStrategys
    ? `by strategy ${factOf(by, 'id')}, version ${factOf(by, 'version')}`
    : undefined
  return [orderFacts(payload), strategy].filter(Boolean).join(', ')
}

/** Who asked for a cancel if it was not Signal. */
export const asker = (payload: Payload) =>
  factOf(payload, 'by') === 'external' ? 'from elsewhere, not by Signal' : undefined

/** The terms that changed. */
export const amendment = (payload: Payload) => {
  const quantity = amountOf(payload, 0, 'quantity')
  const [limit, stop] = [amountOf(payload, 2, 'limitPrice'), amountOf(payload, 2, 'stopPrice')]
  return [quantity && `quantity ${quantity}`, limit && `limit ${limit}`, stop && `stop ${stop}`]
    .filter(Boolean)
    .join(', ')
}

/** Which account, and what its state starts with. */
export function opening(payload: Payload): string | undefined {
  const [endsWith, cash] = [factOf(payload, 'endsWith'), dollarsOf(payload, 'cash')]
  const { positions } = payload
  const held = Array.isArray(positions) && positions.length > 0 ? `, ${positions.length} positions` : ''
  return endsWith && `account …${endsWith}${cash ? ` with ${cash}` : ''}${held}`
}

/** From how many shares to how many, or from which average price to which if the shares agree. */
export function adjustedPosition(payload: Payload): string | undefined {
  const [before, after] = [amountOf(payload, 0, 'before'), amountOf(payload, 0, 'quantity')]
  if (before === undefined || after === undefined) return undefined
  const [averageBefore = 'unknown', average = 'unknown'] = ['averageBefore', 'averagePrice'].map((name) =>
    amountOf(payload, 2, name),
  )
  const change = before === after ? `average price ${averageBefore} → ${average}` : `${before} → ${after}`
  return `${factOf(payload, 'symbol') ?? ''} ${change}; no fill explains it`
}

/** From how many dollars to how many. */
export function adjustedCash(payload: Payload): string | undefined {
  const [before, after] = [dollarsOf(payload, 'before'), dollarsOf(payload, 'cash')]
  return before && after && `${before} → ${after}; no fill explains it`
}

/** How much of the equity was lost. */
export const loss = (payload: Payload) => {
  const percent = amountOf(payload, 2, 'lossPercent')
  return percent && `${percent}% lost; entries end for the day`
}

/** How many differences were found. */
export function comparison(payload: Payload): string | undefined {
  const { differences } = payload
  if (!Array.isArray(differences)) return undefined
  return differences.length === 0 ? 'no difference' : `${differences.length} differences`
}

/** Why the limits had to be confirmed. */
export function confirmedAfter(payload: Payload): string | undefined {
  const { reasons } = payload
  return Array.isArray(reasons) ? reasons.filter((one) => typeof one === 'string').join(' ') : undefined
}

/** The concerns about the runtime that the trader accepted. */
export function armedDespite(payload: Payload): string | undefined {
  const { despite } = payload
  return Array.isArray(despite) && despite.length > 0
    ? `despite ${despite.filter((one) => typeof one === 'string').join(', ')}`
    : undefined
}

/** How many times in a row. */
export const attempt = (payload: Payload) => {
  const nth = amountOf(payload, 0, 'attempt')
  return nth && `attempt ${nth}`
}
