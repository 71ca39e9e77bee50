import {
  ArrowPathIcon,
  ArrowsRightLeftIcon,
  ArrowTrendingDownIcon,
  BoltIcon,
  ChartBarIcon,
  ChatBubbleLeftIcon,
  ClockIcon,
  CpuChipIcon,
  DocumentDuplicateIcon,
  ExclamationTriangleIcon,
  FunnelIcon,
  ListBulletIcon,
  SignalIcon,
} from '@heroicons/react/16/solid'
import type { ReactNode } from 'react'
import { formatBytes, formatCount } from '#shared/format/numbers'
import type { SystemStats } from '#shared/health'
import type { EpochMs } from '#shared/units'
import { useClock } from '../stores/clock.ts'
import { useConnection } from '../stores/connection.ts'
import { useStats } from '../stores/stats.ts'
import { Dot } from '../ui/dot.tsx'
import { ago, delay, duration } from '../ui/times.ts'
import { connectionTone, describeConnection } from './describe-connection.ts'
import { Issues } from './issues.tsx'
import { StatCard } from './stat-card.tsx'

/** The numbers behind the feed: what arrives, how late, and what went wrong. */
export function FeedStats() {
  const stats = useStats((state) => state.stats)
  return (
    <>
      <h2 className="px-3 pt-2.5 pb-1.5 font-semibold">Feed stats</h2>
      {stats && stats.health.reasons.length > 0 && (
        <ul aria-label="Reasons" className="px-3 pb-2 text-soft">
          {stats.health.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {stats ? (
        <dl className="grid grid-cols-2 gap-px overflow-hidden sm:grid-cols-4">
          <Feed stats={stats} />
          <Rest stats={stats} />
        </dl>
      ) : (
        <p className="px-3 py-3 text-muted">Collecting…</p>
      )}
      <Issues />
    </>
  )
}

/** The stats that show at a glance whether the feed is healthy. */
function Feed({ stats }: { readonly stats: SystemStats }) {
  const connection = useConnection((state) => state.connection)
  const { latency } = stats
  return (
    <>
      <StatCard Icon={SignalIcon} label="Feed" about="Market data connection">
        <span className="flex items-center gap-1.5">
          <Dot tone={connectionTone(connection?.status)} />
          {describeConnection(connection?.status)}
        </span>
      </StatCard>
      <StatCard Icon={BoltIcon} label="Quotes/s" about="Quotes/s: last second, 1-min average">
        {formatCount(stats.quotesPerSecond.last1s)}
        <Aside>{formatCount(stats.quotesPerSecond.last60s)} avg</Aside>
      </StatCard>
      <StatCard Icon={ArrowsRightLeftIcon} label="Trades/s" about="Trades/s: last second, 1-min average">
        {formatCount(stats.tradesPerSecond.last1s)}
        <Aside>{formatCount(stats.tradesPerSecond.last60s)} avg</Aside>
      </StatCard>
      <StatCard Icon={ChartBarIcon} label="Bars/min" about="1-min bars received, last minute">
        {formatCount(stats.barsPerMinute)}
      </StatCard>
      <StatCard
        Icon={ClockIcon}
        label="Latency"
        about="Exchange timestamp to receipt, last minute: median and 99th percentile"
      >
        {latency ? delay(latency.p50) : 'no data'}
        {latency && <Aside>p99 {delay(latency.p99)}</Aside>}
      </StatCard>
      <StatCard Icon={ExclamationTriangleIcon} label="Errors" about="Unreadable messages and internal errors">
        {formatCount(stats.errors)}
      </StatCard>
      <StatCard Icon={ChatBubbleLeftIcon} label="Last quote" about="Time since last quote, any symbol">
        <Since at={stats.lastMessageAt.quote} />
      </StatCard>
    </>
  )
}

function Rest({ stats }: { readonly stats: SystemStats }) {
  const { rateLimit } = stats
  return (
    <>
      <StatCard Icon={ChatBubbleLeftIcon} label="Last bar" about="Time since last bar, any symbol">
        <Since at={stats.lastMessageAt.bar} />
      </StatCard>
      <StatCard Icon={ClockIcon} label="Uptime" about="Time since Signal started">
        {duration(stats.uptimeMs)}
      </StatCard>
      <StatCard Icon={ListBulletIcon} label="Subscriptions" about="Symbols subscribed">
        {formatCount(stats.subscriptions)}
      </StatCard>
      <StatCard Icon={ArrowTrendingDownIcon} label="Traffic" about="Bytes received per second">
        {formatBytes(stats.bytesPerSecond)}/s
      </StatCard>
      <StatCard
        Icon={DocumentDuplicateIcon}
        label="Duplicates"
        about="Quotes dropped because bid and ask were unchanged"
      >
        {formatCount(stats.duplicateQuotes)}
        <Aside>dropped</Aside>
      </StatCard>
      <StatCard Icon={ArrowPathIcon} label="Reconnects" about="In the last hour">
        {formatCount(stats.reconnectsLastHour)}
        <Aside>last hour</Aside>
      </StatCard>
      <StatCard
        Icon={CpuChipIcon}
        label="App lag"
        about="How late Signal handles events: 99th percentile of the last seconds"
      >
        {delay(stats.eventLoopDelay.p99)}
        <Aside>p99</Aside>
      </StatCard>
      {rateLimit && (
        <StatCard Icon={FunnelIcon} label="API calls left" about="Of Alpaca’s limit for this minute">
          {formatCount(rateLimit.remaining)}
          <Aside>of {formatCount(rateLimit.limit)}</Aside>
        </StatCard>
      )}
    </>
  )
}

const Aside = ({ children }: { readonly children: ReactNode }) => (
  <span className="ml-1.5 text-2xs font-normal text-muted">{children}</span>
)

function Since({ at }: { readonly at: EpochMs | undefined }) {
  const text = useClock(({ now }) => (at === undefined ? 'none yet' : ago(now - at)))
  return <>{text}</>
}
