import { useEffect } from 'react'
import { isTyped, keysOf } from './key-map.ts'
import type { Action } from './screen.ts'

/** Whether keys are text or choices of a control there. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null

/** Emergency keys, which work in dialogs and fields too and are handled before anything there sees them. */
const isAlways = ({ key }: KeyboardEvent): boolean => key === 'F6' || key === 'F7' || key === 'F8'

/** Runs actions by their keys, wherever the focus is; a key held down counts once. */
export function useKeys(actions: readonly Action[]): void {
  useEffect(() => {
    const byKeys = new Map(actions.map((action) => [action.keys, action]))
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.defaultPrevented || (isTyped(event) && isField(event.target))) return
      const action = byKeys.get(keysOf(event))
      if (!action) return
      event.preventDefault()
      action.run()
    }
    const pressFirst = (event: KeyboardEvent) => isAlways(event) && press(event)
    addEventListener('keydown', pressFirst, true)
    addEventListener('keydown', press)
    return () => {
      removeEventListener('keydown', pressFirst, true)
      removeEventListener('keydown', press)
    }
  }, [actions])
}
