import type { DatabaseStatus } from '#shared/database'
import { formatCount } from '#shared/format/numbers'
import type { Health, ProcessState } from '#shared/health'
import { useClock } from '../stores/clock.ts'
import { useDatabase } from '../stores/database.ts'
import { useStart } from '../stores/follow-main.ts'
import { useMarket } from '../stores/market.ts'
import { useStats } from '../stores/stats.ts'
import { classNames } from '../ui/class-names.ts'
import { Dot, type Tone } from '../ui/dot.tsx'
import { describeSession } from './describe-session.ts'
import { UpdateLine } from './update-line.tsx'

const LEVELS: Record<Health['level'], { readonly word: string; readonly tone: Tone }> = {
  healthy: { word: 'Healthy', tone: 'good' },
  degraded: { word: 'Degraded', tone: 'warn' },
  error: { word: 'Error', tone: 'bad' },
}

/** Health with its reasons, rates, and what the app runs on. */
export function StatusBar() {
  const stats = useStats((state) => state.stats)
  const info = useStart((state) => state.info)
  return (
    <footer className="flex min-h-7 shrink-0 items-center gap-x-4 border-t border-line bg-surface px-3 py-1 text-xs whitespace-nowrap text-muted max-md:flex-wrap">
      <HealthStatus health={stats?.health} />
      {stats && (
        <>
          <span className="max-sm:hidden">{formatCount(stats.quotesPerSecond.last1s)} quotes/s</span>
          <span className="max-sm:hidden">{formatCount(stats.barsPerMinute)} bars/min</span>
          <Process name="Demo market" state={stats.processes.demoMarket} />
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

function HealthStatus({ health }: { readonly health: Health | undefined }) {
  const level = health && LEVELS[health.level]
  const reasons = health?.reasons.join(' ') ?? ''
  return (
    <div className="flex min-w-0 items-center gap-2">
      <div role="status" aria-label="Health" className="flex items-center gap-1.5 text-ink">
        <Dot tone={level?.tone ?? 'off'} />
        {level?.word ?? 'Not known yet'}
      </div>
      {reasons !== '' && (
        <span title={reasons} className="text-soft max-md:line-clamp-2 max-md:whitespace-normal md:truncate">
          {reasons}
        </span>
      )}
    </div>
  )
}

/** The session, for narrow windows where the top bar has no room for it. */
function SessionLine() {
  const session = useMarket((market) => market.session)
  const text = useClock(({ now }) => {
    const { phase, countdown } = session ? describeSession(session, now) : { phase: '', countdown: '' }
    return [phase, countdown].filter(Boolean).join(' · ')
  })
  return text !== '' && <span className="md:hidden">{text}</span>
}

function Process({ name, state }: { readonly name: string; readonly state: ProcessState | undefined }) {
  return (
    state && (
      <span className="max-lg:hidden">
        {name} {state}
      </span>
    )
  )
}

const DATABASE: Readonly<Record<DatabaseStatus['state'], { readonly text: string; readonly tone: Tone }>> = {
  opening: { text: 'Database opening', tone: 'off' },
  open: { text: 'Database open', tone: 'good' },
  waiting: { text: 'Database waiting', tone: 'warn' },
  failed: { text: 'Database failed', tone: 'bad' },
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
