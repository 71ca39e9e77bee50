import type { Anomaly } from '#shared/health'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { PROCESS_NAMES, processStates, type HealthContext } from './health-context.ts'
import { describeElapsed } from './health.ts'
import { lacksBars, lacksQuotes } from './missing-traffic.ts'

const MANY_RECONNECTS = 10
const DISCONNECTED_MS = 5 * MINUTE_MS

/** Something that is wrong now. Its key stays the same for as long as it is the same trouble. */
export interface Trouble extends Omit<Anomaly, 'at'> {
  readonly key: string
}

/** The plan's rules: everything that is wrong now, reported already or not. */
export function troublesOf(context: HealthContext): readonly Trouble[] {
  return [
    ...linkTroubles(context),
    ...trafficTroubles(context),
    ...haltTroubles(context),
    ...processTroubles(context),
  ]
}

function linkTroubles({ now, connection, reconnectsLastHour, refused }: HealthContext): readonly Trouble[] {
  const { status, since } = connection
  const downMs = status === 'connected' || status === 'not-configured' ? 0 : now - since
  const troubles: Trouble[] = []
  if (refused !== undefined) troubles.push(trouble('market-data-refused', 'error', refused))
  if (reconnectsLastHour > MANY_RECONNECTS) {
    const message = `${reconnectsLastHour} disconnects in the last hour. Check your network.`
    troubles.push(trouble('many-reconnects', 'error', message))
  }
  if (downMs > DISCONNECTED_MS && refused === undefined) {
    const message = `Market data down for over ${describeElapsed(DISCONNECTED_MS)}. Prices are stale.`
    troubles.push(trouble('disconnected', 'error', message))
  }
  return troubles
}

function trafficTroubles(context: HealthContext): readonly Trouble[] {
  const { mute } = context
  if (mute !== undefined) return [trouble('mute', 'error', mute)]
  return [
    ...(lacksQuotes(context)
      ? [trouble('no-quotes', 'warning', 'No quotes for 60 s with the market open.')]
      : []),
    ...(lacksBars(context)
      ? [trouble('no-bars', 'warning', 'No 1-min bars for 5 min with the market open.')]
      : []),
  ]
}

const haltTroubles = ({ halts }: HealthContext): readonly Trouble[] =>
  halts.map(({ symbol, halt }) => ({
    key: `halt ${symbol} ${halt.at}`,
    kind: 'halt',
    severity: 'warning',
    message: `${symbol} halted: ${halt.reason}.`,
    symbol,
  }))

const processTroubles = ({ processes }: HealthContext): readonly Trouble[] =>
  processStates(processes)
    .filter(({ state }) => state === 'restarting' || state === 'stopped')
    .map(({ key, state }) => ({
      key: `process ${key}`,
      kind: 'process-died',
      severity: state === 'stopped' ? 'error' : 'warning',
      message: `${PROCESS_NAMES[key]} ${state === 'restarting' ? 'crashed; restarting' : 'stopped'}.`,
    }))

const trouble = (kind: Anomaly['kind'], severity: Anomaly['severity'], message: string): Trouble => ({
  key: kind,
  kind,
  severity,
  message,
})

/** Reported troubles by key, with the time they last occurred. Only {@link nextEpisodes} creates one. */
export type Episodes = ReadonlyMap<string, EpochMs>

/** A trouble that was gone for less than this is still the same episode, and is not reported again. */
const REARM_MS = MINUTE_MS

/** One step: reports each trouble once, when it begins, and again only after it was gone for a while. */
export function nextEpisodes(
  episodes: Episodes,
  troubles: readonly Trouble[],
  now: EpochMs,
): { readonly episodes: Episodes; readonly news: readonly Anomaly[] } {
  const ongoing = [...episodes].filter(([, seenAt]) => now - seenAt < REARM_MS)
  const next = new Map(ongoing)
  const news: Anomaly[] = []
  for (const { key, ...trouble } of troubles) {
    if (!next.has(key)) news.push({ ...trouble, at: now })
    next.set(key, now)
  }
  return { episodes: next, news }
}
