import type { EpochMs, StockSymbol } from '#shared/units'

/** What a flatten has done so far. */
export interface FlattenProgress {
  readonly startedAt: EpochMs
  /** Since when no order is without an answer. */
  answeredAt: EpochMs
  /** Orders that it asked to cancel, by the exchange's id. */
  readonly asked: Set<string>
  /** Orders without an answer when it began, by our id: they are canceled when they show up. */
  waitedFor: ReadonlySet<string>
  /** The symbols of the orders to close positions that the exchange took. */
  readonly sent: StockSymbol[]
  readonly refused: string[]
  /** When it last asked to cancel an order, by id. */
  readonly askedAt: Map<string, EpochMs>
  /** The orders that it sent, by symbol. */
  readonly closers: Map<StockSymbol, string[]>
}

/** A flatten that begins now. */
export const newProgress = (now: EpochMs): FlattenProgress => ({
  startedAt: now,
  answeredAt: now,
  asked: new Set(),
  waitedFor: new Set(),
  sent: [],
  refused: [],
  askedAt: new Map(),
  closers: new Map(),
})

/** Whether the flatten sent this order to close a position. */
export const isCloser = ({ closers }: FlattenProgress, id: string): boolean =>
  [...closers.values()].some((ids) => ids.includes(id))
