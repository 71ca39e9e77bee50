import { useEffect, useRef } from 'react'
import { REASON_CODES } from '#shared/trading/trading-reason'
import { useClock } from '../stores/clock.ts'
import { useConnection } from '../stores/connection.ts'
import { useMarket } from '../stores/market.ts'
import { useTrading } from '../stores/trading.ts'
import { classNames } from '../ui/class-names.ts'
import { minuteInZone } from '../ui/times.ts'
import { LOADING_ACCOUNT } from './blocked.ts'
import { FixRow } from './fix-row.tsx'
import { messagesInLine, moreId } from './message-places.ts'
import { MessageText } from './message-text.tsx'
import { UsualSize } from './usual-size.tsx'
import type { TicketView } from './use-ticket-view.ts'

interface Props {
  readonly view: TicketView
}

/**
 * The ticket's message line: problems of the whole order and what does not fit below its field, anything that limits
 * trading now, and below them the fixes of all problems or the one question of the first run. Its height never
 * changes, so that a message moves nothing: a message of two lines and a fix are in sight, more can be scrolled to.
 */
export function MessageLine({ view }: Props) {
  const isEdited = view.state.step === 'edit'
  return (
    <div className="flex h-[clamp(3.75rem,calc(100vh-46.25rem),8rem)] shrink-0 flex-col gap-1">
      <section
        aria-label="Problems"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and must do so by key too
        tabIndex={0}
        className="min-h-0 grow space-y-1 overflow-y-auto text-xs leading-4 -outline-offset-2"
      >
        <SetbackNotice view={view} />
        {messagesInLine(view).map(({ place, messages }) => (
          <div key={place ?? messages[0]?.text} id={place && moreId(place)}>
            {messages.map((message) => (
              <MessageText key={message.text} message={message} />
            ))}
          </div>
        ))}
        <StateNotices view={view} />
        {isEdited && <MarketNotices view={view} />}
      </section>
      {view.fixes.length > 0 ? <FixRow fixes={view.fixes} /> : isEdited && <UsualSize view={view} />}
    </div>
  )
}

function SetbackNotice({ view: { state } }: Props) {
  const line = useRef<HTMLParagraphElement>(null)
  const isShown = state.setback?.kind === 'fault'
  useEffect(() => {
    if (isShown) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isShown])
  if (state.setback?.kind !== 'fault') return null
  return (
    <p ref={line} role="alert" className="font-medium text-warn">
      {state.setback.text} It may have been sent; check Orders. Sending again won’t create a second order.
    </p>
  )
}

/** Why trading is limited now, unless the checks of this order report it already. */
function StateNotices({ view: { problems } }: Props) {
  const trading = useTrading((state) => state.trading)
  if (!trading) return <p className="text-soft">{LOADING_ACCOUNT}</p>
  const reported = new Set(problems.map(({ code }) => code))
  const reasons = trading.trading.reasons.filter(({ reason }) => !reported.has(REASON_CODES[reason]))
  const isHalted = trading.trading.state === 'halted'
  return (
    <>
      {!trading.account && (
        <p className="text-soft">Account data not loaded; buying power unknown. Retrying…</p>
      )}
      {reasons.map(({ reason, sentence }) => (
        <p key={reason} className={classNames('font-medium', isHalted ? 'text-bad' : 'text-warn')}>
          {sentence}
        </p>
      ))}
      {reasons.length > 0 && trading.trading.state === 'reducing' && (
        <p className="text-soft">Closing orders are allowed.</p>
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
  const opens = useClock(() => (session?.until === undefined ? '' : minuteInZone(session.until)))
  return (
    <>
      {row?.halt && !isHaltReported && (
        <p className="text-warn">
          {symbol} halted since {minuteInZone(row.halt.at)}: {row.halt.reason} ({row.halt.code}). Orders queue
          until trading resumes.
        </p>
      )}
      {session?.phase === 'closed' && !isClosedReported && (
        <p className="text-soft">
          Market closed{session.closedFor === undefined ? '' : ` (${session.closedFor})`}. Day orders queue
          for the next session{opens === '' ? '' : ` (overnight ${opens})`}.
        </p>
      )}
      {(status === 'disconnected' || status === 'reconnecting' || status === 'not-configured') &&
        !isAwayReported && <p className="text-warn">Feed down; quote may be stale. Exits only.</p>}
    </>
  )
}
