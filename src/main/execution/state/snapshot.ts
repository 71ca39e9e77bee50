import { createHash } from 'node:crypto'
import { Decimal } from 'decimal.js'
import * as z from 'zod'
import { defined } from '#shared/defined'
import { parseJson } from '#shared/parse-json'
import { riskLimits } from '#shared/trading/limits'
import { orderDraft, orderSide } from '#shared/trading/order'
import { price, quantity, stockSymbol } from '#shared/units'
import type { SavedAccountState } from './account-state.ts'
import { orderTerms } from './order-terms.ts'
import { baseState } from './order.ts'

/** Raised when the meaning of events changes: older snapshots are then ignored and the whole log is read. */
const FORMAT = 2

const decimal = z.string().transform((text) => new Decimal(text))
const epochMs = z.number().int()

const holding = z
  .object({
    symbol: stockSymbol,
    quantity: decimal,
    averagePrice: decimal.optional(),
    day: z.string(),
    quantityBefore: decimal,
    spent: decimal,
    realized: decimal,
  })
  .transform(defined)

const orderRecord = z.object({
  id: z.string(),
  version: z.number().int(),
  terms: orderTerms.transform(defined),
  draft: orderDraft.optional(),
  exchangeId: z.string().optional(),
  state: baseState,
  filledQuantity: quantity,
  averagePrice: price.optional(),
  requestedAt: epochMs,
  updatedAt: epochMs,
  legs: z.array(z.object({ id: z.string(), leg: z.enum(['take-profit', 'stop-loss']) })),
  replaces: z.string().optional(),
  replacedBy: z.string().optional(),
  filledThen: quantity.optional(),
  opens: z.string().optional(),
  cancelRequestedAt: epochMs.optional(),
  replaceRequestedAt: epochMs.optional(),
  doneForDayAt: epochMs.optional(),
  termsUpdatedAt: epochMs.optional(),
  amendedAt: epochMs.optional(),
  amendments: z.array(z.string()).optional(),
  problem: z.string().optional(),
})

const fill = z
  .object({
    executionId: z.string(),
    orderId: z.string(),
    symbol: stockSymbol,
    side: orderSide,
    quantity,
    price,
    at: epochMs,
    nanos: z.number().int().optional(),
    isSum: z.literal(true).optional(),
  })
  .transform(defined)

const state = z.object({
  account: z
    .object({
      id: z.string(),
      endsWith: z.string(),
      openedAt: epochMs,
      openedAtExchange: epochMs.optional(),
    })
    .transform(defined)
    .optional(),
  cash: decimal.optional(),
  risk: z
    .object({
      limits: riskLimits,
      haltedSince: epochMs.optional(),
      lossReached: z.object({ day: z.string(), at: epochMs }).optional(),
    })
    .transform(defined),
  holdings: z.array(z.object({ base: holding, fills: z.array(fill) })),
  orders: z.array(orderRecord.transform(defined)),
  fills: z.array(fill),
  filledBefore: z.array(z.object({ id: z.string(), quantity, averagePrice: price.optional() })),
  versions: z.object({ account: z.number().int(), risk: z.number().int() }),
  comparedAt: epochMs.optional(),
  exchangeAt: epochMs.optional(),
})

const snapshot = z.object({
  format: z.literal(FORMAT),
  lastId: z.number().int(),
  state,
})

/** The account state after one event of the log, so that a start reads only later events. */
export interface AccountStateSnapshot {
  /** Id of the last event included, in the whole log. */
  readonly lastId: number
  readonly state: SavedAccountState
  /** Hash of the stored text; the log has it in an event that follows, or the snapshot is not used. */
  readonly sha256: string
}

/** The text to store. Decimals become their exact text. */
export const toSnapshot = ({ lastId, state: accountState }: Omit<AccountStateSnapshot, 'sha256'>): string =>
  JSON.stringify({ format: FORMAT, lastId, state: accountState })

/** The hash of a stored text, as the log has it. */
export const hashOfSnapshot = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Reads a stored snapshot; nothing if it cannot be used, and the account state is then folded from the first event. */
export function readSnapshot(text: string): AccountStateSnapshot | undefined {
  const read = snapshot.safeParse(parseJson(text))
  if (!read.success) return undefined
  const { lastId, state: accountState } = read.data
  const { account, cash, ...rest } = accountState
  return { lastId, sha256: hashOfSnapshot(text), state: { ...defined(rest), account, cash } }
}
