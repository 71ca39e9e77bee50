import type { Clock } from '#process/clock'

/** How often the network is looked at; Electron tells main nothing of its changes. */
const LOOK_EVERY_MS = 1_000

/** Calls back when the network returns after it was away. Returns its stop. */
export function followNetwork(isOnline: () => boolean, onReturn: () => void, clock: Clock): () => void {
  let wasOnline = isOnline()
  return clock.every(LOOK_EVERY_MS, () => {
    const online = isOnline()
    if (online && !wasOnline) onReturn()
    wasOnline = online
  })
}
