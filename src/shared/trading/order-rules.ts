import { Decimal } from 'decimal.js'
import type { OrderDraft, OrderType, TimeInForce } from './order.ts'

/** Whether an order of this type has a limit price. */
export const hasLimitPrice = (type: OrderType): boolean => type === 'limit' || type === 'stop_limit'

/** Whether an order of this type has a stop price of its own; a trailing stop's follows the market. */
export const hasStopPrice = (type: OrderType): boolean => type === 'stop' || type === 'stop_limit'

/** Whether an order is for the opening or the closing auction. */
export const isForAuction = (timeInForce: TimeInForce): boolean =>
  timeInForce === 'opg' || timeInForce === 'cls'

/** Whether what is not filled immediately is canceled. */
export const isImmediate = (timeInForce: TimeInForce): boolean =>
  timeInForce === 'ioc' || timeInForce === 'fok'

/** Kind of an order's amount: a whole number of shares, a fractional one, or dollars. */
export type SizeKind = 'whole' | 'fraction' | 'dollars'

/** The kind of an order's amount; an order without one counts as whole. */
export function amountKind({ quantity, notional }: Pick<OrderDraft, 'quantity' | 'notional'>): SizeKind {
  if (quantity === undefined) return notional === undefined ? 'whole' : 'dollars'
  return new Decimal(quantity).isInteger() ? 'whole' : 'fraction'
}

/** The parts of an order that must fit together. */
export interface OrderKind extends Pick<OrderDraft, 'type' | 'timeInForce' | 'orderClass' | 'extendedHours'> {
  readonly amount: SizeKind
}

/** The parts of a draft that must fit together. */
export const kindOf = (draft: OrderDraft): OrderKind => ({ ...draft, amount: amountKind(draft) })

interface Rule {
  /** The two parts that must fit together. */
  readonly between: readonly [keyof OrderKind, keyof OrderKind]
  readonly isBroken: (kind: OrderKind) => boolean
  /** The rule in words, as a clause without a capital. */
  readonly clause: string
}

const hasExits = ({ orderClass }: OrderKind): boolean => orderClass !== 'simple'

/** Alpaca's rules ("Placing orders" and "Fractional trading", as of 2026-06), most serious first. */
const RULES = {
  'oco-is-limit': {
    between: ['orderClass', 'type'],
    isBroken: ({ orderClass, type }) => orderClass === 'oco' && type !== 'limit',
    clause: 'OCO needs a limit and a stop',
  },
  'trailing-stop-has-no-exits': {
    between: ['orderClass', 'type'],
    isBroken: (kind) => hasExits(kind) && kind.type === 'trailing_stop',
    clause: 'trailing stop can’t have exits',
  },
  'dollars-are-market': {
    between: ['amount', 'type'],
    isBroken: ({ amount, type }) => amount === 'dollars' && type !== 'market',
    clause: 'dollar orders are market only',
  },
  'dollars-have-no-exits': {
    between: ['amount', 'orderClass'],
    isBroken: (kind) => kind.amount === 'dollars' && hasExits(kind),
    clause: 'dollar orders can’t have exits',
  },
  'dollars-are-regular-hours': {
    between: ['amount', 'extendedHours'],
    isBroken: ({ amount, extendedHours }) => amount === 'dollars' && extendedHours,
    clause: 'dollar orders: regular hours only',
  },
  'fraction-has-no-exits': {
    between: ['amount', 'orderClass'],
    isBroken: (kind) => kind.amount === 'fraction' && hasExits(kind),
    clause: 'brackets: whole shares only',
  },
  'fraction-does-not-trail': {
    between: ['amount', 'type'],
    isBroken: ({ amount, type }) => amount === 'fraction' && type === 'trailing_stop',
    clause: 'trailing stops: whole shares only',
  },
  'fraction-lasts-day': {
    between: ['amount', 'timeInForce'],
    isBroken: ({ amount, timeInForce }) => amount !== 'whole' && timeInForce !== 'day',
    clause: 'fractional and dollar orders: Day only',
  },
  'extended-has-no-exits': {
    between: ['extendedHours', 'orderClass'],
    isBroken: (kind) => kind.extendedHours && hasExits(kind),
    clause: 'brackets: regular hours only',
  },
  'extended-is-limit': {
    between: ['extendedHours', 'type'],
    isBroken: ({ extendedHours, type }) => extendedHours && type !== 'limit',
    clause: 'extended hours: limit orders only',
  },
  // The reference allows GTC too, the guide does not; Day is accepted by both.
  'extended-lasts-day': {
    between: ['extendedHours', 'timeInForce'],
    isBroken: ({ extendedHours, timeInForce }) => extendedHours && timeInForce !== 'day',
    clause: 'extended hours: Day orders only',
  },
  'exits-last-day-or-gtc': {
    between: ['orderClass', 'timeInForce'],
    isBroken: (kind) => hasExits(kind) && kind.timeInForce !== 'day' && kind.timeInForce !== 'gtc',
    clause: 'bracket orders: Day or GTC only',
  },
  'auction-or-at-once-is-plain': {
    between: ['timeInForce', 'type'],
    isBroken: ({ timeInForce, type }) =>
      (isForAuction(timeInForce) || isImmediate(timeInForce)) && type !== 'market' && type !== 'limit',
    clause: 'market and limit orders only',
  },
} as const satisfies Record<string, Rule>

/** A rule that an order can break. */
export type OrderRule = keyof typeof RULES

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of RULES are the rules
const NAMES = Object.keys(RULES) as readonly OrderRule[]

/** The rules that an order breaks, most serious first. */
export const brokenRules = (kind: OrderKind): readonly OrderRule[] =>
  NAMES.filter((rule) => RULES[rule].isBroken(kind))

/** Whether a rule is about this part of an order. */
export const isAbout = (rule: OrderRule, part: keyof OrderKind): boolean =>
  RULES[rule].between.some((one) => one === part)

/** A broken rule as a clause without a capital: `extended hours: limit orders only`. */
export const describeOrderRule = (rule: OrderRule, { timeInForce }: OrderKind): string =>
  rule === 'auction-or-at-once-is-plain'
    ? `${timeInForce.toUpperCase()}: ${RULES[rule].clause}`
    : RULES[rule].clause

/** A clause as a sentence: `Extended hours: limit orders only.` */
export const asSentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`
