import type { OrderDraft } from '#shared/trading/order'
import { asSentence } from '#shared/trading/order-rules'
import type { OrderProblem, ProblemFix } from '#shared/trading/problem'
import type { RiskContext } from '../context.ts'
import { isClosingSide } from '../exits.ts'
import { changeTo, refuse, type Check } from '../problems.ts'
import { brokenRule } from '../broken-rule.ts'

const withoutExits = (draft: OrderDraft): ProblemFix =>
  changeTo('Remove exits', {
    orderClass: 'simple',
    takeProfit: undefined,
    stopLoss: undefined,
    ...(draft.orderClass === 'oco' && { limitPrice: draft.takeProfit?.limitPrice }),
  })

/** Brackets and OTOs must open a position, an OCO must close one, and a simple order has no exits. */
export const checkOrderClass: Check = (draft, context) => {
  const reason = classReason(draft, context)
  return reason === undefined
    ? []
    : [refuse('CLASS_NOT_ALLOWED', reason, { field: 'type', fix: withoutExits(draft) })]
}

function classReason(draft: OrderDraft, context: RiskContext): string | undefined {
  const { orderClass, symbol, side, takeProfit, stopLoss } = draft
  if (orderClass === 'simple') return takeProfit || stopLoss ? 'Exits not allowed on this order.' : undefined
  const rule = brokenRule(draft, 'CLASS_NOT_ALLOWED')
  if (rule !== undefined) return asSentence(rule)
  const closes = isClosingSide(draft, context)
  if (orderClass === 'oco') return closes ? undefined : `No ${symbol} position for an OCO to ${side}.`
  const name = orderClass === 'bracket' ? 'A bracket' : 'An OTO'
  return closes ? `${name} opens a position; this order closes one in ${symbol}. Use an OCO.` : undefined
}

/** A bracket and an OCO need both exits, an OTO exactly one. */
export const checkLegsThere: Check = ({ orderClass, takeProfit, stopLoss }) => {
  if (orderClass === 'simple') return []
  if (orderClass === 'oto') {
    if (takeProfit && stopLoss)
      return [
        refuse('CLASS_NOT_ALLOWED', 'OTO takes one exit. Use a bracket or clear one.', {
          field: 'takeProfit',
          fix: changeTo('Use bracket', { orderClass: 'bracket' }),
        }),
      ]
    return takeProfit || stopLoss ? [] : [missing('OTO needs a target or a stop.', 'stopLoss')]
  }
  const name = orderClass === 'bracket' ? 'Bracket' : 'OCO'
  const fix =
    orderClass === 'bracket' && (takeProfit ?? stopLoss) !== undefined
      ? changeTo('Use one exit (OTO)', { orderClass: 'oto' })
      : undefined
  return [
    ...(takeProfit ? [] : [missing(`${name} needs a target price.`, 'takeProfit', fix)]),
    ...(stopLoss ? [] : [missing(`${name} needs a stop price.`, 'stopLoss', fix)]),
  ]
}

const missing = (sentence: string, field: 'takeProfit' | 'stopLoss', fix?: ProblemFix): OrderProblem =>
  refuse('LEG_MISSING', sentence, { field, fix })
