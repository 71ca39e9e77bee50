import type { OrderProblem, ProblemFix } from '#shared/trading/problem'
import { HALTING_REASONS, REASON_CODES, type TradingReason } from '#shared/trading/trading-reason'
import type { RiskContext } from '../context.ts'
import { isClosingSide, isReducing, workingOrders } from '../exits.ts'
import { problem, refuse, type Check } from '../problems.ts'
import { exitThatFits } from './held-shares.ts'

const ONLY_EXITS = 'Closing orders only.'
const ARM: ProblemFix = { kind: 'arm', label: 'Arm live trading' }

/** Refuses all orders while halted or without a database to record them first; entries while reducing. */
export const checkTradingState: Check = (draft, context) => {
  const { trading } = context
  const away = trading.reasons.filter(({ reason }) => reason === 'database-away').map(databaseAway)
  const isExit = isReducing(draft, context)
  if (trading.state === 'halted') return [...away, halted(context, isExit)]
  if (isExit) return away
  const unarmed = isUnarmed(context) ? [notArmed(context)] : []
  if (trading.state === 'active') return [...away, ...unarmed]
  const reasons = trading.reasons
    .filter(({ reason }) => reason !== 'database-away' && reason !== 'not-armed')
    .map(({ reason, sentence }) =>
      refuse(REASON_CODES[reason], TELLS_ALL.has(reason) ? sentence : `${sentence} ${ONLY_EXITS}`),
    )
  const all = [...away, ...reasons, ...unarmed]
  if (isClosingSide(draft, context))
    return [
      ...away,
      refuse('REDUCE_ONLY_WOULD_INCREASE_POSITION', `Exceeds the shares left to close. ${ONLY_EXITS}`, {
        field: 'quantity',
        fix: exitThatFits(draft, context),
      }),
    ]
  return all.length > 0 ? all : [refuse('REDUCE_ONLY_WOULD_INCREASE_POSITION', ONLY_EXITS)]
}

/** Reasons whose sentence already says what still works. */
const TELLS_ALL: ReadonlySet<TradingReason> = new Set(['daily-loss'])

const databaseAway = ({ sentence }: { readonly sentence: string }): OrderProblem =>
  refuse('DATABASE_AWAY', `${sentence} Ticket disabled. To exit now: flatten or use Alpaca.`)

function halted({ trading }: RiskContext, isExit: boolean): OrderProblem {
  const told = trading.reasons.find(({ reason }) => HALTING_REASONS.has(reason))
  const sentence = told?.sentence ?? 'Kill switch is on. Turn it off to send new orders.'
  const wayOut = ' Ticket disabled. To exit, close or flatten the position.'
  return refuse(REASON_CODES[told?.reason ?? 'kill-switch'], isExit ? sentence + wayOut : sentence)
}

const isUnarmed = ({ mode, trading, now }: RiskContext) =>
  mode === 'live'
    ? trading.armedUntil === undefined || trading.armedUntil <= now
    : trading.reasons.some(({ reason }) => reason === 'not-armed')

function notArmed({ trading }: RiskContext): OrderProblem {
  const told = trading.reasons.find(({ reason }) => reason === 'not-armed')?.sentence
  return refuse('LIVE_NOT_ARMED', `${told ?? 'Live trading isn’t armed.'} ${ONLY_EXITS}`, { fix: ARM })
}

/** While the last order of this side is unconfirmed, another one might double it. */
export const checkOutcomeKnown: Check = (draft, context) => {
  const unknown = workingOrders(context, draft.symbol, draft.side).filter(
    ({ state }) => state === 'unconfirmed',
  )
  if (unknown.length === 0) return []
  const sentence = `Your last ${draft.symbol} ${draft.side} order is unconfirmed; checking.`
  return isReducing(draft, context)
    ? [problem('ask', 'UNCONFIRMED', sentence)]
    : [refuse('UNCONFIRMED', `${sentence} Please wait.`)]
}
