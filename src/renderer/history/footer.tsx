import type { ReactNode } from 'react'
import { describeFault } from '../ui/faults.ts'
import { Notice } from '../ui/notice.tsx'
import { useWizard } from './wizard.ts'

interface Props {
  /** What the buttons will do, in one line. */
  readonly text: ReactNode
  /** Buttons, the one that continues last. */
  readonly children: ReactNode
}

/** The footer of a step: what is chosen, and the buttons to continue. */
export function Footer({ text, children }: Props) {
  const fault = useWizard(({ startFault }) => startFault)
  return (
    <div className="shrink-0 border-t border-line bg-surface px-4 py-2 sm:px-8">
      {fault && (
        <div className="mb-2">
          <Notice tone="bad" role="alert">
            Download didn’t start. {describeFault(fault)}
          </Notice>
        </div>
      )}
      <div className="mx-auto flex max-w-350 flex-wrap items-center justify-end gap-2">
        <p className="min-w-48 grow basis-0 text-soft">{text}</p>
        {children}
      </div>
    </div>
  )
}
