import { Decimal } from 'decimal.js'
import { formatDecimal } from '#shared/format/numbers'
import type { OrderDraft } from '#shared/trading/order'
import { roundToTick, stepTicks } from '#shared/trading/tick-size'
import { toPrice } from '#shared/units'
import type { Findings } from './findings.ts'
import type { AmountKind } from '../ui/amount.ts'
import {
  hasStopExit,
  hasTarget,
  opposite,
  type ExitText,
  type ExitUnit,
  type TicketForm,
} from './ticket-form.ts'

/** The exits, as read from the form. */
export interface ReadExits extends Pick<OrderDraft, 'takeProfit' | 'stopLoss'> {
  readonly stopAt?: Decimal
}

/** What distances are measured from and in; absent while unknown. */
interface ExitBasis {
  readonly entry: Decimal | undefined
  /** US dollars per share between entry and stop. */
  readonly risk?: Decimal | undefined
  /** Usual range of a minute, US dollars. */
  readonly atr?: Decimal | undefined
}

const KINDS: Readonly<Record<ExitUnit, AmountKind>> = {
  price: 'price',
  dollars: 'distance',
  percent: 'percent',
  ticks: 'ticks',
  r: 'multiple',
  atr: 'multiple',
}

/**
 * The exits as prices. Distances are measured from the entry and rounded to the tick, which the note says.
 */
export function readExits(form: TicketForm, { entry, atr }: ExitBasis, found: Findings): ReadExits {
  // An OCO's own side is that of its exits: it closes what the other side opened.
  const opens = form.orderClass === 'oco' ? opposite(form.side) : form.side
  const [up, down] = opens === 'buy' ? ([1, -1] as const) : ([-1, 1] as const)
  const stopAt = hasStopExit(form) ? exitPrice('stop', form.stop, down, { entry, atr }, found) : undefined
  const risk = entry && stopAt && entry.minus(stopAt).abs()
  const targetAt = hasTarget(form) ? exitPrice('target', form.target, up, { entry, risk }, found) : undefined
  const limit = hasStopExit(form) ? found.amount('stopLimit', form.stopLimit, 'price') : undefined
  return {
    ...(stopAt && { stopAt }),
    ...(targetAt && { takeProfit: { limitPrice: toPrice(targetAt) } }),
    ...(stopAt && { stopLoss: { stopPrice: toPrice(stopAt), ...(limit && { limitPrice: toPrice(limit) }) } }),
  }
}

/** The price of an exit; `direction` is 1 if it lies above the entry. */
function exitPrice(
  field: 'target' | 'stop',
  { text, unit }: ExitText,
  direction: 1 | -1,
  basis: ExitBasis,
  found: Findings,
): Decimal | undefined {
  const typed = found.amount(field, text, KINDS[unit])
  if (!typed || unit === 'price') return typed
  const exact = levelAt(unit, typed, direction, basis)
  if (typeof exact === 'string') return found.refuse(field, exact)
  // Toward the entry: the stop loses no more than stated, and the target is reached no later.
  const price = roundToTick(exact, direction > 0 ? 'down' : 'up')
  found.note(field, `= ${formatDecimal(price.toFixed(), 2)}${price.eq(exact) ? '' : ' (rounded)'}`)
  return price
}

/** The level that lies so far from the entry, exact; or why there is none. */
function levelAt(
  unit: Exclude<ExitUnit, 'price'>,
  typed: Decimal,
  direction: 1 | -1,
  { entry, risk, atr }: ExitBasis,
): Decimal | string {
  if (!entry) return 'No entry price yet. Enter a price.'
  if (unit === 'r' && !risk) return 'Set a stop price first to use R.'
  if (unit === 'atr' && !atr) return 'No ATR yet: it takes 15 1-min bars. Use another unit.'
  if (unit === 'ticks') {
    const steps = typed.times(direction).toNumber()
    const level = stepTicks(entry, steps)
    return direction < 0 && level.eq(stepTicks(level, -1)) ? 'Must be closer than the price itself.' : level
  }
  const away = {
    percent: () => entry.times(typed).div(100),
    dollars: () => typed,
    r: () => typed.times(risk ?? 0),
    atr: () => typed.times(atr ?? 0),
  }[unit]()
  const exact = entry.plus(away.times(direction))
  if (exact.gt(0)) return exact
  return unit === 'percent' ? 'Must be under 100%.' : 'Must be closer than the price itself.'
}
