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
import { connectionTone, describeConnection } from '../app/describe-connection.ts'
import { useClock } from '../stores/clock.ts'
import { useConnection } from '../stores/connection.ts'
import { useStats } from '../stores/stats.ts'
import { Dot } from '../ui/dot.tsx'
import { ago, delay, duration } from '../ui/times.ts'
import { Anomalies } from './anomalies.tsx'
import { StatCard } from './stat-card.tsx'

/** The numbers behind the feed: what arrives, how late, and what went wrong. */
export function StatsPanel() {
  const stats = useStats((state) => state.stats)
  return (
    <section
      aria-label="System stats"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls in a small window, and must do so by key too
      tabIndex={0}
      className="@container max-h-[26vh] shrink-0 overflow-auto border-b border-line bg-surface -outline-offset-2"
    >
      {stats ? (
        <dl className="grid grid-cols-[repeat(auto-fill,minmax(8.75rem,1fr))] gap-px small:auto-cols-[minmax(9rem,1fr)] small:grid-flow-col small:grid-cols-none @min-[70rem]:grid-cols-8">
          <Feed stats={stats} />
          <Rest stats={stats} />
        </dl>
      ) : (
        <p className="px-3 py-3 text-muted">Waiting for the first numbers of the monitor.</p>
      )}
    </section>
  )
}

/**
 * The stats that show at a glance whether the feed is healthy; visible even when all cards are in one row.
 */
function Feed({ stats }: { readonly stats: SystemStats }) {
  const connection = useConnection((state) => state.connection)
  const { latency } = stats
  return (
    <>
      <StatCard Icon={SignalIcon} label="Feed" about="The link to the market-data stream">
        <span className="flex items-center gap-1.5">
          <Dot tone={connectionTone(connection?.status)} />
          {describeConnection(connection?.status)}
        </span>
      </StatCard>
      <StatCard
        Icon={BoltIcon}
        label="Quotes/s"
        about="Quotes received, last second and mean of the last minute"
      >
        {formatCount(stats.quotesPerSecond.last1s)}
        <Aside>{formatCount(stats.quotesPerSecond.last60s)} avg</Aside>
      </StatCard>
      <StatCard
        Icon={ArrowsRightLeftIcon}
        label="Trades/s"
        about="Trades received, last second and mean of the last minute"
      >
        {formatCount(stats.tradesPerSecond.last1s)}
        <Aside>{formatCount(stats.tradesPerSecond.last60s)} avg</Aside>
      </StatCard>
      <StatCard Icon={ChartBarIcon} label="Bars/min" about="Minute bars received in the last minute">
        {formatCount(stats.barsPerMinute)}
      </StatCard>
      <StatCard
        Icon={ClockIcon}
        label="Latency"
        about="Exchange stamp to arrival over the last minute: median and 99th percentile"
      >
        {latency ? delay(latency.p50) : 'no message'}
        {latency && <Aside>p99 {delay(latency.p99)}</Aside>}
      </StatCard>
      <Anomalies />
      <StatCard
        Icon={ExclamationTriangleIcon}
        label="Errors"
        about="Messages that did not parse, and handlers that failed"
      >
        {formatCount(stats.errors)}
      </StatCard>
      <StatCard Icon={ChatBubbleLeftIcon} label="Last quote" about="When the last quote of any symbol came">
        <Since at={stats.lastMessageAt.quote} />
      </StatCard>
    </>
  )
}

function Rest({ stats }: { readonly stats: SystemStats }) {
  const { rateLimit } = stats
  return (
    <>
      <StatCard Icon={ChatBubbleLeftIcon} label="Last bar" about="When the last bar of any symbol came">
        <Since at={stats.lastMessageAt.bar} />
      </StatCard>
      <StatCard Icon={ClockIcon} label="Uptime" about="How long Signal has run">
        {duration(stats.uptimeMs)}
      </StatCard>
      <StatCard Icon={ListBulletIcon} label="Subscriptions" about="Symbols that the exchange confirmed">
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
        label="Loop delay"
        about="How late Signal's main process gets to its work: 99th percentile of the last seconds"
      >
        {delay(stats.eventLoopDelay.p99)}
        <Aside>p99</Aside>
      </StatCard>
      {rateLimit && (
        <StatCard Icon={FunnelIcon} label="Requests left" about="Of Alpaca's limit for this minute">
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
