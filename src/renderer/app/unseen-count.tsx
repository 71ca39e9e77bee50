import { useUnseen } from '../stores/unseen.ts'

const MOST = 99

/** How many fills and rejections are new since Orders was shown, at the corner of its icon. */
export function UnseenCount() {
  const count = useUnseen(({ keys }) => keys.size)
  if (count === 0) return null
  return (
    <span
      aria-hidden
      className="absolute -top-1 left-3.5 min-w-4 rounded-full bg-accent px-1 text-center text-2xs leading-4 font-semibold text-on-accent"
    >
      {count > MOST ? `${MOST}+` : count}
    </span>
  )
}

/** The same for a screen reader, as part of the name: `Orders, 3 new`. */
export function UnseenText() {
  const count = useUnseen(({ keys }) => keys.size)
  return count === 0 ? null : <span className="sr-only">, {count} new</span>
}
