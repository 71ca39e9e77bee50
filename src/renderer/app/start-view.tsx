import { useEffect, useState } from 'react'
import { loadAll, type Start } from '../stores/follow-main.ts'
import { Button } from '../ui/button.tsx'
import { describeFault } from '../ui/faults.ts'
import { showLog } from './actions.ts'

/** Waiting is mentioned only after this, ms. */
const PATIENCE_MS = 1_000

/** Shown until the first frame can be painted with real data. */
export function StartView({ start }: { readonly start: Exclude<Start, { kind: 'ready' }> }) {
  return start.kind === 'failed' ? (
    <div role="alert" className="m-auto max-w-120 p-6 text-center">
      <p className="text-base font-semibold">Signal couldn’t start.</p>
      <p className="mt-1 text-soft">{describeFault(start.fault)}</p>
      <div className="mt-4 flex justify-center gap-2">
        <Button look="primary" onClick={() => void loadAll()}>
          Try again
        </Button>
        <Button onClick={() => void showLog()}>Open log file</Button>
      </div>
    </div>
  ) : (
    <Waiting text={`Loading ${start.waitingFor}…`} />
  )
}

function Waiting({ text }: { readonly text: string }) {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return <p className="m-auto text-muted">{isLong && text}</p>
}
