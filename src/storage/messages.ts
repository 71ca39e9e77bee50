import * as z from 'zod'
import { barFeed } from '#shared/history'

/** What the process needs to start; sent again whenever it changes. */
const storageConfig = z.object({
  databaseUrl: z.string(),
  /** The demo market's schema on a server. */
  schema: z.literal('signal_demo').optional(),
  /** The ALPACA_* variables to download bars with; absent if there are no keys. */
  alpaca: z.record(z.string(), z.string()).optional(),
  /** What bars of that market are stored as; loads of other feeds wait. Any feed if absent. */
  feeds: z.array(barFeed).optional(),
  logFile: z.string().optional(),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']),
})
export type StorageConfig = z.output<typeof storageConfig>

/** Messages from main to the storage process. */
export const parentMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('configure'), config: storageConfig }),
  z.object({ type: z.literal('call'), id: z.number(), path: z.string(), input: z.unknown().optional() }),
])
export type StorageParentMessage = z.output<typeof parentMessage>

/** Messages from the storage process to main. */
export type StorageChildMessage =
  /** Calls are answered from now on. */
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly type: 'event'; readonly path: string; readonly payload: unknown }
