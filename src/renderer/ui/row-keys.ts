/** The row a key moves to from the row at `index`; undefined for other keys. */
export function nextRow(key: string, index: number, count: number, page: number): number | undefined {
  const clamped = (to: number) => Math.min(count - 1, Math.max(0, to))
  switch (key) {
    case 'ArrowUp':
      return clamped(index - 1)
    case 'ArrowDown':
      return clamped(index + 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    case 'PageUp':
      return clamped(index - page)
    case 'PageDown':
      return clamped(index + page)
    default:
      return undefined
  }
}
