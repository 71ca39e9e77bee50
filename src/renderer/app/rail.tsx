import { QuestionMarkCircleIcon } from '@heroicons/react/20/solid'
import type { MouseEvent } from 'react'
import { useUnseen } from '../stores/unseen.ts'
import { classNames } from '../ui/class-names.ts'
import { showScreen, toggleOverlay, useNavigation } from './navigation.ts'
import type { Screen } from './screen.ts'
import { UnseenCount } from './unseen-count.tsx'

interface Props {
  readonly screens: readonly Screen[]
  readonly shown: Screen
}

/** Navigation between screens: on the left, or at the bottom of a narrow window. */
export function Rail({ screens, shown }: Props) {
  const unseen = useUnseen(({ keys }) => keys.size)
  return (
    <nav
      aria-label="Screens"
      className="flex shrink-0 border-line bg-surface max-sm:order-last max-sm:border-t sm:w-17 sm:flex-col sm:border-r"
    >
      <ul className="flex grow max-sm:justify-around sm:flex-col sm:gap-0.5 sm:p-1.5">
        {screens.map(({ id, label, Icon, keys }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === shown.id ? 'page' : undefined}
              aria-label={id === 'orders' && unseen > 0 ? `${label}, ${unseen} new` : undefined}
              title={`${label} (${keys})`}
              {...pressToShow(id)}
              className={classNames(
                'flex w-full flex-col items-center gap-0.5 rounded-md px-1 py-1.5 text-2xs low:py-0.5 max-sm:min-w-18',
                id === shown.id
                  ? 'bg-hover font-medium text-ink shadow-[inset_0_2px_var(--accent)] sm:shadow-[inset_2px_0_var(--accent)]'
                  : 'text-muted hover:bg-hover hover:text-ink',
              )}
            >
              <span className="relative">
                <Icon className="size-5" aria-hidden />
                {id === 'orders' && <UnseenCount />}
              </span>
              <span>{label}</span>
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        onClick={() => toggleOverlay('keys')}
        title="Keyboard shortcuts (?)"
        className="m-1.5 flex flex-col items-center gap-0.5 rounded-md px-1 py-1.5 text-2xs low:my-0.5 low:py-0.5 text-muted hover:bg-hover hover:text-ink max-sm:hidden"
      >
        <QuestionMarkCircleIcon className="size-5" aria-hidden />
        Shortcuts
      </button>
    </nav>
  )
}

/** A screen is shown as soon as the mouse is pressed, not when it is released; by other means, with the click. */
const pressToShow = (id: string) => ({
  onMouseDown(event: MouseEvent) {
    if (event.button !== 0) return
    event.preventDefault() // the focus goes to the screen, not to the button
    showScreen(id)
  },
  onClick({ detail }: MouseEvent) {
    if (detail === 0 || useNavigation.getState().screen !== id) showScreen(id)
  },
})
