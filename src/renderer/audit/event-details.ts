import { counted } from '#shared/format/numbers'
import { LIMIT_ROWS } from '../app/limit-rows.ts'
import { momentInZone } from '../ui/times.ts'
import { changeOf, confirmedOf, orderFacts, requesterOf } from './order-facts.ts'
import {
  amountOf,
  codeInWords,
  dollarsOf,
  factOf,
  isObject,
  joined,
  objectsOf,
  shown,
  textsOf,
  type Payload,
} from './payload-facts.ts'

/** The reason, in the event's own words. */
export const reason = (payload: Payload) => factOf(payload, 'reason')
/** What is wrong with the log. */
export const doubt = (payload: Payload) => factOf(payload, 'sentence')
/** Up to which event a snapshot goes. */
export const savedState = (payload: Payload) => {
  const id = factOf(payload, 'lastId')
  return id && `up to event ${id}`
}

/** Alpaca's id of the order, and its exits. */
export function accepted(payload: Payload): string {
  const id = factOf(payload, 'exchangeId')
  const legs = objectsOf(payload, 'legs').map(
    (leg) =>
      `${factOf(leg, 'leg') === 'take-profit' ? 'target' : 'stop loss'} ${factOf(leg, 'id') ?? 'unknown'}`,
  )
  return joined([id && `Alpaca ID ${id}`, ...legs])
}

/** What a fill added, and the total; only the total if it corrects that alone. */
export function fill(payload: Payload): string {
  const added = amountOf(payload, 0, 'quantity')
  const price = amountOf(payload, 2, 'price')
  const total = amountOf(payload, 0, 'filledQuantity')
  const average = amountOf(payload, 2, 'averagePrice')
  const isSum = payload['isSum'] === true && 'sum of several executions'
  const one = added && added !== '0' ? (price ? `${added} @ ${price}` : added) : ''
  const all = joined([total && `total ${total}`, average && `avg ${average}`, isSum])
  return one !== '' && all !== '' ? `${one} (${all})` : one + all
}

/** Alpaca's own list of the executions. */
export function restated(payload: Payload): string {
  const executions = objectsOf(payload, 'executions')
  const each = executions.map((one) => `${amountOf(one, 0, 'quantity')} @ ${amountOf(one, 2, 'price')}`)
  return executions.length === 0
    ? ''
    : `${counted(executions.length, 'execution')} per Alpaca: ${each.join(', ')}`
}

/** The trade that Alpaca took back or corrected, and the order's totals before and after. */
export function amended(payload: Payload): string {
  const trade = payload['execution']
  const one = isObject(trade) && `${amountOf(trade, 0, 'quantity')} @ ${amountOf(trade, 2, 'price')}`
  const total = `total ${amountOf(payload, 0, 'filledBefore')} → ${amountOf(payload, 0, 'filledQuantity')}`
  const [before, after] = [amountOf(payload, 2, 'averageBefore'), amountOf(payload, 2, 'averagePrice')]
  return joined([one, total, before && after && `avg ${before} → ${after}`])
}

/** What changes, and the order that replaces this one. */
export const replacement = (payload: Payload) => {
  const by = factOf(payload, 'replacedBy')
  return joined([changeOf(payload['before'], payload['change']), by && `replaced by order ${by}`], '; ')
}

/** What Alpaca changed. */
export const update = (payload: Payload) => changeOf(payload['before'], payload['terms'])

/** Who asked for an order, which warnings were confirmed, and which order it replaces. */
const askedFor = (payload: Payload) => {
  const [replaces, filled] = [factOf(payload, 'replaces'), amountOf(payload, 0, 'filledThen')]
  return joined([
    requesterOf(payload),
    confirmedOf(payload),
    replaces && `replaces order ${replaces}${filled ? ` (${filled} filled by then)` : ''}`,
  ])
}

/** The requested order, and all that belongs to the request. */
export const request = (payload: Payload) => joined([orderFacts(payload), askedFor(payload)])

/** Why Signal refused a request. */
function refusalOf(payload: Payload): string {
  const sentences = objectsOf(payload, 'problems').map(
    (one) => factOf(one, 'sentence') ?? factOf(one, 'code'),
  )
  const before = amountOf(payload, 0, 'unrecorded')
  return joined([...sentences, before && `(${before} earlier denials counted, not listed.)`], ' ')
}

/** The denied order with all its terms, and why. */
export const denied = (payload: Payload) => joined([request(payload), refusalOf(payload)], '; ')

/** The denied change, and why. */
export const replaceDenied = (payload: Payload) =>
  joined(
    [joined([changeOf(payload['before'], payload['change']), askedFor(payload)]), refusalOf(payload)],
    '; ',
  )

/** The position that was to be closed, and why it was not. */
export function closeDenied(payload: Payload): string {
  const amount = amountOf(payload, 0, 'quantity') ?? 'all'
  return joined(
    [
      joined([`close ${amount} ${factOf(payload, 'symbol') ?? ''}`, requesterOf(payload)]),
      refusalOf(payload),
    ],
    '; ',
  )
}

