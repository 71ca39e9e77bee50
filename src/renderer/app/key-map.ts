/** What a key map needs of a key event. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Keys that say the same on every layout by their place, not by what they print. */
const BY_PLACE = /^(?:Key([A-Z])|Digit(\d))$/

function keyName({ key, code, altKey, ctrlKey, metaKey }: KeyPress): string {
  const place = BY_PLACE.exec(code)
  const held = altKey || ctrlKey || metaKey
  if (held && place) return place[1] ?? place[2] ?? key
  return key.length === 1 ? key.toUpperCase() : key
}

/** The press as keys are written in the key map: `Ctrl+K`, `Alt+C`, `/`. Command counts as Ctrl. */
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

/** Keys without Ctrl or Alt belong to the text while a field is being filled in. */
export const isTyped = (press: KeyPress): boolean =>
  !press.ctrlKey && !press.metaKey && !press.altKey && !/^F\d+$/.test(press.key)
