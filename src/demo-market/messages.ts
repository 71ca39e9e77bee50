import * as z from 'zod'
import { fault } from './faults.ts'
import type { DemoMarketUrls } from './index.ts'
import { demoMarketOptions, type DemoMarketOptions } from './options.ts'
import type { FaultRequest } from './faults.ts'
import type { SentCounts } from './sent.ts'
import type { SimOrder } from './trading/index.ts'

/** Messages from the parent to a demo market running as its child. */
export const parentMessage = z.discriminatedUnion('type', [
  /** Sent once, first. Answered by `ready` or `failed`. */
  z.object({ type: z.literal('start'), options: demoMarketOptions }),
  z.object({ type: z.literal('fault'), fault }),
  z.object({ type: z.literal('clear-faults') }),
  /** Answered by `sent`. */
  z.object({ type: z.literal('sent') }),
  /** Answered by `orders`. */
  z.object({ type: z.literal('orders') }),
])

/** The same as the parent writes it: options may be omitted. */
export type DemoParentMessage =
  | { readonly type: 'start'; readonly options: DemoMarketOptions }
  | { readonly type: 'fault'; readonly fault: FaultRequest }
  | { readonly type: 'clear-faults' }
  | { readonly type: 'sent' }
  | { readonly type: 'orders' }

/** Messages from the child to its parent. After `failed` it exits. */
export type DemoChildMessage =
  | {
      readonly type: 'ready'
      readonly environment: Readonly<Record<string, string>>
      readonly urls: DemoMarketUrls
      readonly controlToken: string | undefined
    }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'sent'; readonly counts: SentCounts }
  | { readonly type: 'orders'; readonly orders: readonly SimOrder[] }
  /** A line for the parent's log. */
  | { readonly type: 'log'; readonly line: string }
