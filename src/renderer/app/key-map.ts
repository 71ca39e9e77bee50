/** The fields of a key event that the key map needs. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Keys identified by their position, which is the same on every layout, not by what they print. */
const BY_PLACE = /^(?:Key([A-Z])|Digit(\d))$/

function keyName({ key, code, altKey, ctrlKey, metaKey }: KeyPress): string {
  const place = BY_PLACE.exec(code)
  const held = altKey || ctrlKey || metaKey
  if (held && place) return place[1] ?? place[2] ?? key
  return key.length === 1 ? key.toUpperCase() : key
}

/** A key press as written in the key map: `Ctrl+K`, `Alt+C`, `/`. Command counts as Ctrl. */
export function keysOf(press: KeyPress): string {
  const name = keyName(press)
  const isSign = name.length === 1 && !/[A-Z0-9]/.test(name) // a sign brings its own Shift
  return [
    (press.ctrlKey || press.metaKey) && 'Ctrl',
    press.altKey && 'Alt',
    press.shiftKey && !isSign && 'Shift',
    name,
  ]
    .filter(Boolean)
    .join('+')
}

/** Whether the key is text for the field being filled in: any key without Ctrl or Alt. */
export const isTyped = (press: KeyPress): boolean =>
  !press.ctrlKey && !press.metaKey && !press.altKey && !/^F\d+$/.test(press.key)
