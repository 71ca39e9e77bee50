import { useClock } from '../stores/clock.ts'
import { useConnection } from '../stores/connection.ts'
import { Dot } from '../ui/dot.tsx'
import { duration } from '../ui/times.ts'
import { connectionTone, describeConnection } from './describe-connection.ts'

/** The market-data connection, in a word. */
export function ConnectionStatus() {
  const connection = useConnection((state) => state.connection)
  return (
    <div className="flex min-w-0 items-center gap-2">
      <div
        role="status"
        aria-label="Connection"
        title={connection?.problem}
        className="flex items-center gap-1.5 whitespace-nowrap"
      >
        <Dot tone={connectionTone(connection?.status)} />
        {describeConnection(connection?.status)}
      </div>
      {connection?.retryAt !== undefined && <NextTry at={connection.retryAt} />}
    </div>
  )
}

/** Countdown to the next attempt, kept out of the status, or a screen reader would count along. */
function NextTry({ at }: { readonly at: number }) {
  const text = useClock(({ now }) => (at > now ? `retry in ${duration(at - now)}` : 'retrying'))
  return <span className="truncate text-xs text-muted max-md:hidden">{text}</span>
}
