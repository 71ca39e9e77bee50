import { LockClosedIcon } from '@heroicons/react/16/solid'

/** Says that a value cannot be changed here, and which environment variable sets it. */
export function FixedBy({ variable }: { readonly variable: string }) {
  return (
    <p className="mt-1.5 flex items-center gap-1.5 text-xs text-soft">
      <LockClosedIcon className="size-3.5 shrink-0 text-muted" aria-hidden />
      <span>
        Set by <code className="font-semibold break-all">{variable}</code> (environment)
      </span>
    </p>
  )
}
