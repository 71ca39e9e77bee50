import { useUnseen } from '../stores/unseen.ts'

const MOST = 99

/** How many fills and rejections are new since Orders was shown, at the corner of its icon; its button's name tells it too. */
export function UnseenCount() {
  const count = useUnseen(({ keys }) => keys.size)
  if (count === 0) return null
  return (
    <span
      data-count={count > MOST ? `${MOST}+` : count}
      className="absolute -top-1 left-3.5 min-w-4 rounded-full bg-accent px-1 text-center text-2xs leading-4 font-semibold text-on-accent after:content-[attr(data-count)]"
    />
  )
}
