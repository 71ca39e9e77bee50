import type { OrderDraft } from '#shared/trading/order'
import { brokenRules, describeOrderRule, kindOf, type OrderRule } from '#shared/trading/order-rules'
import type { ProblemCode } from '#shared/trading/problem'

/** The problem to report when an order breaks one of Alpaca's rules. */
const CODES: Readonly<Record<OrderRule, ProblemCode>> = {
  'oco-is-limit': 'CLASS_NOT_ALLOWED',
  'trailing-stop-has-no-exits': 'CLASS_NOT_ALLOWED',
  'dollars-are-market': 'NOTIONAL_NOT_ALLOWED',
  'dollars-have-no-exits': 'NOTIONAL_NOT_ALLOWED',
  'dollars-are-regular-hours': 'NOTIONAL_NOT_ALLOWED',
  'fraction-has-no-exits': 'FRACTION_NOT_ALLOWED',
  'fraction-does-not-trail': 'FRACTION_NOT_ALLOWED',
  'fraction-lasts-day': 'TIME_IN_FORCE_NOT_ALLOWED',
  'extended-has-no-exits': 'EXTENDED_HOURS_NOT_ALLOWED',
  'extended-is-limit': 'EXTENDED_HOURS_NOT_ALLOWED',
  'extended-lasts-day': 'EXTENDED_HOURS_NOT_ALLOWED',
  'exits-last-day-or-gtc': 'TIME_IN_FORCE_NOT_ALLOWED',
  'auction-or-at-once-is-plain': 'TIME_IN_FORCE_NOT_ALLOWED',
}

/** The first rule with this problem that the order breaks, as a clause; undefined if it breaks none. */
export function brokenRule(draft: OrderDraft, code: ProblemCode): string | undefined {
  const kind = kindOf(draft)
  const rule = brokenRules(kind).find((broken) => CODES[broken] === code)
  return rule && describeOrderRule(rule, kind)
}
