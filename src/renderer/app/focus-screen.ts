import type { Screen } from './screen.ts'

/** What takes text or a press; a drop-down list is left out, since any key changes it. */
const CONTROLS = 'input:enabled, textarea:enabled, button:enabled, a[href], [tabindex="0"]'

/** Gives the focus to the main control of a screen that was just opened, or to its first one. */
export function focusScreen({ focus }: Screen, content: HTMLElement | null): void {
  if (content?.contains(document.activeElement)) return
  focus?.()
  if (!content || content.contains(document.activeElement)) return
  for (const control of content.querySelectorAll<HTMLElement>(CONTROLS)) {
    control.focus() // does nothing on one that is not visible
    if (document.activeElement === control) return
  }
}
