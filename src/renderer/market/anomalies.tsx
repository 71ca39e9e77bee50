import { BellAlertIcon } from '@heroicons/react/16/solid'
import { Popover } from 'radix-ui'
import type { Anomaly } from '#shared/health'
import { useStats } from '../stores/stats.ts'
import { classNames } from '../ui/class-names.ts'
import { newYorkClock } from '../ui/times.ts'
import { StatCard } from './stat-card.tsx'

/** A button that shows recent anomalies. */
export function Anomalies() {
  const anomalies = useStats((state) => state.anomalies)
  return (
    <StatCard Icon={BellAlertIcon} label="Anomalies" about="What went wrong since Signal started">
      {anomalies.length === 0 ? (
        'none'
      ) : (
        <Popover.Root>
          <Popover.Trigger className="rounded-sm text-warn underline underline-offset-2">
            {anomalies.length === 1 ? '1, show' : `${anomalies.length}, show`}
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              align="end"
              sideOffset={6}
              collisionPadding={12}
              aria-label="Anomalies"
              className="z-30 max-h-80 w-100 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-md bg-raised p-2 shadow-float"
            >
              <ul>
                {anomalies.map((anomaly) => (
                  <Entry key={`${anomaly.at} ${anomaly.kind} ${anomaly.message}`} anomaly={anomaly} />
                ))}
              </ul>
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </StatCard>
  )
}

function Entry({ anomaly: { at, severity, message } }: { readonly anomaly: Anomaly }) {
  return (
    <li className="flex gap-2.5 rounded-sm px-2 py-1.5">
      <time dateTime={new Date(at).toISOString()} className="shrink-0 text-muted">
        {newYorkClock(at)}
      </time>
      <span>
        <span className={classNames('font-medium', severity === 'error' ? 'text-bad' : 'text-warn')}>
          {severity === 'error' ? 'Error' : 'Warning'}
        </span>{' '}
        {message}
      </span>
    </li>
  )
}
