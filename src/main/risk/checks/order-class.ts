import type { OrderDraft } from '#shared/trading/order'
import { asSentence } from '#shared/trading/order-rules'
import type { OrderProblem, ProblemFix } from '#shared/trading/problem'
import type { RiskContext } from '../context.ts'
import { isClosingSide } from '../exits.ts'
import { changeTo, refuse, type Check } from '../problems.ts'
import { brokenRule } from '../broken-rule.ts'

const withoutExits = (draft: OrderDraft): ProblemFix =>
  changeTo('Send it without exits', {
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
  if (orderClass === 'simple')
    return takeProfit || stopLoss ? 'This order has exits, but is of the kind that has none.' : undefined
  const rule = brokenRule(draft, 'CLASS_NOT_ALLOWED')
  if (rule !== undefined) return asSentence(rule)
  const closes = isClosingSide(draft, context)
  if (orderClass === 'oco')
    return closes ? undefined : `An OCO closes a position, and there is none in ${symbol} to ${side}.`
  const name = orderClass === 'bracket' ? 'A bracket' : 'An OTO'
  return closes
    ? `${name} opens a position, and this order closes one in ${symbol}. Use an OCO for that.`
    : undefined
}

/** A bracket and an OCO need both exits, an OTO exactly one. */
export const checkLegsThere: Check = ({ orderClass, takeProfit, stopLoss }) => {
  if (orderClass === 'simple') return []
  if (orderClass === 'oto') {
    if (takeProfit && stopLoss)
      return [
        refuse(
          'CLASS_NOT_ALLOWED',
          'An OTO has one exit, and here are two. Make it a bracket, or empty one.',
          {
            field: 'takeProfit',
            fix: changeTo('Make it a bracket', { orderClass: 'bracket' }),
          },
        ),
      ]
    return takeProfit || stopLoss ? [] : [missing('An OTO needs an exit: a target or a stop.', 'stopLoss')]
  }
  const name = orderClass === 'bracket' ? 'A bracket' : 'An OCO'
  const fix =
    orderClass === 'bracket' && (takeProfit ?? stopLoss) !== undefined
      ? changeTo('Send it with one exit', { orderClass: 'oto' })
      : undefined
  return [
    ...(takeProfit ? [] : [missing(`${name} needs the price of its target.`, 'takeProfit', fix)]),
    ...(stopLoss ? [] : [missing(`${name} needs the price of its stop.`, 'stopLoss', fix)]),
  ]
}

const missing = (sentence: string, field: 'takeProfit' | 'stopLoss', fix?: ProblemFix): OrderProblem =>
  refuse('LEG_MISSING', sentence, { field, fix })
