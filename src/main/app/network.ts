/** How often the network is looked at; Electron tells main nothing of its changes. */
const LOOK_EVERY_MS = 1_000

/** Calls back when the network returns after it was away. Returns its stop. */
export function followNetwork(isOnline: () => boolean, onReturn: () => void): () => void {
  let wasOnline = isOnline()
  const timer = setInterval(() => {
    const online = isOnline()
    if (online && !wasOnline) onReturn()
    wasOnline = online
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}
