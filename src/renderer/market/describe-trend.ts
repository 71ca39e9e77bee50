import { Decimal } from 'decimal.js'
import { formatSigned } from '#shared/format/numbers'
import type { Sparkline } from '#shared/market'
import { MINUTE_MS } from '#shared/time'
import { minuteTime } from '../ui/times.ts'

/** The sparkline in words, for those who cannot see it: `+1.2% in 60 min, low 10:14`. */
export function describeTrend({ closes }: Sparkline): string {
  const [first, last] = [closes[0], closes.at(-1)]
  if (!first || !last || first === last) return 'no data'
  const percent = new Decimal(last.close).minus(first.close).div(first.close).times(100)
  const minutes = Math.round((last.at - first.at) / MINUTE_MS)
  // A float orders prices exactly, and an hour of them for each row is soon compared.
  const low = closes.reduce((least, point) => (Number(point.close) < Number(least.close) ? point : least))
  const moved = percent.isZero() ? 'unchanged' : `${formatSigned(percent.toDecimalPlaces(1), 1)}%`
  return `${moved} in ${minutes} min, low ${minuteTime(low.at)}`
}
