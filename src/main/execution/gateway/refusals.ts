import { dollarsEach } from '#shared/format/money'
import { unreachable } from '#shared/result'
import { MINUTE_MS } from '#shared/time'
import type { OrderChange, OrderDraft } from '#shared/trading/order'
import type { OrderProblem, ProblemFix, TicketField } from '#shared/trading/problem'
import { isOnTick, roundForSide } from '#shared/trading/tick-size'
import { toPrice } from '#shared/units'
import type { AlpacaError } from '#alpaca'
import { CAUSES, type RefusalContext } from './refusal-causes.ts'
import { changeTo, duration, positive, refuse } from '../../risk/index.ts'

/**
 * What Alpaca refused, in the form of our own checks. If the error leaves open whether Alpaca did it, the problem says
 * so: the order is being looked up and must not be sent again.
 */
export function problemsOfError(
  error: AlpacaError,
  what: OrderDraft | OrderChange | undefined,
  orders: RefusalContext['orders'],
): readonly OrderProblem[] {
  if (error.outcome === 'unknown')
    return [
      refuse('UNCONFIRMED', `No confirmation from Alpaca (${describeCause(error)}); checking. Don’t resend.`),
    ]
  return [problemOf(error, { what, orders })]
}

function problemOf(error: AlpacaError, context: RefusalContext): OrderProblem {
  switch (error.kind) {
    case 'unauthorized':
      return refuse('NOT_CONNECTED', `API keys rejected (${describeCause(error)}). Check Settings.`)
    case 'rate_limited':
      return refuse(
        'RATE_LIMIT_EXCEEDED',
        `Rate limited by Alpaca; retry in ${duration(error.retryAfterMs ?? MINUTE_MS)}.`,
      )
    case 'network':
    case 'timeout':
    case 'aborted':
      return refuse('NOT_CONNECTED', `Not sent: Alpaca unreachable (${describeCause(error)}). Retry.`)
    case 'server_error':
    case 'invalid_response':
      return refuse(
        'REFUSED_BY_ALPACA',
        `Alpaca error; order not placed (${describeCause(error)}). Retry in a moment.`,
      )
    case 'forbidden':
    case 'not_found':
    case 'unprocessable':
      return refusedFor(error, context)
    default:
      return unreachable(error.kind)
  }
}

/** The cause that Alpaca's message names, or else the message itself. */
function refusedFor(error: AlpacaError, context: RefusalContext): OrderProblem {
  const message = error.message.toLowerCase()
  const cause = CAUSES.find(({ says }) => says.test(message))
  const field = cause?.field ?? fieldIn(message)
  if (cause === undefined) return refuse('REFUSED_BY_ALPACA', describeAlpacaRefusal(error), { field })
  return refuse(cause.code, cause.sentence?.(error) ?? describeAlpacaRefusal(error), {
    field,
    fix: cause.code === 'PRICE_TICK_SIZE' ? rounding(field, context) : cause.fix?.(error, context),
  })
}

const FIELDS: readonly (readonly [name: RegExp, field: TicketField])[] = [
  [/take_profit/, 'takeProfit'],
  [/stop_loss/, 'stopLoss'],
  [/limit_price/, 'limitPrice'],
  [/stop_price/, 'stopPrice'],
  [/trail/, 'trail'],
  [/time_in_force/, 'timeInForce'],
  [/extended_hours/, 'extendedHours'],
  [/\b(qty|notional)\b/, 'quantity'],
  [/\bsymbol\b|\basset\b/, 'symbol'],
  [/\bside\b/, 'side'],
]

/** The ticket field that Alpaca's message names. */
const fieldIn = (message: string): TicketField | undefined => FIELDS.find(([name]) => name.test(message))?.[1]

/** Rounds a price that Alpaca found too fine to the tick; only for a draft, whose side gives the direction. */
function rounding(field: TicketField | undefined, { what }: RefusalContext): ProblemFix | undefined {
  if (what === undefined || !('side' in what) || (field !== 'limitPrice' && field !== 'stopPrice'))
    return undefined
  const price = positive(what[field])
  if (!price || isOnTick(price)) return undefined
  const rounded = toPrice(roundForSide(price, what.side))
  return changeTo(`Use ${dollarsEach(rounded)}`, { [field]: rounded })
}

/** Alpaca's message, or the kind of error and HTTP status if there is none. */
function describeCause({ message, kind, status }: AlpacaError): string {
  const text = message.trim().replace(/\.$/, '')
  return text === '' ? `${kind.replace('_', ' ')}${status === undefined ? '' : `, HTTP ${status}`}` : text
}

const describeAlpacaRefusal = (error: AlpacaError): string => {
  const named = error.code === undefined ? '' : ` (code ${error.code})`
  return `Rejected by Alpaca: ${describeCause(error)}${named}.`
}
