import { exchangeDayOf } from '#shared/exchange-calendar'
import type { Execution } from '../matching/index.ts'
import { readInstant, readLimit, readWord } from './query.ts'
import { unprocessable } from './refusals.ts'

const PAGE = 100

/** An id that sorts by time: the digits of the timestamp, then the fill's own id. */
const activityId = ({ time, id }: Execution): string =>
  `${time.replaceAll(/[-:TZ.]/g, '').slice(0, 17)}::${id}`

const toActivity = (fill: Execution): object => ({
  id: activityId(fill),
  activity_type: 'FILL',
  transaction_time: fill.time,
  type: fill.complete ? 'fill' : 'partial_fill',
  price: fill.price,
  qty: fill.qty,
  side: fill.side,
  symbol: fill.symbol,
  leaves_qty: fill.leavesQty,
  order_id: fill.orderId,
  cum_qty: fill.cumQty,
  order_status: fill.complete ? 'filled' : 'partially_filled',
})

function readFilter(query: URLSearchParams): (fill: Execution) => boolean {
  const types = query.get('activity_types') ?? ''
  const wanted = types === '' || types.split(',').includes('FILL')
  const [after, until] = [readInstant(query, 'after') ?? -Infinity, readInstant(query, 'until') ?? Infinity]
  const day = query.get('date')?.slice(0, 10)
  return ({ at }) => wanted && at > after && at < until && (day === undefined || exchangeDayOf(at) === day)
}

/**
 * A page of fills, newest first unless requested otherwise, starting after the id of the previous page's last
 * fill.
 */
export function listActivities(fills: readonly Execution[], query: URLSearchParams): readonly object[] {
  const direction = readWord(query, 'direction', ['asc', 'desc']) ?? 'desc'
  const size = readLimit(query, 'page_size', PAGE, PAGE)
  const token = query.get('page_token') ?? ''
  const sorted = direction === 'asc' ? fills : [...fills].reverse()
  const last = token === '' ? -1 : sorted.findIndex((fill) => activityId(fill) === token)
  if (token !== '' && last < 0) throw unprocessable(`invalid page_token: ${token}`)
  return sorted
    .slice(last + 1)
    .filter(readFilter(query))
    .slice(0, size)
    .map(toActivity)
}
