import { REASON_CODES } from '#shared/trading/trading-reason'
import { useClock } from '../stores/clock.ts'
import { useConnection } from '../stores/connection.ts'
import { useMarket } from '../stores/market.ts'
import { useTrading } from '../stores/trading.ts'
import { Notice } from '../ui/notice.tsx'
import { newYorkMinute } from '../ui/times.ts'
import { ProblemLine } from './problem-line.tsx'
import type { TicketView } from './use-ticket-view.ts'

interface Props {
  readonly view: TicketView
}

/** Problems of the whole order, and anything that currently limits trading. */
export function Notices({ view }: Props) {
  return (
    <>
      <SetbackNotice view={view} />
      <OrderProblems view={view} />
      <StateNotices view={view} />
      <MarketNotices view={view} />
    </>
  )
}

function SetbackNotice({ view: { state } }: Props) {
  if (state.setback?.kind !== 'fault') return null
  return (
    <Notice tone="warn" role="alert">
      {state.setback.text} It may have gone out all the same: look at Orders. Submitting it again asks for the
      same order, never for a second one.
    </Notice>
  )
}

function OrderProblems({ view: { problems, fixes, state } }: Props) {
  const own = problems.filter(
    ({ field, level }) => field === undefined && !(state.step === 'review' && level === 'ask'),
  )
  if (own.length === 0) return null
  const isGrave = own.some(({ level }) => level === 'refuse')
  return (
    <Notice tone={isGrave ? 'bad' : own.some(({ level }) => level === 'ask') ? 'warn' : 'info'}>
      <div className="space-y-1.5">
        {own.map((problem) => (
          <ProblemLine key={problem.code} problem={problem} fixes={fixes} />
        ))}
      </div>
    </Notice>
  )
}

/** Why trading is limited now, unless the checks of this order report it already. */
function StateNotices({ view: { problems } }: Props) {
  const trading = useTrading((state) => state.trading)
  if (!trading) {
    return <Notice tone="info">Waiting for the account. Orders can be sent once it is known.</Notice>
  }
  const reported = new Set(problems.map(({ code }) => code))
  const reasons = trading.trading.reasons.filter(({ reason }) => !reported.has(REASON_CODES[reason]))
  return (
    <>
      {!trading.account && (
        <Notice tone="info">
          Alpaca has not told the account’s figures yet, so buying power is not known. Signal keeps asking.
        </Notice>
      )}
      {reasons.length > 0 && (
        <Notice tone={trading.trading.state === 'halted' ? 'bad' : 'warn'}>
          {reasons.map(({ reason, sentence }) => (
            <p key={reason}>{sentence}</p>
          ))}
          {trading.trading.state === 'reducing' && <p>Orders that make a position smaller go through.</p>}
        </Notice>
      )}
    </>
  )
}

/** Notices about the stock and the market: a halt, the closing bell, a feed that is down. */
function MarketNotices({ view: { row, symbol, problems } }: Props) {
  const session = useMarket((market) => market.session)
  const status = useConnection((state) => state.connection?.status)
  const isHaltReported = problems.some(({ code }) => code === 'TRADING_HALTED')
  const isClosedReported = problems.some(({ code }) => code === 'MARKET_CLOSED')
  const isMute = useTrading(({ trading }) =>
    trading?.trading.reasons.some(({ reason }) => reason === 'feed-mute'),
  )
  const isAwayReported =
    isMute || problems.some(({ code }) => code === 'NOT_CONNECTED' || code === 'FEED_MUTE')
  const opens = useClock(() => (session?.until === undefined ? '' : newYorkMinute(session.until)))
  return (
    <>
      {row?.halt && !isHaltReported && (
        <Notice tone="warn">
          {symbol} is halted: {row.halt.reason} ({row.halt.code}) since {newYorkMinute(row.halt.at)} New York.
          Orders wait until it trades again.
        </Notice>
      )}
      {session?.phase === 'closed' && !isClosedReported && (
        <Notice tone="info">
          The market is closed{session.closedFor === undefined ? '' : ` (${session.closedFor})`}. A day order
          waits for the next session
          {opens === '' ? '' : `; the overnight session begins at ${opens} New York`}.
        </Notice>
      )}
      {(status === 'disconnected' || status === 'reconnecting' || status === 'not-configured') &&
        !isAwayReported && (
          <Notice tone="warn">
            The feed is down, so this quote may be old. Entries wait until it is back; exits go through.
          </Notice>
        )}
    </>
  )
}
