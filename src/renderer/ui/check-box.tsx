import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface Props {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly className?: string
  readonly children: ReactNode
}

/** A box to check beside the sentence that it agrees to. */
export function CheckBox({ checked, onChange, className, children }: Props) {
  return (
    <label className={classNames('flex items-start gap-2', className)}>
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-(--accent)"
      />
      <span>{children}</span>
    </label>
  )
}
