import type { Decimal } from 'decimal.js'
import * as z from 'zod'
import {
  amount,
  ORDER_CLASSES,
  ORDER_TYPES,
  POSITION_INTENTS,
  QTY_PLACES,
  type SimOrder,
  TIMES_IN_FORCE,
} from '../matching/index.ts'
import { Refusal } from '../server/index.ts'
import { invalid } from './refusals.ts'

const AMOUNT = /^-?\d{1,12}(\.\d{1,12})?$/
const CLIENT_ID_LENGTH = 128

/** An amount, as text or as a number. */
const positive = (name: string) =>
  z.preprocess(
    (raw) => (typeof raw === 'number' ? String(raw) : raw === '' ? null : raw),
    z
      .string(`${name} is invalid`)
      .regex(AMOUNT, `${name} is invalid`)
      .transform(amount)
      .refine((value) => value.gt(0), `${name} must be > 0`)
      .nullish(),
  )

const oneOf = <const T extends readonly string[]>(name: string, values: T) =>
  z.enum(values, { error: ({ input }) => (input === undefined ? `${name} is required` : `invalid ${name}`) })

const clientOrderId = z
  .string('client_order_id is invalid')
  .max(CLIENT_ID_LENGTH, `client_order_id must be no more than ${CLIENT_ID_LENGTH} characters`)
  .nullish()

const orderBody = z.object({
  symbol: z.string('symbol is required').min(1, 'symbol is required'),
  side: oneOf('side', ['buy', 'sell'] as const),
  type: oneOf('type', ORDER_TYPES),
  time_in_force: oneOf('time_in_force', TIMES_IN_FORCE),
  qty: positive('qty').refine(
    (qty) => !qty || qty.decimalPlaces() <= QTY_PLACES,
    `qty must be limited to ${QTY_PLACES} decimal places`,
  ),
  notional: positive('notional').refine(
    (notional) => !notional || notional.decimalPlaces() <= 2,
    'notional value must be limited to 2 decimal places',
  ),
  limit_price: positive('limit_price'),
  stop_price: positive('stop_price'),
  trail_price: positive('trail_price'),
  trail_percent: positive('trail_percent'),
  extended_hours: z.boolean('extended_hours is invalid').nullish(),
  client_order_id: clientOrderId,
  order_class: oneOf('order_class', ORDER_CLASSES).nullish(),
  take_profit: z.object({ limit_price: positive('take_profit.limit_price') }).nullish(),
  stop_loss: z
    .object({ stop_price: positive('stop_loss.stop_price'), limit_price: positive('stop_loss.limit_price') })
    .nullish(),
  position_intent: oneOf('position_intent', POSITION_INTENTS).nullish(),
})

const changeBody = z.object({
  qty: positive('qty'),
  limit_price: positive('limit_price'),
  stop_price: positive('stop_price'),
  trail: positive('trail'),
  time_in_force: oneOf('time_in_force', TIMES_IN_FORCE).nullish(),
  client_order_id: clientOrderId,
})

/** The prices of a pair of exits. */
export interface Exits {
  readonly takeProfit: { readonly limitPrice: Decimal } | undefined
  readonly stopLoss: { readonly stopPrice: Decimal; readonly limitPrice: Decimal | undefined } | undefined
}

/** A requested order, as far as it can be checked by itself. */
export interface SimOrderDraft extends Exits {
  readonly symbol: string
  readonly side: SimOrder['side']
  readonly type: SimOrder['type']
  readonly timeInForce: SimOrder['timeInForce']
  readonly orderClass: SimOrder['orderClass']
  readonly qty: Decimal | undefined
  readonly notional: Decimal | undefined
  readonly limitPrice: Decimal | undefined
  readonly stopPrice: Decimal | undefined
  readonly trailPrice: Decimal | undefined
  readonly trailPercent: Decimal | undefined
  readonly extendedHours: boolean
  readonly clientOrderId: string | undefined
  readonly positionIntent: SimOrder['positionIntent'] | undefined
}

/** The requested changes to an order. */
export interface SimOrderChange {
  readonly qty: Decimal | undefined
  readonly limitPrice: Decimal | undefined
  readonly stopPrice: Decimal | undefined
  readonly trail: Decimal | undefined
  readonly timeInForce: SimOrder['timeInForce'] | undefined
  readonly clientOrderId: string | undefined
}

function read<T>(schema: z.ZodType<T>, body: string): T {
  try {
    const parsed = schema.safeParse(JSON.parse(body))
    if (parsed.success) return parsed.data
    throw invalid(parsed.error.issues[0]?.message ?? 'invalid request')
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new Refusal(400, 'request body format is invalid', 40010000)
    throw cause
  }
}

/** The order that a request body asks for; throws Alpaca's answer to an invalid one. */
export function readOrder(body: string): SimOrderDraft {
  const asked = read(orderBody, body)
  const { take_profit: profit, stop_loss: loss } = asked
  const [profitLimit, lossStop] = [profit?.limit_price ?? undefined, loss?.stop_price ?? undefined]
  return {
    symbol: asked.symbol,
    side: asked.side,
    type: asked.type,
    timeInForce: asked.time_in_force,
    orderClass: asked.order_class ?? '',
    qty: asked.qty ?? undefined,
    notional: asked.notional ?? undefined,
    limitPrice: asked.limit_price ?? undefined,
    stopPrice: asked.stop_price ?? undefined,
    trailPrice: asked.trail_price ?? undefined,
    trailPercent: asked.trail_percent ?? undefined,
    extendedHours: asked.extended_hours ?? false,
    clientOrderId: asked.client_order_id ?? undefined,
    positionIntent: asked.position_intent ?? undefined,
    takeProfit: profitLimit && { limitPrice: profitLimit },
    stopLoss: lossStop && { stopPrice: lossStop, limitPrice: loss?.limit_price ?? undefined },
  }
}

/** The change that a request body asks for. */
export function readChange(body: string): SimOrderChange {
  const asked = read(changeBody, body)
  return {
    qty: asked.qty ?? undefined,
    limitPrice: asked.limit_price ?? undefined,
    stopPrice: asked.stop_price ?? undefined,
    trail: asked.trail ?? undefined,
    timeInForce: asked.time_in_force ?? undefined,
    clientOrderId: asked.client_order_id ?? undefined,
  }
}
