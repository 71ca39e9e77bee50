import * as z from 'zod'
import { fault } from './faults.ts'
import type { DemoMarketUrls } from './index.ts'
import { demoMarketOptions, type DemoMarketOptions } from './options.ts'
import type { FaultOrder } from './faults.ts'
import type { SentCounts } from './sent.ts'
import type { DemoOrder } from './trading/index.ts'

/** What the parent tells a demo market that runs as its child. */
export const parentMessage = z.discriminatedUnion('type', [
  /** Once, at first. Answered by `ready` or `failed`. */
  z.object({ type: z.literal('start'), options: demoMarketOptions }),
  z.object({ type: z.literal('fault'), fault }),
  z.object({ type: z.literal('behave') }),
  /** Answered by `sent`. */
  z.object({ type: z.literal('sent') }),
  /** Answered by `orders`. */
  z.object({ type: z.literal('orders') }),
])

/** The same, as the parent writes it: options may be left out. */
export type ParentMessage =
  | { readonly type: 'start'; readonly options: DemoMarketOptions }
  | { readonly type: 'fault'; readonly fault: FaultOrder }
  | { readonly type: 'behave' }
  | { readonly type: 'sent' }
  | { readonly type: 'orders' }

/** What the child tells its parent. After `failed` it exits. */
export type ChildMessage =
  | {
      readonly type: 'ready'
      readonly environment: Readonly<Record<string, string>>
      readonly urls: DemoMarketUrls
    }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'sent'; readonly counts: SentCounts }
  | { readonly type: 'orders'; readonly orders: readonly DemoOrder[] }
  /** Something that whoever keeps the log should know. */
  | { readonly type: 'log'; readonly line: string }
