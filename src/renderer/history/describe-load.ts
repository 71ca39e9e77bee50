import { counted, formatCompact, formatCount } from '#shared/format/numbers'
import type { LoadEstimate, LoadProgress, SymbolProgress } from '#shared/history'
import { unreachable } from '#shared/result'
import { duration } from '../ui/times.ts'

/** A rough duration, to the precision of an estimate: `under a minute`, `about 4 min`, `about 2 h 10 min`. */
export function roughly(seconds: number): string {
  if (seconds < 60) return 'under a minute'
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `about ${minutes} min`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest === 0 ? `about ${hours} h` : `about ${hours} h ${rest} min`
}

/** What a load will take, in a sentence. */
export const describeEstimate = ({ days, bars, requests, seconds }: LoadEstimate): string =>
  `${counted(days, 'day')} to download: about ${formatCompact(bars)} bars in ${counted(requests, 'request')}, ${roughly(seconds)}.`

const STATES: Readonly<Record<LoadProgress['state'], string>> = {
  running: 'Downloading',
  paused: 'Paused',
  canceled: 'Canceled',
  done: 'Downloaded',
  failed: 'Failed',
}

/** What a load does: `Loading 17 symbols`, `Paused: AAPL`. */
export function loadTitle({ state, request: { symbols } }: Pick<LoadProgress, 'state' | 'request'>): string {
  const what = symbols.length <= 3 ? symbols.join(', ') : `${symbols.length} symbols`
  return state === 'running' || state === 'done' ? `${STATES[state]} ${what}` : `${STATES[state]}: ${what}`
}

/** The progress of a load besides its percentage: `2,134,000 bars · 152,000 bars/s · 3 min left`. */
export function loadPace({ state, barsLoaded, barsPerSecond, secondsLeft }: LoadProgress): string {
  const parts = [counted(barsLoaded, 'bar')]
  if (state === 'running') {
    if (barsPerSecond !== undefined) parts.push(`${formatCount(barsPerSecond)} bars/s`)
    parts.push(secondsLeft === undefined ? 'estimating…' : `${duration(secondsLeft * 1_000)} left`)
  }
  return parts.join(' · ')
}

/** The progress of one symbol: `loading · 12,345 bars · 3 refused`. */
export function symbolPace({ state, barsLoaded, barsRejected, problem }: SymbolProgress): string {
  const parts = [describeState(state, problem !== undefined)]
  if (state !== 'waiting' || barsLoaded > 0) parts.push(counted(barsLoaded, 'bar'))
  if (barsRejected > 0) parts.push(`${formatCount(barsRejected)} rejected`)
  return parts.join(' · ')
}

function describeState(state: SymbolProgress['state'], hasProblem: boolean): string {
  switch (state) {
    case 'waiting':
      return 'queued'
    case 'loading':
      return hasProblem ? 'retrying' : 'downloading'
    case 'done':
      return 'done'
    case 'failed':
      return 'failed'
    default:
      return unreachable(state)
  }
}

/** The result of a load that has ended, and what to do next. */
export function describeOutcome({ state, symbols }: LoadProgress): string {
  const failed = symbols.filter((symbol) => symbol.state === 'failed').length
  switch (state) {
    case 'running':
      return 'Runs in background and resumes after restart.'
    case 'paused':
      return 'Progress saved; resume any time.'
    case 'canceled':
      return 'Downloaded bars are kept. Download the same days again to get the rest.'
    case 'done':
      return failed === 0
        ? 'Download complete.'
        : `${counted(failed, 'symbol')} failed (see below). The others are complete.`
    case 'failed':
      return 'Stopped (see below). Downloaded bars are kept; download the same days again to get the rest.'
    default:
      return unreachable(state)
  }
}
