import { Popover } from 'radix-ui'
import { useRef } from 'react'
import type { Health } from '#shared/health'
import type { Connection } from '#shared/market'
import { useConnection } from '../stores/connection.ts'
import { useStats } from '../stores/stats.ts'
import { Dot, type Tone } from '../ui/dot.tsx'
import { FeedStats } from './feed-stats.tsx'
import { closeOverlay, toggleOverlay, useNavigation } from './navigation.ts'

const LEVELS: Record<Health['level'], { readonly word: string; readonly tone: Tone }> = {
  healthy: { word: 'Healthy', tone: 'good' },
  degraded: { word: 'Degraded', tone: 'warn' },
  error: { word: 'Error', tone: 'bad' },
}

/** The reasons that the notice about the feed does not give already. The missing keys are the first one. */
function untold(reasons: readonly string[], connection: Connection | undefined): readonly string[] {
  const { status, problem } = connection ?? {}
  if (problem !== undefined) return reasons.filter((reason) => !reason.includes(problem))
  return status === 'not-configured' ? reasons.slice(1) : reasons
}

/** Health in a word with its reasons; the word opens the feed stats over the screen. */
export function HealthStatus() {
  const health = useStats(({ stats }) => stats?.health)
  const level = health && LEVELS[health.level]
  const connection = useConnection((state) => state.connection)
  const reasons = untold(health?.reasons ?? [], connection).join(' ')
  const isOpen = useNavigation(({ overlay }) => overlay === 'feed-stats')
  const cameFrom = useRef<Element>(null)
  return (
    <>
      <Popover.Root
        open={isOpen}
        onOpenChange={(open) => (open ? toggleOverlay('feed-stats') : closeOverlay())}
      >
        <div role="status" aria-label="Health" className="shrink-0">
          <Popover.Trigger
            title="Feed stats (Alt+F)"
            className="-mx-1.5 flex h-6 items-center gap-1.5 rounded-md px-1.5 text-ink -outline-offset-2 hover:bg-hover"
          >
            <Dot tone={level?.tone ?? 'off'} />
            {level?.word ?? 'Starting…'}
          </Popover.Trigger>
        </div>
        <Popover.Portal>
          <Popover.Content
            side="top"
            align="start"
            sideOffset={6}
            collisionPadding={8}
            aria-label="Feed stats"
            onOpenAutoFocus={() => (cameFrom.current = document.activeElement)}
            onCloseAutoFocus={(event) => {
              event.preventDefault() // a focus that was put elsewhere meanwhile stays there
              const from = cameFrom.current
              if (document.activeElement === document.body && from instanceof HTMLElement) from.focus()
            }}
            className="z-30 max-h-(--radix-popover-content-available-height) w-150 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-md bg-raised shadow-float"
          >
            <FeedStats />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {reasons !== '' && (
        <span title={reasons} className="-ml-2 truncate text-soft">
          {reasons}
        </span>
      )}
    </>
  )
}
