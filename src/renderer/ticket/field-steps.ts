import { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import { nearestTick, stepTicks } from '#shared/trading/tick-size'
import { readAmount } from '../ui/amount.ts'
import { joinPrice, movedBy, priceText } from './price-steps.ts'
import { textOf, type AmountField, type ExitUnit, type TicketForm, type TrailUnit } from './ticket-form.ts'

/** Whether a field's amount is a price in dollars per share. */
function isPrice(form: TicketForm, field: AmountField): boolean {
  if (field === 'target' || field === 'stop') return form[field].unit === 'price'
  return field === 'limitPrice' || field === 'stopPrice' || field === 'stopLimit'
}

/** The round lot for a price of this size, shares. SEC rule 600(b)(93), in force since 2025-11-03. */
function lotAt(price: Decimal | undefined): number {
  if (!price || price.lte(250)) return 100
  if (price.lte(1_000)) return 40
  return price.lte(10_000) ? 10 : 1
}

/** What one press of an arrow adds to a distance. */
const STEPS: Readonly<Record<ExitUnit | TrailUnit, Decimal>> = {
  price: new Decimal('0.01'),
  dollars: new Decimal('0.01'),
  percent: new Decimal('0.1'),
  ticks: new Decimal(1),
  r: new Decimal('0.5'),
  atr: new Decimal('0.5'),
}

/** What one press of an arrow adds to an amount that is not a price. */
function stepOf(form: TicketForm, field: AmountField, now: Decimal, row: MarketRow | undefined): Decimal {
  if (field === 'quantity') {
    if (form.quantityUnit === 'power') return new Decimal(1)
    if (form.quantityUnit === 'risk') return new Decimal(10)
    if (form.quantityUnit !== 'shares') return new Decimal(100)
    const lot = lotAt(row?.price === undefined ? undefined : new Decimal(row.price))
    return new Decimal(now.mod(lot).isZero() ? lot : 1)
  }
  if (field === 'trail') return STEPS[form.trailUnit]
  return field === 'target' || field === 'stop' ? STEPS[form[field].unit] : STEPS.percent
}

/** Reads any number, including prices off the tick, which step to the next tick. */
const anyNumber = (text: string) => readAmount(text.replace(/[$%]/, ''), 'shares')

/** Where an empty price field starts. */
function priceToBegin(form: TicketForm, field: AmountField, row: MarketRow | undefined): string | undefined {
  const joined = row && joinPrice(form.side, row)
  return field === 'limitPrice'
    ? joined
    : field === 'stopPrice'
      ? (row?.price ?? joined)
      : form.limitPrice || joined
}

/**
 * The text of a field after some steps: a price by ticks, shares by lots. Text that is not an amount stays as
 * it is.
 */
export function steppedText(
  form: TicketForm,
  field: AmountField,
  steps: number,
  row: MarketRow | undefined,
): string {
  const text = textOf(form, field)
  const typed = anyNumber(text)
  if (typed.kind === 'refused') return text
  if (isPrice(form, field)) {
    if (typed.kind === 'read') return priceText(stepTicks(new Decimal(typed.value), steps))
    const begin = priceToBegin(form, field, row)
    return begin === undefined ? text : priceText(nearestTick(new Decimal(begin)))
  }
  const now = new Decimal(typed.kind === 'read' ? typed.value : 0)
  const step = stepOf(form, field, now, row)
  const next = now.plus(step.times(steps))
  if (next.gt(0)) return next.toFixed()
  const byOne = now.plus(Math.sign(steps))
  return field === 'quantity' && form.quantityUnit === 'shares' && byOne.gt(0) ? byOne.toFixed() : text
}

/** The text of a field moved by a percentage: a price to a tick, shares to whole numbers. */
export function movedText(form: TicketForm, field: AmountField, percent: number): string {
  const text = textOf(form, field)
  const typed = anyNumber(text)
  if (typed.kind !== 'read') return text
  const now = new Decimal(typed.value)
  if (isPrice(form, field)) return priceText(movedBy(now, percent))
  const moved = now.times(new Decimal(percent).div(100).plus(1))
  const rounded = moved.toDecimalPlaces(
    field === 'quantity' ? 0 : 2,
    percent > 0 ? Decimal.ROUND_UP : Decimal.ROUND_DOWN,
  )
  return rounded.gt(0) ? rounded.toFixed() : text
}

/** The preset before or after the current quantity. */
export function presetBeside(
  presets: readonly string[],
  size: string | undefined,
  by: 1 | -1,
): string | undefined {
  const at = size === undefined ? -1 : presets.indexOf(size)
  if (at < 0) return by > 0 ? presets[0] : presets.at(-1)
  return presets[Math.min(presets.length - 1, Math.max(0, at + by))]
}
