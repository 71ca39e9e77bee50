import { showDataFolder, showLog } from '../app/actions.ts'
import { useDatabase } from '../stores/database.ts'
import { useStart } from '../stores/follow-main.ts'
import { Button } from '../ui/button.tsx'

/** What the app runs on and where it stores things, for bug reports. */
export function About() {
  const info = useStart((state) => state.info)
  const database = useDatabase(({ status }) => status?.address)
  if (!info) return <p className="py-3.5 text-muted">Loading…</p>
  const facts = [
    ['Version', info.version],
    ['Runtime', info.runtime],
    ['Data folder', info.dataDir],
    ['Log file', info.logFile],
    ['Database', database ?? 'Opening…'],
  ]
  return (
    <div className="py-3.5">
      <dl className="grid gap-x-8 gap-y-1.5 sm:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-muted">
        Uninstalling Signal keeps all of these. To delete your data, delete the data folder afterward.
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={() => void showDataFolder()}>Open data folder</Button>
        <Button onClick={() => void showLog()}>Open log file</Button>
      </div>
    </div>
  )
}
