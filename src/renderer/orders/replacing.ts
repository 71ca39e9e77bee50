import { Decimal } from 'decimal.js'
import { create } from 'zustand'
import { defined } from '#shared/defined'
import type { OrderChange, OrderView } from '#shared/trading/order'
import type { OrderProblem, TicketField } from '#shared/trading/problem'
import { replaceObstacle } from '#shared/trading/replace-rules'
import { price, quantity } from '#shared/units'
import { readAmount } from '../ui/amount.ts'

/** A table whose lines can be edited. */
export type ReplacePlace = 'positions' | 'orders'

/** The order whose line is being edited, and in which table: an exit is in both. */
export const useReplacing = create<{
  readonly orderId?: string | undefined
  readonly place?: ReplacePlace
}>(() => ({}))

export const startReplacing = (orderId: string, place: ReplacePlace): void =>
  useReplacing.setState({ orderId, place })

export const stopReplacing = (): void => useReplacing.setState({ orderId: undefined })

/** Fields of an order that can be changed in its line. */
export const REPLACE_FIELDS = ['quantity', 'limitPrice', 'stopPrice', 'trail'] as const
export type ReplaceField = (typeof REPLACE_FIELDS)[number]

/** The fields as typed; those an order does not have are absent. */
export type ReplaceForm = { readonly [F in ReplaceField]?: string }

/** Whether an order can be changed now: Alpaca takes it, and there is something to change. */
export const canReplace = (order: OrderView, isEntryOpen = false): boolean =>
  replaceObstacle(order, isEntryOpen) === undefined && Object.keys(replaceForm(order)).length > 0

/** An order's values as text to edit. */
export function replaceForm(order: OrderView): ReplaceForm {
  const { quantity: shares, limitPrice, stopPrice, trailPrice, trailPercent } = order
  const trail = trailPrice ?? trailPercent
  return {
    ...(shares !== undefined && order.leg === undefined && { quantity: shares }),
    ...(limitPrice !== undefined && { limitPrice }),
    ...(stopPrice !== undefined && { stopPrice }),
    ...(trail !== undefined && { trail }),
  }
}

/** What is wrong, by field; problems of no single field are under `whole`. */
export type ReplaceErrors = { readonly [F in ReplaceField | 'whole']?: string }

/** A form after reading: the change it makes, or why it makes none. */
export interface ReadReplace {
  readonly change: OrderChange
  readonly errors: ReplaceErrors
}

const KINDS = { quantity: 'shares', limitPrice: 'price', stopPrice: 'price' } as const
const EMPTY = 'Enter a number.'

/** Reads what was typed. Only what differs from the order is changed; nothing is rounded. */
export function readReplace(order: OrderView, form: ReplaceForm): ReadReplace {
  const before = replaceForm(order)
  const errors: { [F in ReplaceField | 'whole']?: string } = {}
  const read: { [F in ReplaceField]?: string } = {}
  for (const field of REPLACE_FIELDS) {
    const text = form[field]
    const was = before[field]
    if (text === undefined || was === undefined) continue
    const kind = field === 'trail' ? (order.trailPercent === undefined ? 'price' : 'percent') : KINDS[field]
    const amount = readAmount(text, kind)
    if (amount.kind === 'empty') errors[field] = EMPTY
    else if (amount.kind === 'refused') errors[field] = amount.sentence
    else if (!new Decimal(amount.value).eq(was)) read[field] = amount.value
  }
  const filled = new Decimal(order.filledQuantity)
  if (read.quantity !== undefined && filled.gte(read.quantity)) {
    errors.quantity = `Must exceed ${filled.toFixed()} filled.`
  }
  const isSame = Object.keys(read).length === 0 && Object.keys(errors).length === 0
  if (isSame) errors.whole = 'No changes.'
  return {
    change: {
      ...(read.quantity !== undefined && { quantity: quantity.parse(read.quantity) }),
      ...(read.limitPrice !== undefined && { limitPrice: price.parse(read.limitPrice) }),
      ...(read.stopPrice !== undefined && { stopPrice: price.parse(read.stopPrice) }),
      ...(read.trail !== undefined && { trail: price.parse(read.trail) }),
    },
    errors,
  }
}

const isReplaceField = (field: TicketField | undefined): field is ReplaceField =>
  REPLACE_FIELDS.some((known) => known === field)

/** Problems by the field where each is shown. */
export function errorsOf(problems: readonly OrderProblem[], form: ReplaceForm): ReplaceErrors {
  const errors: { [F in ReplaceField | 'whole']?: string } = {}
  for (const { field, sentence } of problems) {
    const place = isReplaceField(field) && form[field] !== undefined ? field : 'whole'
    errors[place] = errors[place] === undefined ? sentence : `${errors[place]} ${sentence}`
  }
  return errors
}

/** A way out of a refused change: what to type instead, or an order to cancel first. */
export type ReplaceFix = { readonly label: string } & (
  { readonly form: ReplaceForm } | { readonly order: OrderView }
)

/** The problems' ways out, as far as this form has the fields and `orders` the order to cancel. */
export const fixesOf = (
  problems: readonly OrderProblem[],
  form: ReplaceForm,
  orders: readonly OrderView[],
): readonly ReplaceFix[] => problems.flatMap((problem) => fixOf(problem, form, orders) ?? [])

function fixOf(
  { fix }: OrderProblem,
  form: ReplaceForm,
  orders: readonly OrderView[],
): ReplaceFix | undefined {
  if (fix?.kind === 'cancel-order') {
    const order = orders.find(({ id }) => id === fix.orderId)
    return order && { label: fix.label, order }
  }
  if (fix?.kind !== 'change') return undefined
  const isTypedHere = Object.keys(fix.change).every((name) => Object.hasOwn(form, name))
  const { quantity: shares, limitPrice, stopPrice } = fix.change
  return isTypedHere
    ? { label: fix.label, form: { ...form, ...defined({ quantity: shares, limitPrice, stopPrice }) } }
    : undefined
}
