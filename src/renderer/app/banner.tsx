import { useEffect, useState } from 'react'
import { now, useClock } from '../stores/clock.ts'
import { reconnect, useConnection } from '../stores/connection.ts'
import { useDatabase } from '../stores/database.ts'
import { useStats } from '../stores/stats.ts'
import { useSettings } from '../stores/settings.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { duration } from '../ui/times.ts'
import { showScreen, useNavigation } from './navigation.ts'
import { TradingBanner } from './trading-banner.tsx'

/** Main reports once a second; after this much silence the numbers may be old, ms. */
const SILENCE_MS = 5_000

/**
 * What the trader must know before trusting the screen: a silent main process, limited trading, a feed that
 * is down, lost settings.
 */
export function Banners() {
  return (
    <div className="shrink-0 *:m-2">
      <SilenceBanner />
      <TradingBanner />
      <ConnectionBanner />
      <WarningBanner />
      <SetAsideBanner />
      <LogBanner />
    </div>
  )
}

function SilenceBanner() {
  const heardAt = useStats((state) => state.heardAt)
  const visibleSince = useVisibleSince()
  const silence = useClock(
    (clock) => Math.floor((clock.now - Math.max(heardAt, visibleSince)) / 1_000) * 1_000,
  )
  if (silence < SILENCE_MS) return null
  return (
    <Notice tone="bad" role="alert">
      Signal’s main process has been silent for {duration(silence)}. The prices shown may be old; do not trade
      on them. Restart Signal if this stays.
    </Notice>
  )
}

/** When the window became visible. A hidden window receives nothing, so silence counts from then. */
function useVisibleSince(): number {
  const [since, setSince] = useState(now)
  useEffect(() => {
    const look = () => setSince(now())
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return since
}

const NOT_CONFIGURED =
  'There are no Alpaca keys for this account yet, so no prices come. Enter them in Settings, or choose the demo market there.'

/**
 * Problems of the connection. A connected feed may have one too, such as a subscription undone by the server.
 */
function ConnectionBanner() {
  const connection = useConnection((state) => state.connection)
  if (!connection) return null
  const { status } = connection
  const problem = connection.problem ?? (status === 'not-configured' ? NOT_CONFIGURED : undefined)
  if (problem === undefined) return null
  return (
    <Notice tone={status === 'connected' || status === 'reconnecting' ? 'warn' : 'bad'}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2.5">
        <span className="min-w-40 grow basis-0">{problem}</span>
        {status === 'not-configured' ? (
          <Button small className="-my-1" onClick={() => showScreen('settings')}>
            Open Settings
          </Button>
        ) : (
          status !== 'connected' && (
            <Button small className="-my-1" onClick={() => void reconnect()}>
              Try now
            </Button>
          )
        )}
      </div>
    </Notice>
  )
}

const NO_WARNINGS: readonly string[] = []

function WarningBanner() {
  const warnings = useSettings(({ view }) => view?.warnings) ?? NO_WARNINGS
  const [read, setRead] = useState(NO_WARNINGS)
  const isInSettings = useNavigation(({ screen }) => screen === 'settings') // which lists them itself
  const unread = warnings.filter((warning) => !read.includes(warning))
  if (unread.length === 0 || isInSettings) return null
  return (
    <Notice tone="warn">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2.5">
        <span className="min-w-40 grow basis-0">{unread.join(' ')}</span>
        <Button small className="-my-1" onClick={() => showScreen('settings')}>
          Open Settings
        </Button>
        <Button small className="-my-1" onClick={() => setRead(warnings)}>
          Understood
        </Button>
      </div>
    </Notice>
  )
}

/** Says once, on any screen, that a database could not be read: its bars are gone from here. */
function SetAsideBanner() {
  const file = useDatabase(({ status }) => status?.setAside)
  const [read, setRead] = useState<string>()
  if (file === undefined || file === read) return null
  return (
    <Notice tone="warn" role="alert">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2.5">
        <span className="min-w-40 grow basis-0">
          The database was damaged and could not be read. Signal put it aside unchanged as{' '}
          <code className="font-semibold break-all">{file}</code> and began a new one, so bars have to be
          loaded again. Keep that file if you want it looked at.
        </span>
        <Button small className="-my-1" onClick={() => setRead(file)}>
          Understood
        </Button>
      </div>
    </Notice>
  )
}

/** Says that the event log is not the one that Signal wrote, until the trader has read it. */
function LogBanner() {
  const doubt = useDatabase(({ status }) => status?.logDoubt)
  const [read, setRead] = useState<string>()
  if (doubt === undefined || doubt === read) return null
  return (
    <Notice tone="bad" role="alert">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2.5">
        <span className="min-w-40 grow basis-0">
          {doubt} Compare your positions and orders with Alpaca’s own page before you trade.
        </span>
        <Button small className="-my-1" onClick={() => showScreen('audit')}>
          Open Audit
        </Button>
        <Button small className="-my-1" onClick={() => setRead(doubt)}>
          Understood
        </Button>
      </div>
    </Notice>
  )
}
