import { useState } from 'react'
import type { DatabaseChoice } from '#shared/database'
import type { LoadProgress } from '#shared/history'
import { copyDatabase, stopCopying, useDatabase } from '../../stores/database.ts'
import { steerLoad, useRunningLoads } from '../../stores/loads.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { describeFault } from '../../ui/faults.ts'
import { Notice } from '../../ui/notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { copyRemark, describeCopy } from './describe-database.ts'

interface Props {
  readonly choice: DatabaseChoice
  readonly onSwitch: () => void
  readonly onClose: () => void
}

type Phase =
  | { readonly kind: 'question' }
  | { readonly kind: 'copying' }
  /** The copy ended, but not as it should; `isWhole` if all bars were copied anyway. */
  | { readonly kind: 'ended'; readonly text: string; readonly isWhole: boolean }

/** Asks whether to copy what is stored, and copies it. Nothing is switched before the copy is complete. */
export function SwitchDialog({ choice, onSwitch, onClose }: Props) {
  const [phase, setPhase] = useState<Phase>({ kind: 'question' })
  const isCopying = phase.kind === 'copying'
  const running = useRunningLoads()

  const copy = async () => {
    setPhase({ kind: 'copying' })
    const copied = await copyDatabase(choice)
    if (!copied.ok) return setPhase({ kind: 'ended', text: describeFault(copied.error), isWhole: false })
    const remark = copyRemark(copied.value)
    if (remark === undefined) onSwitch()
    else setPhase({ kind: 'ended', text: remark, isWhole: copied.value.complete })
  }

  return (
    <Dialog
      title="Switch to this database?"
      onClose={isCopying ? stopCopying : onClose}
      className="max-w-130"
    >
      <div className="space-y-4 p-5 pt-2">
        {phase.kind === 'question' && (
          <p>Copy your data to the new database first? The current one is kept, with its paused downloads.</p>
        )}
        {phase.kind !== 'copying' && running.length > 0 && <LoadRunning loads={running} />}
        {isCopying && <Copying />}
        {phase.kind === 'ended' && (
          <Notice tone={phase.isWhole ? 'warn' : 'bad'} role="alert">
            {phase.text}
          </Notice>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          {isCopying ? (
            <Button onClick={stopCopying}>Stop copying</Button>
          ) : (
            <>
              <Button onClick={onClose}>Cancel</Button>
              <Button disabled={running.length > 0} onClick={onSwitch}>
                {phase.kind === 'ended' && phase.isWhole ? 'Switch' : 'Switch without copying'}
              </Button>
              {!(phase.kind === 'ended' && phase.isWhole) && (
                <Button look="primary" disabled={running.length > 0} onClick={() => void copy()}>
                  {phase.kind === 'ended' ? 'Resume copy, then switch' : 'Copy, then switch'}
                </Button>
              )}
            </>
          )}
        </div>
      </div>
    </Dialog>
  )
}

interface LoadRunningProps {
  readonly loads: readonly LoadProgress[]
}

/** Why nothing can be switched yet, and how to change that. */
function LoadRunning({ loads }: LoadRunningProps) {
  const [fault, setFault] = useState<string>()
  const pause = async () => {
    for (const { id } of loads) {
      const failed = await steerLoad('pause', id)
      if (failed) return setFault(describeFault(failed))
    }
  }
  return (
    <Notice tone="warn" role="alert">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="min-w-40 grow basis-0">
          {fault ??
            'A download is running into the current database. Pause it first; you can resume it here later.'}
        </span>
        <Button small onClick={() => void pause()}>
          Pause download
        </Button>
      </div>
    </Notice>
  )
}

function Copying() {
  const progress = useDatabase(({ copying }) => copying)
  const { text, percent } = describeCopy(progress ?? { bars: 0, totalBars: 0, events: 0 })
  return (
    <div className="space-y-1.5">
      <ProgressBar label="Copy" percent={percent} text={text} />
      <p className="text-xs text-muted">{text}</p>
    </div>
  )
}
