import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { LIMIT_ROWS, type LimitRow } from './limit-rows.ts'

interface Props {
  readonly className: string
  /** Draws one row: its name, what it warns above, what it blocks above. */
  readonly children: (row: LimitRow) => ReactNode
}

/** A table of all risk limits. */
export function LimitTable({ className, children }: Props) {
  return (
    <table className={classNames('w-full border-collapse text-left', className)}>
      <thead className="text-xs text-muted">
        <tr>
          <th scope="col" className="py-1 pr-4 font-medium">
            Limit
          </th>
          <th scope="col" className="py-1 pr-4 font-medium">
            Warn above
          </th>
          <th scope="col" className="py-1 font-medium">
            Block above
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">{LIMIT_ROWS.map(children)}</tbody>
    </table>
  )
}
