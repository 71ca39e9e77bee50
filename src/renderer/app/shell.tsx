import { useEffect, useMemo, useRef, type ReactNode } from 'react'
import type { Mode } from '#shared/settings'
import { useStart } from '../stores/follow-main.ts'
import { useSettings } from '../stores/settings.ts'
import { classNames } from '../ui/class-names.ts'
import { actionsNow } from './actions.ts'
import { CommandPalette } from './command-palette.tsx'
import { ConfirmLimitsDialog } from './confirm-limits-dialog.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { focusScreen } from './focus-screen.ts'
import { HostBar } from './host-bar.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { LiveBar } from './live-bar.tsx'
import { LiveRegions } from './live-regions.tsx'
import { useNavigation } from './navigation.ts'
import { Rail } from './rail.tsx'
import { ReleaseDialog } from './release-dialog.tsx'
import type { Screen, Side } from './screen.ts'
import { SideActions } from './side-actions.ts'
import { StartView } from './start-view.tsx'
import { StatusBar } from './status-bar.tsx'
import { StatusStrip } from './status-strip.tsx'
import { Toaster } from './toaster.tsx'
import { TopBar } from './top-bar.tsx'
import { TypedLetters } from './typed-letters.tsx'
import { useKeys } from './use-keys.ts'
import { useTypeAhead } from './use-type-ahead.ts'

interface Props {
  /** The first one is shown at the first start, later the last one shown. */
  readonly screens: readonly [Screen, ...Screen[]]
  /** Shown over the first screen until the trader dismisses it. */
  readonly welcome: ReactNode
  /** Shown beside the screens that trade. */
  readonly side: Side
}

/** The window's frame, by whose money it is. */
const FRAMES: Readonly<Record<Mode, string>> = {
  demo: 'border-2 border-dashed border-muted',
  paper: 'border-2 border-paper',
  live: 'border-4 border-live',
}

/** The frame around every screen. */
export function Shell({ screens, welcome, side }: Props) {
  const { screen, asked, section, overlay } = useNavigation()
  const shown = screens.find(({ id }) => id === screen) ?? screens[0]
  const start = useStart((state) => state.start)
  const mode = useSettings(({ view }) => view?.settings.mode)
  // Another time zone draws a screen anew, but for Settings, where it is chosen.
  const zone = useSettings(({ view }) => view?.settings.timeZone)
  const times = shown.id === 'settings' ? '' : zone
  const welcomed = useSettings(({ view }) => view?.settings.welcomed) ?? true
  const actions = useMemo(() => actionsNow(screens, shown, side), [screens, shown, side])
  useKeys(actions)
  useTypeAhead(start.kind === 'ready' ? shown.finder : undefined)
  useEffect(() => {
    document.title = `${mode === undefined ? '' : `${mode.toUpperCase()} · `}${shown.title} · Signal`
  }, [mode, shown])

  const content = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asked === 0 || section !== undefined || !content.current) return undefined
    return focusScreen(shown, content.current)
  }, [asked, section, shown])

  // Drawn anew in another time zone, the screen has lost the focus.
  const drawnIn = useRef(zone)
  useEffect(() => {
    const before = drawnIn.current
    drawnIn.current = zone
    if (before === undefined || before === zone || !content.current) return undefined
    return document.activeElement === document.body ? focusScreen(shown, content.current) : undefined
  }, [zone, shown])

  return (
    <div className={classNames('flex h-full min-h-0 flex-col', mode && FRAMES[mode])}>
      <LiveBar />
      <HostBar />
      <TopBar title={shown.title} />
      <div className="flex min-h-0 grow max-sm:flex-col">
        <Rail screens={screens} shown={shown} />
        <main className="flex min-h-0 min-w-0 grow flex-col">
          <StatusStrip />
          {start.kind === 'ready' ? (
            <ErrorBoundary key={`${shown.id} ${times}`}>
              <div className="relative flex min-h-0 grow">
                <div ref={content} data-screen={shown.id} className="relative min-h-0 min-w-0 grow">
                  {!welcomed && shown === screens[0] && welcome}
                  <SideActions value={side.actions}>
                    <shown.Content />
                  </SideActions>
                </div>
                {shown.trades === true && <side.Content />}
              </div>
            </ErrorBoundary>
          ) : (
            <StartView start={start} />
          )}
        </main>
      </div>
      <StatusBar />
      <Toaster />
      <TypedLetters />
      <LiveRegions />
      {overlay === 'release' && <ReleaseDialog />}
      {overlay === 'confirm-limits' && <ConfirmLimitsDialog />}
      {overlay === 'palette' && <CommandPalette actions={actions} home={screens[0]} />}
      {overlay === 'keys' && <KeysDialog actions={actions} more={keyLists(shown, side)} />}
    </div>
  )
}

const keyLists = (shown: Screen, side: Side) => [
  ...(shown.moreKeys ? [shown.moreKeys] : []),
  ...(shown.trades === true ? [side.moreKeys] : []),
]
