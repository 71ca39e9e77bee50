import type { Connection } from '../../src/shared/market.ts'
import type { HealthContext } from '../../src/main/monitor/health-context.ts'
import { TEN_O_CLOCK } from './market-messages.ts'

/** A connection that has had this status for an hour. */
export const link = (status: Connection['status'], given: Partial<Connection> = {}): Connection => ({
  status,
  since: TEN_O_CLOCK - 3_600_000,
  ...given,
})

/** A Tuesday at ten when everything is well, except for the given values. */
export const context = (given: Partial<HealthContext> = {}): HealthContext => ({
  now: TEN_O_CLOCK,
  session: { phase: 'regular', day: '2026-11-24', earlyClose: false },
  connection: link('connected'),
  reconnectsLastHour: 0,
  quotelessMs: 0,
  barlessMs: 0,
  expectedQuotes: undefined,
  expectedBars: undefined,
  mute: undefined,
  refused: undefined,
  historyProblem: undefined,
  unknownAccount: undefined,
  halts: [],
  medianLatencyMs: 12,
  loopDelayMs: 1,
  errorsLastMinute: 0,
  messagesLastMinute: 10_000,
  processes: { demoMarket: 'running' },
  ...given,
})
