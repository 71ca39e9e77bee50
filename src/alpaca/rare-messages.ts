import * as z from 'zod'
import type {
  CancelErrorMessage,
  CorrectionMessage,
  ImbalanceMessage,
  LuldMessage,
  MarketDataMessage,
  StatusMessage,
} from './messages.ts'
import { stamp } from './schemas.ts'
import { conditionCodes, isCount, isPrice, isSymbol, tradeId, type MalformedKind } from './wire.ts'

const symbol = z.custom<string>(isSymbol)
const price = z.custom<number>(isPrice)
const size = z.custom<number>(isCount)
const id = z.unknown().optional().transform(tradeId)
/** Explanatory texts and codes: a message without them must still be delivered. */
const words = z.string().catch('')
const conditions = z.unknown().optional().transform(conditionCodes)

const correction = z
  .object({
    S: symbol,
    x: words,
    oi: id,
    op: price,
    os: size,
    ci: id,
    cp: price,
    cs: size,
    cc: conditions,
    t: stamp,
  })
  .transform(({ S, x, oi, op, os, ci, cp, cs, cc, t }): CorrectionMessage => ({
    type: 'correction',
    symbol: S,
    exchange: x,
    original: { id: oi, price: op, size: os },
    corrected: { id: ci, price: cp, size: cs, conditions: cc },
    ...t,
  }))

const cancelError = z
  .object({ S: symbol, x: words, i: id, p: price, s: size, a: words, t: stamp })
  .transform(({ S, x, i, p, s, a, t }): CancelErrorMessage => ({
    type: 'cancelError',
    symbol: S,
    exchange: x,
    id: i,
    price: p,
    size: s,
    action: a,
    ...t,
  }))

const status = z
  .object({ S: symbol, sc: z.string().min(1), sm: words, rc: words, rm: words, t: stamp })
  .transform(({ S, sc, sm, rc, rm, t }): StatusMessage => ({
    type: 'status',
    symbol: S,
    statusCode: sc,
    statusMessage: sm,
    reasonCode: rc,
    reasonMessage: rm,
    ...t,
  }))

const luld = z
  .object({ S: symbol, u: price, d: price, i: words, t: stamp })
  .transform(({ S, u, d, i, t }): LuldMessage => ({
    type: 'luld',
    symbol: S,
    limitUp: u,
    limitDown: d,
    indicator: i,
    ...t,
  }))

const imbalance = z
  .object({ S: symbol, p: price, t: stamp })
  .transform(({ S, p, t }): ImbalanceMessage => ({ type: 'imbalance', symbol: S, price: p, ...t }))

interface RareMessage {
  readonly T: string
  readonly kind: MalformedKind
  readonly schema: z.ZodType<MarketDataMessage>
}

/** The message types rare enough to be read by a schema. */
export const RARE_MESSAGES: readonly RareMessage[] = [
  { T: 'c', kind: 'correction', schema: correction },
  { T: 'x', kind: 'cancel-error', schema: cancelError },
  { T: 's', kind: 'status', schema: status },
  { T: 'l', kind: 'luld', schema: luld },
  { T: 'i', kind: 'imbalance', schema: imbalance },
]
