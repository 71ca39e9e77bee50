import type { Anomaly } from '#shared/health'
import { useStats } from '../stores/stats.ts'
import { classNames } from '../ui/class-names.ts'
import { clockTime } from '../ui/times.ts'

/** What went wrong since Signal started, newest first. */
export function Issues() {
  const anomalies = useStats((state) => state.anomalies)
  return (
    <section aria-label="Issues" className="border-t border-line px-3 py-2">
      <h3 className="text-xs font-semibold">
        Issues <span className="font-normal text-muted">({anomalies.length})</span>
      </h3>
      {anomalies.length === 0 ? (
        <p className="mt-0.5 text-muted">None since start.</p>
      ) : (
        <ul className="mt-0.5">
          {anomalies.map((anomaly) => (
            <Entry key={`${anomaly.at} ${anomaly.kind} ${anomaly.message}`} anomaly={anomaly} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Entry({ anomaly: { at, severity, message } }: { readonly anomaly: Anomaly }) {
  return (
    <li className="flex gap-2.5 py-0.5">
      <time dateTime={new Date(at).toISOString()} className="shrink-0 text-muted">
        {clockTime(at)}
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
