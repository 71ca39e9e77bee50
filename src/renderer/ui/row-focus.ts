import { useEffect, useRef, useState, type RefObject } from 'react'

/** The one row of a table that the Tab key reaches. */
export interface RowFocus {
  readonly active: string | undefined
  /** Focuses a row, once it is drawn. */
  goTo(key: string | undefined): void
  /** Records that a row has received the focus. */
  note(key: string): void
}

/**
 * Keeps the focus with its row when others come and go. If the row itself goes, the one in its place becomes
 * the Tab stop, and takes the focus if the row had it.
 */
export function useRowFocus(table: RefObject<HTMLElement | null>, keys: readonly string[]): RowFocus {
  const [wanted, setWanted] = useState<{ readonly key: string; readonly index: number }>()
  const hadKeyboard = useRef(false)
  const moves = useRef(false)
  const isThere = wanted !== undefined && keys.includes(wanted.key)
  const active = isThere ? wanted.key : keys[Math.min(wanted?.index ?? 0, keys.length - 1)]
  const want = (key: string) => setWanted({ key, index: keys.indexOf(key) })

  useEffect(() => {
    const isLost = !isThere && hadKeyboard.current && document.activeElement === document.body
    if (!moves.current && !isLost) return
    const row = table.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]')
    if (!row) return // not drawn yet: the table is still scrolling to it
    moves.current = false
    row.focus({ preventScroll: true })
  })

  useEffect(() => {
    const element = table.current
    const look = () => {
      hadKeyboard.current = element?.contains(document.activeElement) ?? false
    }
    document.addEventListener('focusin', look)
    return () => document.removeEventListener('focusin', look)
  }, [table])

  return {
    active,
    goTo(key) {
      if (key === undefined) return
      moves.current = true
      want(key)
    },
    note: want,
  }
}
