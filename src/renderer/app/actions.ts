import type { Settings } from '#shared/settings'
import { cancelAll, describeCancelAll } from '../stores/cancels.ts'
import { now } from '../stores/clock.ts'
import { useSettings, saveSettings } from '../stores/settings.ts'
import { reconnect } from '../stores/connection.ts'
import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { useTrading } from '../stores/trading.ts'
import { describeFault, type Fault } from '../ui/faults.ts'
import { localZoneName } from '../ui/times.ts'
import { describeRefusal } from './describe-refusal.ts'
import { showScreen, toggleOverlay } from './navigation.ts'
import { saveWithUndo } from './save-with-undo.ts'
import { describeWhatFlattens } from './describe-what-flattens.ts'
import { describeHalt, flattenNow, haltOrRelease, pressFlatten, pressHalt } from './emergency.ts'
import type { Action, Screen, Side } from './screen.ts'

const THEMES = ['system', 'light', 'dark'] as const
const PALETTES = ['classic', 'color-blind', 'mono'] as const

const after = <T>(choices: readonly T[], now: T): T | undefined =>
  choices[(choices.indexOf(now) + 1) % choices.length]

async function nextTheme(): Promise<void> {
  const theme = after(THEMES, useSettings.getState().view?.settings.theme ?? 'system')
  if (theme) tellSaved(`Theme: ${theme}`, await saveSettings({ theme }))
}

async function nextPalette(): Promise<void> {
  const palette = after(PALETTES, useSettings.getState().view?.settings.palette ?? 'classic')
  if (palette) tellSaved(`Palette: ${palette}`, await saveSettings({ palette }))
}

async function showTimesIn(zone: Settings['timeZone']): Promise<void> {
  const name = zone === 'exchange' ? 'Eastern (ET)' : `Local (${localZoneName(now())})`
  const refused = await saveWithUndo('timeZone', zone, `Time zone: ${name}`)
  if (refused !== undefined) tell({ tone: 'failed', text: refused })
}

function tellSaved(done: string, refusal: Parameters<typeof describeRefusal>[0] | undefined): void {
  tell(refusal ? { tone: 'failed', text: describeRefusal(refusal) } : { tone: 'done', text: done })
}

const tellFault = (fault: Fault | undefined) => fault && tell({ tone: 'failed', text: describeFault(fault) })

/** Shows the log file in the system's file manager. */
export async function showLog(): Promise<void> {
  const answer = await ask(signal().app.showLog())
  if (!answer.ok) tellFault(answer.error)
}

/** Opens the data folder in the system's file manager. */
export async function showDataFolder(): Promise<void> {
  const answer = await ask(signal().app.showDataFolder())
  if (!answer.ok) tellFault(answer.error)
}

/** The actions available on every screen. */
export const EVERYWHERE: readonly Action[] = [
  {
    id: 'flatten',
    label: 'Flatten all: cancel orders, close positions',
    keys: 'F6',
    run: pressFlatten,
    confirm: {
      describe: () => describeWhatFlattens(useTrading.getState().trading),
      run: () => void flattenNow(),
    },
  },
  {
    id: 'cancel-all',
    label: 'Cancel all orders',
    keys: 'F7',
    run: () => void cancelAll(),
    confirm: { describe: () => `${describeCancelAll()}.`, run: () => void cancelAll() },
  },
  {
    id: 'halt',
    label: 'Kill switch: block new orders / release',
    keys: 'F8',
    run: pressHalt,
    confirm: { describe: describeHalt, run: haltOrRelease },
  },
  { id: 'palette', label: 'Search commands', keys: 'Ctrl+K', run: () => toggleOverlay('palette') },
  { id: 'keys', label: 'Keyboard shortcuts', keys: '?', run: () => toggleOverlay('keys') },
  {
    id: 'reconnect',
    label: 'Reconnect data feed',
    keys: 'Alt+R',
    run: () => void reconnect().then(tellFault),
  },
  { id: 'theme', label: 'Switch theme', keys: 'Alt+T', run: () => void nextTheme() },
  { id: 'colors', label: 'Switch palette', keys: 'Alt+P', run: () => void nextPalette() },
  { id: 'time-exchange', label: 'Time zone: Eastern (ET)', run: () => void showTimesIn('exchange') },
  { id: 'time-local', label: 'Time zone: Local', run: () => void showTimesIn('local') },
  { id: 'log', label: 'Open log file', keys: 'Alt+L', run: () => void showLog() },
]

/** Opened from the status bar, which every screen has. */
const FEED_STATS: Action = {
  id: 'feed-stats',
  label: 'Feed stats',
  keys: 'Alt+F',
  run: () => toggleOverlay('feed-stats'),
}

/** All actions available now: going to a screen, the screen's own, and the global ones. */
export function actionsNow(screens: readonly Screen[], shown: Screen, side: Side): readonly Action[] {
  const goTo = screens.map(({ id, label, keys }) => ({
    id: `go-${id}`,
    label: `Go to ${label}`,
    keys,
    run: () => showScreen(id),
  }))
  return [
    ...goTo,
    ...shown.actions,
    ...(shown.trades === true ? side.actions : []),
    FEED_STATS,
    ...EVERYWHERE,
  ]
}
