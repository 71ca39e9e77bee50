import type { Screen } from './screen.ts'

/**
 * What takes text or leads somewhere. Drop-down lists are left out, since any key changes them, and so are buttons that do
 * something, since a key meant for something else could press one.
 */
const CONTROLS =
  'nav button:enabled, input:enabled, textarea:enabled, a[href], [role=tab][tabindex="0"], [role=row][tabindex="0"]'

/**
 * Gives the focus to the main control of a screen that was just opened, or to its first one, once it is drawn; a focus
 * that was put elsewhere meanwhile stays there. Returns a function that calls it off.
 */
export function focusScreen({ focus }: Screen, content: HTMLElement): () => void {
  const from = document.activeElement
  const frame = requestAnimationFrame(() => {
    if (document.activeElement !== from && document.activeElement !== document.body) return
    focus?.()
    if (content.contains(document.activeElement)) return
    for (const control of content.querySelectorAll<HTMLElement>(CONTROLS)) {
      control.focus() // does nothing on one that is not visible
      if (document.activeElement === control) return
    }
  })
  return () => cancelAnimationFrame(frame)
}
