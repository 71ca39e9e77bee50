/**
 * A process that trades as main does, for tests that kill it: opens an account session as its first argument
 * says, and runs what its parent requests.
 */
import { flushCompileCache } from 'node:module'
import type { TradingHandlers } from '../../src/main/execution/index.ts'
import type { AuditEvent } from '../../src/shared/trading/audit.ts'
import type { TradingSnapshot } from '../../src/shared/trading/account.ts'
import { openTradingSession } from './trading-session.ts'

type ExecutionEngine = TradingHandlers

/** How to set up the account session. */
export interface HostOptions {
  readonly environment: Readonly<Record<string, string>>
  readonly dataDir: string
  readonly symbols: readonly string[]
  /** How far its clock runs ahead of the machine's; behind if negative. */
  readonly clockAheadMs: number
}

/** A request from the parent: one call of the contract, with its input. */
export type HostCall = {
  [Name in keyof ExecutionEngine]: {
    readonly id: number
    readonly name: Name
    readonly input: Parameters<ExecutionEngine[Name]>[0]
  }
}[keyof ExecutionEngine]

/** What the parent receives. */
export type HostWord =
  | { readonly type: 'ready'; readonly storagePid: number | undefined }
  | { readonly type: 'event'; readonly event: AuditEvent }
  | { readonly type: 'shown'; readonly snapshot: TradingSnapshot }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }

flushCompileCache() // it will be killed, and would save nothing

const tell = (word: HostWord) => void process.send?.(word)

const options = JSON.parse(process.argv[2] ?? '') as HostOptions // written by trading-child.ts
const { clockAheadMs } = options
const machineNow = Date.now
Date.now = () => machineNow() + clockAheadMs

const { environment, dataDir, symbols } = options
const session = openTradingSession({ market: { environment }, dataDir, symbols })
session.events.onAdd = (event) => tell({ type: 'event', event })
session.changes.onAdd = () => tell({ type: 'shown', snapshot: session.snapshot() })
async function handleMessage({ id, name, input }: HostCall): Promise<void> {
  const answer = await session.trading[name](input as never) // the parent's call has the input of that very name
  tell({ type: 'answer', id, answer })
}
process.on('message', (call: HostCall) => void handleMessage(call))
await session.ready()
tell({ type: 'ready', storagePid: session.storageProcesses.at(-1)?.pid })
