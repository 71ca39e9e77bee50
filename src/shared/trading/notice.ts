import * as z from 'zod'
import type { StockSymbol } from '../units.ts'

/** What a notice is about; the trader can mute each kind. `order`: anything else about an order or a position. */
export const noticeKind = z.enum(['fill', 'rejection', 'cancel', 'alert', 'order'])
export type NoticeKind = z.output<typeof noticeKind>

/** The key of everything told about one order. */
export const orderKey = (orderId: string): string => `order ${orderId}`

/** Something that happened to an order or a position, told once in every window. */
export interface TradingNotice {
  readonly kind: NoticeKind
  /** A later notice with the same key replaces this one: those about one order share it. */
  readonly key: string
  readonly tone: 'done' | 'warning' | 'failed'
  /** In full sentences. */
  readonly text: string
  readonly symbol?: StockSymbol
  readonly orderId?: string
}
