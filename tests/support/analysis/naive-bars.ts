import type { SeriesBar } from '../../../src/analysis/series.ts'
import type { Timeframe } from '../../../src/analysis/timeframes.ts'
import { midnightOf } from '../../../src/shared/calendar/new-york.ts'
import { nyse } from '../../../src/shared/exchange-calendar.ts'
import { MINUTE_MS } from '../../../src/shared/time.ts'

const NEW_YORK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** Day and time in New York of a minute since the epoch: `2025-11-24 09:30`. */
export const newYorkText = (minute: number): string => NEW_YORK.format(minute * MINUTE_MS)

/** Length in minutes of an intraday timeframe. */
function lengthOf(timeframe: Timeframe): number {
  return Number.parseInt(timeframe, 10) * (timeframe.endsWith('h') ? 60 : 1)
}

/** Which bar a minute belongs to and where that begins, by the clock on New York's wall. */
function placeOf(minute: number, timeframe: Timeframe): number {
  const [day = '', clock = ''] = newYorkText(minute).split(' ')
  if (timeframe === '1D') return midnightOf(day) / MINUTE_MS
  if (timeframe === '1M') return midnightOf(`${day.slice(0, 7)}-01`) / MINUTE_MS
  if (timeframe === '1W') {
    const date = new Date(`${day}T00:00Z`)
    date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
    return midnightOf(date.toISOString().slice(0, 10)) / MINUTE_MS
  }
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  const { phase, earlyClose } = nyse.sessionAt(minute * MINUTE_MS)
  const begins = {
    pre: 4 * 60,
    regular: 9 * 60 + 30,
    after: (earlyClose ? 13 : 16) * 60,
    overnight: 0,
    closed: 0,
  }
  return minute - ((hours * 60 + minutes - begins[phase]) % lengthOf(timeframe))
}

/** The bars as the words of the documentation make them, group by group. */
export function naiveBars(
  minutes: readonly SeriesBar[],
  timeframe: Timeframe,
  extendedHours: boolean,
): SeriesBar[] {
  const wanted = minutes.filter(({ minute }) => {
    const { phase } = nyse.sessionAt(minute * MINUTE_MS)
    return phase === 'regular' || (extendedHours && (phase === 'pre' || phase === 'after'))
  })
  const groups = new Map<number, SeriesBar[]>()
  for (const bar of wanted) {
    const place = placeOf(bar.minute, timeframe)
    groups.set(place, [...(groups.get(place) ?? []), bar])
  }
  return [...groups].map(([minute, group]) => {
    const known = group.filter(({ volume, vwap }) => volume > 0 && !Number.isNaN(vwap))
    const sum = (bars: readonly SeriesBar[], of: (bar: SeriesBar) => number) =>
      bars.reduce((total, bar) => total + of(bar), 0)
    return {
      minute,
      open: group[0]?.open ?? NaN,
      high: Math.max(...group.map(({ high }) => high)),
      low: Math.min(...group.map(({ low }) => low)),
      close: group.at(-1)?.close ?? NaN,
      volume: sum(group, ({ volume }) => volume),
      vwap: sum(known, ({ volume, vwap }) => volume * vwap) / sum(known, ({ volume }) => volume),
    }
  })
}
