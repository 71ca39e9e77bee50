import { useEffect } from 'react'
import { endTyping, typeKey, type Finder } from './type-ahead.ts'
import { isField } from './use-keys.ts'

/** Where letters have a meaning of their own. */
const OWN_LETTERS = 'dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]'

const hasOwnLetters = (target: EventTarget | null): boolean =>
  isField(target) || (target instanceof Element && target.closest(OWN_LETTERS) !== null)

/** Finds rows by the letters that are typed anywhere but in a field, before anything else sees the keys. */
export function useTypeAhead(finder: Finder | undefined): void {
  useEffect(() => {
    if (!finder) return undefined
    const press = (event: KeyboardEvent) => {
      if (hasOwnLetters(event.target) || document.querySelector('dialog[open]')) return endTyping()
      if (!typeKey(event, finder)) return
      event.preventDefault()
      event.stopPropagation()
    }
    addEventListener('keydown', press, true)
    addEventListener('pointerdown', endTyping, true)
    return () => {
      removeEventListener('keydown', press, true)
      removeEventListener('pointerdown', endTyping, true)
      endTyping()
    }
  }, [finder])
}
