import { Decimal } from 'decimal.js'
import { formatDecimal } from '#shared/format/numbers'
import type { OrderDraft } from '#shared/trading/order'
import { roundToTick } from '#shared/trading/tick-size'
import { toPrice } from '#shared/units'
import type { Findings } from './findings.ts'
import { hasStopExit, hasTarget, opposite, type ExitText, type TicketForm } from './ticket-form.ts'

/** The exits, as read from the form. */
export interface ReadExits extends Pick<OrderDraft, 'takeProfit' | 'stopLoss'> {
  readonly stopAt?: Decimal
}

/**
 * The exits as prices. Percent and R are calculated from the entry and rounded to the tick, which the note
 * says.
 */
export function readExits(form: TicketForm, entry: Decimal | undefined, found: Findings): ReadExits {
  // An OCO's own side is that of its exits: it closes what the other side opened.
  const opens = form.orderClass === 'oco' ? opposite(form.side) : form.side
  const up = opens === 'buy' ? 1 : -1
  const stopAt = hasStopExit(form) ? exitPrice('stop', form.stop, -up, entry, undefined, found) : undefined
  const risk = entry && stopAt && entry.minus(stopAt).abs()
  const targetAt = hasTarget(form) ? exitPrice('target', form.target, up, entry, risk, found) : undefined
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
  direction: number,
  entry: Decimal | undefined,
  risk: Decimal | undefined,
  found: Findings,
): Decimal | undefined {
  const kind = unit === 'price' ? 'price' : unit === 'percent' ? 'percent' : 'multiple'
  const typed = found.amount(field, text, kind)
  if (!typed || unit === 'price') return typed
  if (!entry) {
    found.refuse(field, 'There is no entry price yet to reckon from. Type a price instead.')
    return undefined
  }
  if (unit === 'r' && !risk) {
    found.refuse(
      field,
      'R counts the risk between entry and stop: give the stop a price first, or type a price here.',
    )
    return undefined
  }
  const away = unit === 'percent' ? entry.times(typed).div(100) : typed.times(risk ?? 0)
  const exact = entry.plus(away.times(direction))
  if (exact.lte(0)) {
    found.refuse(field, `${typed.toFixed()}% below the entry leaves no price. Use less than 100%.`)
    return undefined
  }
  // Toward the entry: the stop loses no more than stated, and the target is reached no later.
  const price = roundToTick(exact, direction > 0 ? 'down' : 'up')
  const shown = formatDecimal(price.toFixed(), 2)
  found.note(
    field,
    price.eq(exact) ? `At ${shown}.` : `At ${shown}, rounded from ${exact.toDecimalPlaces(6).toFixed()}.`,
  )
  return price
}
