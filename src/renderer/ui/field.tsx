import type { ReactNode } from 'react'
import { FixedBy } from './fixed-by.tsx'

/** Classes of a text, number or select control. */
export const CONTROL =
  'h-8 w-full min-w-0 rounded-md border border-control bg-surface px-2.5 text-sm text-ink placeholder:text-muted ' +
  'disabled:opacity-70 aria-invalid:border-bad'

interface Props {
  readonly label: string
  /** The control's id. */
  readonly htmlFor: string
  /** What it does, and what a choice means. Its id is `${htmlFor}-hint`. */
  readonly hint?: ReactNode
  /** Why the last value was rejected. Its id is `${htmlFor}-error`. */
  readonly error?: string | undefined
  /** The environment variable that fixes this value. */
  readonly fixedBy?: string | undefined
  readonly children: ReactNode
}

/** Ids of the texts that describe a field's control, for `aria-describedby`. */
export const describedBy = (id: string): string => `${id}-hint ${id}-error`

/** A labeled row of a form: label and hint, the control, and what is wrong with it. */
export function Field({ label, htmlFor, hint, error, fixedBy, children }: Props) {
  return (
    <div className="grid gap-x-8 gap-y-1.5 py-3.5 sm:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]">
      <div>
        <label htmlFor={htmlFor} className="font-medium">
          {label}
        </label>
        <p id={`${htmlFor}-hint`} className="mt-0.5 text-xs text-muted">
          {hint}
        </p>
      </div>
      <div className="min-w-0">
        {children}
        {fixedBy !== undefined && <FixedBy variable={fixedBy} />}
        <p id={`${htmlFor}-error`} role="alert" className="mt-1.5 text-xs text-bad empty:hidden">
          {error}
        </p>
      </div>
    </div>
  )
}