/** An order that another program sent, as first seen. */
export function external(payload: Payload): string {
  const filled = amountOf(payload, 0, 'filledBefore')
  const [id, replaces] = [factOf(payload, 'exchangeId'), factOf(payload, 'replaces')]
  return joined([
    orderFacts(payload),
    id && `Alpaca ID ${id}`,
    filled && filled !== '0' && `${filled} filled before`,
    replaces && `replaces order ${replaces}`,
  ])
}

/** Who asked for a cancel if it was not Signal. */
export const canceler = (payload: Payload) =>
  factOf(payload, 'by') === 'external' ? 'by another program' : ''

const LIMITS = new Map<string, { readonly name: string; readonly unit: string }>(
  LIMIT_ROWS.flatMap(({ label, asks, refuses }) => [
    ...asks.map(({ key, unit }) => [key, { name: `${label}, warn above`, unit }] as const),
    ...refuses.map(({ key, unit }) => [key, { name: `${label}, block above`, unit }] as const),
  ]),
)

/** Which limit changed, from what to what. */
export function changedLimit(payload: Payload): string | undefined {
  const key = factOf(payload, 'limit')
  const { name = key, unit = '' } = LIMITS.get(key ?? '') ?? {}
  const [before, after] = [amountOf(payload, 0, 'before'), amountOf(payload, 0, 'after')]
  return name && joined([`${name}: ${before ?? 'unset'} → ${after ?? 'unset'}`, unit], ' ')
}

/** Which account, and what its state starts with. */
export function opening(payload: Payload): string {
  const [endsWith, cash] = [factOf(payload, 'endsWith'), dollarsOf(payload, 'cash')]
  const held = objectsOf(payload, 'positions').map((one) => {
    const average = amountOf(one, 2, 'averagePrice')
    return `${amountOf(one, 0, 'quantity')} ${factOf(one, 'symbol')}${average ? ` @ ${average}` : ''}`
  })
  return joined([endsWith && `account …${endsWith}`, cash && `cash ${cash}`, ...held])
}

/** From how many shares to how many, or from which average price to which if the shares agree. */
export function adjustedPosition(payload: Payload): string | undefined {
  const [before, after] = [amountOf(payload, 0, 'before'), amountOf(payload, 0, 'quantity')]
  if (before === undefined || after === undefined) return undefined
  const [averageBefore = 'unknown', average = 'unknown'] = ['averageBefore', 'averagePrice'].map((name) =>
    amountOf(payload, 2, name),
  )
  const change = before === after ? `avg price ${averageBefore} → ${average}` : `${before} → ${after}`
  return `${factOf(payload, 'symbol') ?? ''} ${change}; not explained by fills`
}

/** From how many dollars to how many. */
export function adjustedCash(payload: Payload): string | undefined {
  const [before, after] = [dollarsOf(payload, 'before'), dollarsOf(payload, 'cash')]
  return before && after && `${before} → ${after}; not explained by fills`
}

/** How much of the equity was lost. */
export const loss = (payload: Payload) => {
  const percent = amountOf(payload, 2, 'lossPercent')
  return percent && `${percent}% lost; close-only until next session`
}

const CAUSES: Readonly<Record<string, string>> = {
  start: 'at the start',
  'first-updates': 'when order updates started',
  reconnect: 'after a reconnect',
  database: 'after the database was back',
  minute: 'routine',
  asked: 'requested',
}

/** A difference between our account and Alpaca's: `AAPL position: Signal 10, Alpaca 12`. */
export function differenceOf(difference: Payload): string {
  const [of, ours = 'unknown', theirs = 'unknown'] = ['of', 'ours', 'theirs'].map((name) =>
    factOf(difference, name),
  )
  const what = joined([of, codeInWords(factOf(difference, 'what') ?? 'difference')], ' ')
  return `${what}: Signal ${shown(ours)}, Alpaca ${shown(theirs)}`
}

/** Each difference, with both values. */
export function comparison(payload: Payload): string {
  const cause = factOf(payload, 'cause')
  const differences = objectsOf(payload, 'differences').map(differenceOf)
  const found = Array.isArray(payload['differences'])
    ? differences.length === 0
      ? 'no differences'
      : joined(differences, '; ')
    : undefined
  return joined([found, cause && (CAUSES[cause] ?? cause)])
}

/** Why the limits had to be confirmed. */
export const confirmedAfter = (payload: Payload) => textsOf(payload, 'reasons').join(' ')

/** Until when, and the concerns about the runtime that the trader accepted. */
export function armed(payload: Payload): string {
  const until = payload['until']
  return joined([
    typeof until === 'number' && `until ${momentInZone(until, until)}`,
    ...textsOf(payload, 'despite').map((code) => `despite ${codeInWords(code)}`),
  ])
}

/** How many times in a row. */
export const attempt = (payload: Payload) => {
  const nth = amountOf(payload, 0, 'attempt')
  return nth && `attempt ${nth}`
}
