import type { DatabaseStatus } from '#shared/database'
import { formatCount } from '#shared/format/numbers'
import { useClock } from '../stores/clock.ts'
import { useDatabase } from '../stores/database.ts'
import { useStart } from '../stores/follow-main.ts'
import { useMarket } from '../stores/market.ts'
import { useStats } from '../stores/stats.ts'
import { classNames } from '../ui/class-names.ts'
import { Dot, type Tone } from '../ui/dot.tsx'
import { describeSession } from './describe-session.ts'
import { HealthStatus } from './health-status.tsx'
import { UpdateLine } from './update-line.tsx'

/** Health with its reasons, rates, and what the app runs on. */
export function StatusBar() {
  const stats = useStats((state) => state.stats)
  const info = useStart((state) => state.info)
  return (
    <footer className="flex h-7 shrink-0 items-center gap-x-4 overflow-hidden border-t border-line bg-surface px-3 text-xs whitespace-nowrap text-muted">
      <HealthStatus />
      {stats && (
        <>
          <span className="max-md:hidden">{formatCount(stats.quotesPerSecond.last1s)} quotes/s</span>
          <span className="max-md:hidden">{formatCount(stats.barsPerMinute)} bars/min</span>
        </>
      )}
      <Database />
      <SessionLine />
      <span className="grow" />
      <UpdateLine />
      {info && (
        <span className="shrink-9999 truncate max-md:hidden">
          Signal {info.version} on {info.runtime}
        </span>
      )}
    </footer>
  )
}

/** The session, for narrow windows where the top bar has no room for it. */
function SessionLine() {
  const session = useMarket((market) => market.session)
  const text = useClock(({ now }) => {
    const { phase, countdown } = session ? describeSession(session, now) : { phase: '', countdown: '' }
    return [phase, countdown].filter(Boolean).join(' · ')
  })
  return text !== '' && <span className="min-w-0 truncate md:hidden">{text}</span>
}

const DATABASE: Readonly<Record<DatabaseStatus['state'], { readonly text: string; readonly tone: Tone }>> = {
  opening: { text: 'Database: opening', tone: 'off' },
  open: { text: 'Database: OK', tone: 'good' },
  waiting: { text: 'Database: unreachable', tone: 'warn' },
  failed: { text: 'Database: error', tone: 'bad' },
}

/** State of the database; where space is tight, shown only if something is wrong. */
function Database() {
  const status = useDatabase((database) => database.status)
  if (!status) return null
  const { text, tone } = DATABASE[status.state]
  const { copiedPercent } = status
  return (
    <span
      role="status"
      aria-label="Database"
      title={[status.address, status.description, status.problem].filter(Boolean).join('\n')}
      className={classNames('flex items-center gap-1.5', status.state === 'open' && 'max-lg:hidden')}
    >
      <Dot tone={tone} />
      {copiedPercent === undefined ? text : describeUpgrade(copiedPercent)}
    </span>
  )
}

const describeUpgrade = (copiedPercent: number) =>
  copiedPercent < 100 ? `Copying database ${copiedPercent}%` : 'Upgrading database'
