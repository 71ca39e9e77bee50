import type { ProcessState, SystemStats } from '#shared/health'
import type { Connection, Halt, MarketSession } from '#shared/market'
import type { EpochMs } from '#shared/units'

/** All facts that decide health and anomalies. */
export interface HealthContext {
  readonly now: EpochMs
  readonly session: MarketSession
  readonly connection: Connection
  readonly reconnectsLastHour: number
  /**
   * How long no quote came although the market was open and the connection up the whole time; otherwise 0.
   */
  readonly quotelessMs: number
  readonly barlessMs: number
  /** Quotes (in bursts) and bars expected from the watchlist in that time; absent while unknown. */
  readonly expectedQuotes: number | undefined
  readonly expectedBars: number | undefined
  /** Why the mute watchdog considers the stream mute; absent while it is delivering. */
  readonly mute: string | undefined
  /** Why the server refuses to serve, if retrying cannot help. */
  readonly refused: string | undefined
  /** Why prices from before the stream are missing; absent while they are complete. */
  readonly historyProblem: string | undefined
  /** Why it is not known what the account holds; absent once it is. */
  readonly unknownAccount: string | undefined
  readonly halts: readonly { readonly symbol: string; readonly halt: Halt }[]
  /** From the exchange's timestamp to arrival, ms, by a measured clock; absent if unknown. */
  readonly medianLatencyMs: number | undefined
  /** Lowest event-loop delay (99th percentile) of main over the last few seconds, ms. */
  readonly loopDelayMs: number
  /** Unusable messages in the last minute, and all messages of that minute. */
  readonly errorsLastMinute: number
  readonly messagesLastMinute: number
  readonly processes: SystemStats['processes']
}

/** The processes besides main, by the names a trader knows. */
export const PROCESS_NAMES: Readonly<Record<keyof SystemStats['processes'], string>> = {
  demoMarket: 'Demo market',
  storage: 'Database process',
}

/** Each process with its state. */
export function processStates(
  processes: SystemStats['processes'],
): readonly { readonly key: keyof SystemStats['processes']; readonly state: ProcessState }[] {
  const { demoMarket, storage } = processes
  return [
    ...(demoMarket === undefined ? [] : [{ key: 'demoMarket' as const, state: demoMarket }]),
    ...(storage === undefined ? [] : [{ key: 'storage' as const, state: storage }]),
  ]
}
