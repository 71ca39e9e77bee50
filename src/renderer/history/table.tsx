import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'

interface Props {
  readonly label: string
  /** Keeps a few short columns together. */
  readonly narrow?: boolean
  readonly head: ReactNode
  readonly children: ReactNode
}

/** A table that scrolls sideways if it does not fit. */
export function Table({ label, narrow = false, head, children }: Props) {
  return (
    <div
      role="region"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls in a narrow window, and must do so by key too
      tabIndex={0}
      className={classNames('relative overflow-x-auto', narrow && 'max-w-190')}
    >
      <table className="w-full">
        <thead className="text-xs text-muted">
          <tr className="border-b border-line">{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

interface TableCellProps {
  readonly right?: boolean
  readonly children?: ReactNode
}

/** A column header. */
export const Column = ({ right = false, children }: TableCellProps) => (
  <th
    scope="col"
    className={`px-3 py-1.5 font-normal whitespace-nowrap first:pl-0 ${right ? 'text-right' : 'text-left'}`}
  >
    {children}
  </th>
)

/** A cell with a figure or text. */
export const Cell = ({ right = false, children }: TableCellProps) => (
  <td className={`px-3 py-1 first:pl-0 ${right ? 'text-right whitespace-nowrap' : 'text-left'}`}>
    {children}
  </td>
)

/** The header cell of a row. */
export const RowName = ({ children }: { readonly children: ReactNode }) => (
  <th scope="row" className="py-1 pr-3 text-left font-medium">
    {children}
  </th>
)
