import type { Clock } from '#process/clock'

/** How often to check the network; Electron sends main no event for its changes. */
const LOOK_EVERY_MS = 1_000

/** Calls back when the network returns. Returns a function that stops it. */
export function followNetwork(isOnline: () => boolean, onReturn: () => void, clock: Clock): () => void {
  let wasOnline = isOnline()
  return clock.every(LOOK_EVERY_MS, () => {
    const online = isOnline()
    if (online && !wasOnline) onReturn()
    wasOnline = online
  })
}
