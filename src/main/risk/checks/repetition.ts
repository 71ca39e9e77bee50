import { formatCount } from '#shared/format/numbers'
import { MINUTE_MS, SECOND_MS } from '#shared/time'
import { exact } from '../amounts.ts'
import type { RecentOrder } from '../context.ts'
import { isReducing } from '../exits.ts'
import { problem, refuse, type Check } from '../problems.ts'
import { duration } from '../duration.ts'

/** Asks about the same order sent again within moments, which is more often a slip than intended. */
export const checkDuplicate: Check = ({ symbol, side, quantity, notional }, { recent, now, limits }) => {
  const amount = quantity ?? (notional === undefined ? undefined : `$${notional}`)
  if (amount === undefined) return []
  const ages = recent
    .filter((order) => order.symbol === symbol && order.side === side && isSame(order.amount, amount))
    .map(({ at }) => now - at)
    .filter((age) => age >= 0 && age <= limits.duplicateWithinMs)
  if (ages.length === 0) return []
  const ago = duration(Math.min(...ages))
  return [problem('ask', 'DUPLICATE_ORDER', `Possible duplicate: same order sent ${ago} ago.`)]
}

/** Whether two amounts are equal: `100` and `100.0` are, `$100` is different. */
function isSame(one: RecentOrder['amount'], other: string): boolean {
  const [a, b] = [one, other].map((text) => ({
    isDollars: text.startsWith('$'),
    value: text.replace('$', ''),
  }))
  return a !== undefined && b !== undefined && a.isDollars === b.isDollars && exact(a.value).eq(b.value)
}

/** Limits entries to the rate at which a person sends them; exits are exempt. */
export const checkRate: Check = (draft, context) => {
  const { recent, now, limits } = context
  if (isReducing(draft, context)) return []
  const within = (ms: number) => recent.map(({ at }) => at).filter((at) => at > now - ms && at <= now)
  const over = [
    { ms: SECOND_MS, most: limits.ordersPerSecond, unit: 'second' },
    { ms: MINUTE_MS, most: limits.ordersPerMinute, unit: 'minute' },
  ].flatMap(({ ms, most, unit }) => {
    const sent = within(ms).sort((a, b) => b - a)
    const freed = sent[most - 1] // once this one is old enough, one more may be sent
    return freed === undefined ? [] : [{ most, unit, waitMs: freed + ms - now }]
  })
  const [longest] = over.sort((a, b) => b.waitMs - a.waitMs)
  return longest === undefined
    ? []
    : [
        refuse(
          'RATE_LIMIT_EXCEEDED',
          `Rate limit: ${formatCount(longest.most)} orders per ${longest.unit}. Wait ${duration(longest.waitMs)}.`,
        ),
      ]
}
