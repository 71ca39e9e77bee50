import * as z from 'zod'
import { stockSymbol, type EpochMs, type StockSymbol } from '../units.ts'

/** An event of the log for display. Events of an unknown kind or version are shown too. */
export interface AuditEvent {
  readonly id: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly payload: { readonly [name: string]: unknown }
  readonly at: EpochMs
  readonly hash: string
  /** For an order's event: the symbol of the order, as its first event has it. Absent where it was not asked for. */
  readonly symbol?: StockSymbol
}

/** Types of the events that an order's stream begins with; their payloads name its symbol. */
export const FIRST_OF_ORDER = ['OrderRequested', 'OrderDenied', 'ExternalOrderDetected'] as const
/** Types of the other events whose payloads name symbols. */
export const NAMES_SYMBOLS = [
  'PositionCloseDenied',
  'AccountOpened',
  'Reconciled',
  'PositionAdjusted',
  'HistoryFilled',
] as const

/** Which events: those that match every given field. */
export const auditFilter = z.object({
  stream: z.string().max(200).optional(),
  /** The beginning of the stream's name. Up to a colon, as in `paper:`, an index finds them. */
  streamPrefix: z.string().max(200).optional(),
  /** All events of orders in this symbol, and others that name it. */
  symbol: stockSymbol.optional(),
  /** Any of these. */
  types: z.array(z.string().max(100)).min(1).max(100).readonly().optional(),
  /** from <= at < until, epoch ms. */
  from: z.number().int().optional(),
  until: z.number().int().optional(),
})

/** Whether an event belongs to an order in this symbol, or names it: storage finds the same ones. */
export function concerns({ type, symbol, payload }: AuditEvent, wanted: StockSymbol): boolean {
  const names: readonly string[] = NAMES_SYMBOLS
  if (!names.includes(type)) return symbol === wanted
  const text = JSON.stringify(payload)
  return text.includes(`"symbol":"${wanted}"`) || text.includes(`"of":"${wanted}"`)
}

/** An event of a log that Signal recorded outside the database. */
const logAnchor = z.object({
  id: z.number().int().min(1),
  hash: z.string().max(100),
  /** When the log was first recorded there, epoch ms; each later record continues the one before. */
  since: z.number().int(),
})
export type LogAnchor = z.output<typeof logAnchor>

/** What is known of one log outside its database. */
export const knownLog = z.object({
  /** The log's random identity. */
  log: z.string().min(1).max(100),
  /** Where its database is, for people. */
  place: z.string().max(2_000),
  anchor: logAnchor,
})
export type KnownLog = z.output<typeof knownLog>

/** How much of a log was checked, and with what. */
export interface CheckedLog {
  /** The first event that was read; what came before it was not. */
  readonly from: number
  /** Events in the log, which is the id of the last one. */
  readonly events: number
  readonly lastHash: string
  /** What was recorded outside the database, and matches. Without it, a log that was rebuilt as a whole holds too. */
  readonly anchor?: LogAnchor
}

/**
 * What the hashes of the log show. `intact`: everything that was checked holds; `unguarded`: it holds, but the triggers
 * that refuse changes were changed or removed; `replaced`: it holds, but another log was in use at this place before.
 */
export type LogVerdict =
  | ({ readonly kind: 'intact' } & CheckedLog)
  | ({ readonly kind: 'unguarded' } & CheckedLog)
  | ({ readonly kind: 'replaced'; readonly before: LogAnchor } & CheckedLog)
  | {
      readonly kind: 'broken'
      /** The first position in the log where the problem shows. */
      readonly id: number
      readonly reason: string
    }

/** The longest payload, characters of JSON: an account that opens with 20,000 known orders takes less. */
export const MAX_PAYLOAD_LENGTH = 4_000_000

/** The event as a window may see it: without the characters that arm the live account. */
export function forWindow(event: AuditEvent): AuditEvent {
  const { endsWith: _secret, ...payload } = event.payload
  return event.stream === 'live:account' ? { ...event, payload } : event
}
