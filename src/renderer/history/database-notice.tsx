import { showScreen } from '../app/navigation.ts'
import { useDatabase } from '../stores/database.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

/** Why history cannot be read or loaded now, and what to do; nothing while the database is open. */
export function DatabaseNotice() {
  const status = useDatabase((database) => database.status)
  if (!status || status.state === 'open') return null
  const { state, address, problem } = status
  if (state === 'opening') {
    return (
      <div className="m-2">
        <Notice tone="info" role="status">
          Opening database {address}…
        </Notice>
      </div>
    )
  }
  return (
    <div className="m-2">
      <Notice tone={state === 'waiting' ? 'warn' : 'bad'} role="alert">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <span className="min-w-40 grow basis-0">
            {problem ?? `Database ${address} unreachable.`}{' '}
            {state === 'waiting' ? 'Retrying; no data is lost.' : 'Downloads are stopped until then.'}
          </span>
          {state === 'failed' && (
            <Button small onClick={() => showScreen('settings')}>
              Open Settings
            </Button>
          )}
        </div>
      </Notice>
    </div>
  )
}
