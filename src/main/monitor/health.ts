import type { Health } from '#shared/health'
import { unreachable } from '#shared/result'
import { MINUTE_MS } from '#shared/time'
import { PROCESS_NAMES, processStates, type HealthContext } from './health-context.ts'
import { lacksBars, lacksQuotes } from './missing-traffic.ts'

/** A connection that is not back by then is an error. */
const RECONNECT_GRACE_MS = 30_000
/** How long to mention that the connection was lost and came back. */
const RECENT_MS = MINUTE_MS
const MANY_RECONNECTS = 10
const LATE_MS = 1_000
const BUSY_MS = 250
/** Share of a minute's messages that may be unusable, and how many it takes to matter. */
const ERROR_SHARE = 0.01
const FEW_ERRORS = 5

interface Finding {
  readonly level: 'degraded' | 'error'
  readonly reason: string
}

const error = (reason: string): Finding => ({ level: 'error', reason })
const degraded = (reason: string): Finding => ({ level: 'degraded', reason })

/** Whether the feed and the account can be trusted, and every reason why not, worst first. */
export function healthOf(context: HealthContext): Health {
  const findings = [
    ...linkFindings(context),
    ...accountFindings(context),
    ...trafficFindings(context),
    ...machineFindings(context),
    ...processFindings(context),
  ]
  const errors = findings.filter(({ level }) => level === 'error')
  const rest = findings.filter(({ level }) => level === 'degraded')
  return {
    level: errors.length > 0 ? 'error' : rest.length > 0 ? 'degraded' : 'healthy',
    reasons: [...errors, ...rest].map(({ reason }) => reason),
  }
}

function linkFindings({ now, connection, reconnectsLastHour }: HealthContext): readonly Finding[] {
  const { status, since, problem } = connection
  const detail = problem === undefined ? '' : ` ${problem}`
  switch (status) {
    case 'not-configured':
      return [error(problem ?? 'No Alpaca API keys. Add them in Settings or use the demo market.')]
    case 'disconnected':
      return [error(`Market data disconnected.${detail}`)]
    case 'connecting':
    case 'reconnecting': {
      const level = now - since > RECONNECT_GRACE_MS ? error : degraded
      const doing = status === 'connecting' ? 'Connecting' : 'Reconnecting'
      return [level(`${doing} to market data.${detail}`)]
    }
    case 'connected':
      return [
        ...(problem === undefined ? [] : [degraded(problem)]),
        ...(reconnectsLastHour > MANY_RECONNECTS
          ? [degraded(`${reconnectsLastHour} disconnects in the last hour.`)]
          : []),
        ...(reconnectsLastHour > 0 && now - since < RECENT_MS
          ? [degraded('Reconnected less than a minute ago.')]
          : []),
      ]
    default:
      return unreachable(status)
  }
}

const accountFindings = ({ connection, unknownAccount }: HealthContext): readonly Finding[] =>
  unknownAccount === undefined || connection.status === 'not-configured'
    ? []
    : [degraded(`Account holdings unknown. ${unknownAccount}`)]

function trafficFindings(context: HealthContext): readonly Finding[] {
  const { mute, medianLatencyMs, errorsLastMinute, messagesLastMinute, quotelessMs, barlessMs } = context
  const { historyProblem } = context
  const hasManyErrors = errorsLastMinute >= FEW_ERRORS && errorsLastMinute > ERROR_SHARE * messagesLastMinute
  return [
    ...(mute === undefined ? [] : [error(mute)]),
    ...(mute === undefined && lacksQuotes(context)
      ? [error(`No quotes for ${describeElapsed(quotelessMs)} with the market open.`)]
      : []),
    ...(lacksBars(context)
      ? [degraded(`No 1-min bars for ${describeElapsed(barlessMs)} with the market open.`)]
      : []),
    ...(historyProblem === undefined ? [] : [degraded(`${historyProblem}.`)]),
    ...(medianLatencyMs !== undefined && medianLatencyMs > LATE_MS
      ? [degraded(`Quotes delayed ${(medianLatencyMs / 1_000).toFixed(1)} s.`)]
      : []),
    ...(hasManyErrors ? [degraded(`${errorsLastMinute} unreadable messages in the last minute.`)] : []),
  ]
}

const machineFindings = ({ loopDelayMs }: HealthContext): readonly Finding[] =>
  loopDelayMs > BUSY_MS ? [degraded(`App lag up to ${Math.round(loopDelayMs)} ms.`)] : []

const processFindings = ({ processes }: HealthContext): readonly Finding[] =>
  processStates(processes).flatMap(({ key, state }) => {
    if (state === 'stopped') return [error(`${PROCESS_NAMES[key]} stopped.`)]
    if (state === 'restarting') return [degraded(`${PROCESS_NAMES[key]} crashed; restarting.`)]
    return []
  })

/** A duration as one would say it. */
export function describeElapsed(elapsedMs: number): string {
  const seconds = Math.round(elapsedMs / 1_000)
  if (seconds < 120) return `${seconds} s`
  return `${Math.floor(seconds / 60)} min`
}
