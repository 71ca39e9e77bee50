import { useTyped } from './type-ahead.ts'

/** The letters typed to find a row, over the screen, where they move nothing. */
export function TypedLetters() {
  const { text, unknown } = useTyped()
  return (
    <p
      role="status"
      aria-label="Typed symbol"
      className="pointer-events-none fixed top-14 left-1/2 z-40 -translate-x-1/2 rounded-md bg-raised px-3 py-1.5 font-semibold shadow-float empty:hidden"
    >
      {unknown ?? text}
    </p>
  )
}
