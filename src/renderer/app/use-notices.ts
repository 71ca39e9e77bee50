import { useEffect, useState } from 'react'
import type { TradingState } from '#shared/trading/account'
import type { TradingReason } from '#shared/trading/trading-reason'
import { now, useClock } from '../stores/clock.ts'
import { reconnect, useConnection } from '../stores/connection.ts'
import { useDatabase } from '../stores/database.ts'
import { useSettings } from '../stores/settings.ts'
import { useStats } from '../stores/stats.ts'
import { useTrading } from '../stores/trading.ts'
import { duration } from '../ui/times.ts'
import { showScreen, toggleOverlay, useNavigation } from './navigation.ts'

/** Something the trader must know before trusting the screen. */
export interface ShellNotice {
  readonly id: string
  readonly tone: 'warn' | 'bad'
  /** Read aloud immediately instead of at the next pause. */
  readonly isAlert?: true
  /** What follows from it, which the frame shows in a word too. */
  readonly lead?: string
  readonly text: string
  readonly actions: readonly { readonly label: string; readonly run: () => void }[]
}

/** Main reports once a second; after this much silence the numbers may be old, ms. */
const SILENCE_MS = 5_000

/** A limit that ends this soon by itself is not worth a notice, ms. */
const SETTLES_WITHIN_MS = 1_500

/** All that applies now, most serious first: silent main, blocked trading, the feed, the log, the settings. */
export function useNotices(): readonly ShellNotice[] {
  const all = [
    useSilence(),
    useTradingNotice('halted'),
    useFeed(),
    useLogDoubt(),
    useTradingNotice('reducing'),
    useDamagedDatabase(),
    useSettingsWarnings(),
  ].filter((notice) => notice !== undefined)
  return [...all.filter(({ tone }) => tone === 'bad'), ...all.filter(({ tone }) => tone === 'warn')]
}

const OPEN_SETTINGS = { label: 'Open Settings', run: () => showScreen('settings') }
const ADD_KEYS = { label: 'Open Settings', run: () => showScreen('settings', 'Account and API keys') }

function useSilence(): ShellNotice | undefined {
  const heardAt = useStats((state) => state.heardAt)
  const visibleSince = useVisibleSince()
  const silence = useClock(
    (clock) => Math.floor((clock.now - Math.max(heardAt, visibleSince)) / 1_000) * 1_000,
  )
  if (silence < SILENCE_MS) return undefined
  return {
    id: 'silence',
    tone: 'bad',
    isAlert: true,
    text: `Signal stopped responding ${duration(silence)} ago. Prices may be stale. Don’t trade on them; restart Signal if this persists.`,
    actions: [],
  }
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

/**
 * Whether a reason is shown elsewhere: a disarmed live account has its own bar, and missing keys have their
 * own notice.
 */
const isShownElsewhere = (reason: TradingReason, hasKeys: boolean): boolean =>
  reason === 'not-armed' || (reason === 'disconnected' && !hasKeys)

const LEADS: Readonly<Record<Exclude<TradingState['state'], 'active'>, string>> = {
  reducing: 'Closing orders only.',
  halted: 'New orders blocked.',
}

/** Why trading is limited to this state now, and what to do about it. */
function useTradingNotice(state: Exclude<TradingState['state'], 'active'>): ShellNotice | undefined {
  const trading = useTrading((now) => now.trading?.trading)
  const hasKeys = useConnection(({ connection }) => connection?.status !== 'not-configured')
  const reasons = trading?.reasons.filter(({ reason }) => !isShownElsewhere(reason, hasKeys)) ?? []
  const since = Math.min(...reasons.map((reason) => reason.since))
  const holds = useClock((clock) => clock.now - since > SETTLES_WITHIN_MS)
  if (trading?.state !== state || reasons.length === 0) return undefined
  if (!holds && state !== 'halted') return undefined
  const isFor = (reason: TradingReason) => reasons.some((one) => one.reason === reason)
  return {
    id: state,
    tone: state === 'halted' ? 'bad' : 'warn',
    lead: LEADS[state],
    text: reasons.map(({ sentence }) => sentence).join(' '),
    actions: [
      ...(isFor('kill-switch') ? [{ label: 'Turn off…', run: () => toggleOverlay('release') }] : []),
      ...(isFor('limits-unconfirmed')
        ? [{ label: 'Confirm limits…', run: () => toggleOverlay('confirm-limits') }]
        : []),
    ],
  }
}

const NOT_CONFIGURED =
  'No Alpaca API keys for this account, so there is no data. Add keys in Settings or switch to the demo market.'

/** A problem of the feed. A connected one may have one too, such as a subscription undone by the server. */
function useFeed(): ShellNotice | undefined {
  const connection = useConnection((state) => state.connection)
  if (!connection) return undefined
  const { status } = connection
  const text = connection.problem ?? (status === 'not-configured' ? NOT_CONFIGURED : undefined)
  if (text === undefined) return undefined
  const reconnectNow = { label: 'Reconnect now', run: () => void reconnect() }
  return {
    id: 'feed',
    tone: status === 'connected' || status === 'reconnecting' ? 'warn' : 'bad',
    text,
    actions: status === 'not-configured' ? [ADD_KEYS] : status === 'connected' ? [] : [reconnectNow],
  }
}

/** The event log is not the one that Signal wrote, until the trader has read it. */
function useLogDoubt(): ShellNotice | undefined {
  const doubt = useDatabase(({ status }) => status?.logDoubt)
  const [read, setRead] = useState<string>()
  if (doubt === undefined || doubt === read) return undefined
  return {
    id: 'log',
    tone: 'bad',
    isAlert: true,
    text: `${doubt} Check your positions and orders at Alpaca before you trade.`,
    actions: [
      { label: 'Open Audit', run: () => showScreen('audit') },
      { label: 'Dismiss', run: () => setRead(doubt) },
    ],
  }
}

/** A database could not be read: its bars are gone from here. Told once, on any screen. */
function useDamagedDatabase(): ShellNotice | undefined {
  const file = useDatabase(({ status }) => status?.setAside)
  const [read, setRead] = useState<string>()
  if (file === undefined || file === read) return undefined
  return {
    id: 'database',
    tone: 'warn',
    isAlert: true,
    text: `The database was corrupted. Signal backed it up as ${file} and started a new one; history must be reloaded. Keep the backup if you want it examined.`,
    actions: [{ label: 'Dismiss', run: () => setRead(file) }],
  }
}

const NO_WARNINGS: readonly string[] = []

function useSettingsWarnings(): ShellNotice | undefined {
  const warnings = useSettings(({ view }) => view?.warnings) ?? NO_WARNINGS
  const [read, setRead] = useState(NO_WARNINGS)
  const isInSettings = useNavigation(({ screen }) => screen === 'settings') // which lists them itself
  const unread = warnings.filter((warning) => !read.includes(warning))
  if (unread.length === 0 || isInSettings) return undefined
  return {
    id: 'settings',
    tone: 'warn',
    text: unread.join(' '),
    actions: [OPEN_SETTINGS, { label: 'Dismiss', run: () => setRead(warnings) }],
  }
}
