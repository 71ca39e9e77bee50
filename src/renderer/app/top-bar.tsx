import { MagnifyingGlassIcon } from '@heroicons/react/16/solid'
import { useClock } from '../stores/clock.ts'
import { useMarket } from '../stores/market.ts'
import { useTrading } from '../stores/trading.ts'
import { Keys } from '../ui/keys.tsx'
import { clockTime, zoneName } from '../ui/times.ts'
import { ConnectionStatus } from './connection-status.tsx'
import { ModeBadge } from './mode-badge.tsx'
import { toggleOverlay } from './navigation.ts'
import { describeSession } from './describe-session.ts'
import { TradingStatus } from './trading-status.tsx'

/** Whose money, what may be sent, connection, command search, and the time of day. */
export function TopBar({ title }: { readonly title: string }) {
  return (
    <header className="flex h-10 shrink-0 items-center gap-2 border-b sm:gap-3 border-line bg-surface px-3">
      <h1 className="text-base font-semibold max-sm:sr-only">{title}</h1>
      <AccountBadge />
      <TradingStatus />
      <ConnectionStatus />
      <span className="grow" />
      <button
        type="button"
        onClick={() => toggleOverlay('palette')}
        className="flex h-7 items-center gap-2 rounded-md border border-control/60 px-2 text-xs text-muted hover:bg-hover hover:text-ink max-lg:hidden"
      >
        <MagnifyingGlassIcon className="size-3.5" aria-hidden />
        Search commands
        <Keys keys="Ctrl+K" />
      </button>
      <Session />
    </header>
  )
}

function AccountBadge() {
  const endsWith = useTrading(({ trading }) => trading?.account?.endsWith)
  return <ModeBadge endsWith={endsWith} isTight />
}

function Session() {
  const now = useClock((clock) => clock.now)
  const session = useMarket((market) => market.session)
  const text = session && describeSession(session, now)
  return (
    <div className="flex items-baseline gap-3 whitespace-nowrap">
      {text && (
        <span className="max-md:hidden">
          {text.phase}
          {text.countdown !== '' && <span className="text-muted"> · {text.countdown}</span>}
        </span>
      )}
      <time dateTime={new Date(now).toISOString()} title={`Time of day, ${zoneName(now)}`}>
        <span className="font-medium">{clockTime(now)}</span>
        <span className="text-muted max-sm:sr-only"> {zoneName(now)}</span>
      </time>
    </div>
  )
}
