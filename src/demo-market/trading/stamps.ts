import type { Clock } from '../clock.ts'
import { tickTime } from '../wire.ts'

/**
 * Timestamps, RFC 3339 to the nanosecond, each later than the one before; with a full fraction, so that text
 * order is time order.
 */
export function stamper(clock: Clock, after = ''): () => string {
  let [at, nanos] = [after === '' ? 0 : Date.parse(after), 999_999]
  return () => {
    const now = clock.now()
    if (now > at) [at, nanos] = [now, 0]
    else if (++nanos > 999_999) [at, nanos] = [at + 1, 0]
    const text = tickTime(at, nanos).slice(0, -1)
    const [seconds = '', fraction = ''] = text.split('.')
    return `${seconds}.${fraction.padEnd(9, '0')}Z`
  }
}
