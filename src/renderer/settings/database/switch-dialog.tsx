import { useState } from 'react'
import type { DatabaseChoice } from '#shared/database'
import { copyDatabase, stopCopying, useDatabase } from '../../stores/database.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { describeFault } from '../../ui/faults.ts'
import { Notice } from '../../ui/notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { copyRemark, copyWords } from './words.ts'

interface Props {
  readonly choice: DatabaseChoice
  readonly onSwitch: () => void
  readonly onClose: () => void
}

type Phase =
  | { readonly kind: 'question' }
  | { readonly kind: 'copying' }
  /** The copy ended, but not as it should; `isWhole` where the bars are there all the same. */
  | { readonly kind: 'ended'; readonly words: string; readonly isWhole: boolean }

/** Asks whether what is there comes along, and brings it. Nothing is switched before the copy is whole. */
export function SwitchDialog({ choice, onSwitch, onClose }: Props) {
  const [phase, setPhase] = useState<Phase>({ kind: 'question' })
  const isCopying = phase.kind === 'copying'

  const copy = async () => {
    setPhase({ kind: 'copying' })
    const copied = await copyDatabase(choice)
    if (!copied.ok) return setPhase({ kind: 'ended', words: describeFault(copied.error), isWhole: false })
    const remark = copyRemark(copied.value)
    if (remark === undefined) onSwitch()
    else setPhase({ kind: 'ended', words: remark, isWhole: copied.value.complete })
  }

  return (
    <Dialog
      title="Switch to this database?"
      onClose={isCopying ? stopCopying : onClose}
      className="max-w-130"
    >
      <div className="space-y-4 p-5 pt-2">
        {phase.kind === 'question' && (
          <p>
            Signal can copy the bars and the event log of this mode there first. This database stays as it is,
            so you can always come back to it. A load that is running waits here until you do.
          </p>
        )}
        {isCopying && <Copying />}
        {phase.kind === 'ended' && (
          <Notice tone={phase.isWhole ? 'warn' : 'bad'} role="alert">
            {phase.words}
          </Notice>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          {isCopying ? (
            <Button onClick={stopCopying}>Stop copying</Button>
          ) : (
            <>
              <Button onClick={onClose}>Stay as it is</Button>
              <Button onClick={onSwitch}>
                {phase.kind === 'ended' && phase.isWhole ? 'Switch' : 'Switch without copying'}
              </Button>
              {!(phase.kind === 'ended' && phase.isWhole) && (
                <Button look="primary" onClick={() => void copy()}>
                  {phase.kind === 'ended' ? 'Copy again, then switch' : 'Copy, then switch'}
                </Button>
              )}
            </>
          )}
        </div>
      </div>
    </Dialog>
  )
}

function Copying() {
  const progress = useDatabase(({ copying }) => copying)
  const { words, percent } = copyWords(progress ?? { bars: 0, totalBars: 0, events: 0 })
  return (
    <div className="space-y-1.5">
      <ProgressBar label="Copy" percent={percent} words={words} />
      <p className="text-xs text-muted">{words}</p>
    </div>
  )
}
