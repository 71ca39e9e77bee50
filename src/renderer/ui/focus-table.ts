/** Gives the focus to the current row of the table with that name, or to its header while it has no rows. */
export function focusTable(label: string): void {
  const table = document.querySelector(`[role=table][aria-label="${label}"]`)
  const places = ['[role=row][tabindex="0"]', '[role=columnheader][tabindex="0"]']
  const [place] = places.flatMap((selector) => table?.querySelector<HTMLElement>(selector) ?? [])
  place?.focus()
}
