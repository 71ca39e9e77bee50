import { Decimal } from 'decimal.js'
import { dollarsEach } from '#shared/format/money'
import type { MarketRow } from '#shared/market'
import type { OrderDraft } from '#shared/trading/order'
import type { TicketField } from '#shared/trading/problem'
import { readSymbol } from '#shared/symbol-list'
import { tickSize } from '#shared/trading/tick-size'
import { toPrice, toQuantity, type Price } from '#shared/units'
import type { AmountKind } from '../ui/amount.ts'
import { Findings, type FieldError } from './findings.ts'
import { readExits } from './read-exits.ts'
import { sharesFor } from './shares.ts'
import type { SizeLimits } from './size-caps.ts'
import {
  hasLimit,
  hasStop,
  hasTrail,
  type AmountField,
  type QuantityUnit,
  type TicketForm,
  type TrailUnit,
} from './ticket-form.ts'

/** What the form is read with: account and market. */
export interface TicketContext {
  readonly row?: MarketRow | undefined
  readonly size?: SizeLimits | undefined
  /** Usual range of a minute, US dollars; absent while unknown. */
  readonly atr?: string | undefined
}

/** Result of reading the form. */
export interface ReadTicket {
  /** Absent without a symbol. Fields that could not be read are left out. */
  readonly draft?: OrderDraft
  readonly errors: Readonly<Partial<Record<AmountField | 'symbol', FieldError>>>
  /** How amounts were read, converted or rounded. */
  readonly notes: Readonly<Partial<Record<AmountField, string>>>
  /** The price that the order is calculated with. */
  readonly entry?: Decimal
}

/** The ticket field that shows the problems of each form field. */
export const FIELD_OF: Readonly<Record<AmountField | 'symbol', TicketField>> = {
  symbol: 'symbol',
  quantity: 'quantity',
  limitPrice: 'limitPrice',
  stopPrice: 'stopPrice',
  trail: 'trail',
  target: 'takeProfit',
  stop: 'stopLoss',
  stopLimit: 'stopLoss',
}

const TRAIL_KINDS: Record<TrailUnit, AmountKind> = {
  dollars: 'dollars',
  percent: 'percent',
  ticks: 'ticks',
}

const KINDS: Record<QuantityUnit, AmountKind> = {
  shares: 'shares',
  dollars: 'dollars',
  fraction: 'dollars',
  power: 'percent',
  risk: 'dollars',
}

/** Reads the form: an error is reported at its field, and the rest is still read. */
export function readForm(form: TicketForm, facts: TicketContext): ReadTicket {
  const found = new Findings()
  const limit = hasLimit(form) ? found.amount('limitPrice', form.limitPrice, 'price') : undefined
  const stop = hasStop(form) ? found.amount('stopPrice', form.stopPrice, 'price') : undefined
  const entry = entryPrice(form, facts.row, limit, stop)
  const trail = hasTrail(form) ? readTrail(form, entry, found) : undefined
  const atr = facts.atr === undefined ? undefined : new Decimal(facts.atr)
  const exits = readExits(form, { entry, atr }, found)
  const typed = found.amount('quantity', form.quantity, KINDS[form.quantityUnit])
  const shares =
    typed &&
    sharesFor(
      form,
      typed,
      { entry, exitAt: exits.stopAt, power: facts.size?.account?.buyingPower, size: facts.size ?? {} },
      found,
    )
  const symbol = readTyped(form.symbol, found)
  return {
    errors: found.errors,
    notes: found.notes,
    ...(entry && { entry }),
    ...(symbol && {
      draft: {
        symbol,
        side: form.side,
        type: form.type,
        timeInForce: form.timeInForce,
        orderClass: form.orderClass,
        extendedHours: form.extendedHours,
        ...(form.quantityUnit === 'fraction'
          ? typed && { notional: toPrice(typed) }
          : shares && { quantity: toQuantity(shares) }),
        ...(limit && { limitPrice: toPrice(limit) }),
        ...(stop && { stopPrice: toPrice(stop) }),
        ...trail,
        ...(exits.takeProfit && { takeProfit: exits.takeProfit }),
        ...(exits.stopLoss && { stopLoss: exits.stopLoss }),
      },
    }),
  }
}

/** The distance of a trailing stop; one in ticks becomes dollars, at the tick of the current price. */
function readTrail(
  { trail, trailUnit }: TicketForm,
  entry: Decimal | undefined,
  found: Findings,
): Pick<OrderDraft, 'trailPrice' | 'trailPercent'> | undefined {
  const typed = found.amount('trail', trail, TRAIL_KINDS[trailUnit])
  if (!typed) return undefined
  if (trailUnit === 'percent') return { trailPercent: toPrice(typed) }
  if (trailUnit === 'dollars') return { trailPrice: toPrice(typed) }
  if (!entry) return found.refuse('trail', 'No price yet. Enter $ or %.')
  const dollars = typed.times(tickSize(entry))
  found.note('trail', `= ${dollarsEach(toPrice(dollars))}`)
  return { trailPrice: toPrice(dollars) }
}

/** Reads the symbol, in any spelling. */
function readTyped(text: string, found: Findings) {
  if (text.trim() === '') return undefined
  const read = readSymbol(text)
  if (read === undefined) found.refuse('symbol', `“${text.trim()}” isn’t a valid symbol.`)
  return read
}

/** The price per share for calculations: the order's own, else the other side of a usable quote, else the last. */
function entryPrice(
  form: TicketForm,
  row: MarketRow | undefined,
  limit: Decimal | undefined,
  stop: Decimal | undefined,
): Decimal | undefined {
  if (hasLimit(form)) return limit
  if (hasStop(form)) return stop
  const side = form.side === 'buy' ? 'ask' : 'bid'
  const quoted: Price | undefined = (row?.quoteProblem === undefined ? row?.[side] : undefined) ?? row?.price
  return quoted === undefined ? undefined : new Decimal(quoted)
}
