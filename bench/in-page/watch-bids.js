/** Runs in the page: each new bid of the last row, and when the frame that shows it had been drawn, epoch ms. */
export async function watchBids(/** @type {number} */ samples) {
  const headers = [...document.querySelectorAll('[role=columnheader]')]
  const column = headers.findIndex(({ textContent }) => textContent === 'Bid')
  const bid = () => {
    const row = [...document.querySelectorAll('[role=row]')].at(-1)
    return row?.querySelectorAll('[role=rowheader],[role=gridcell]')[column]?.textContent
  }
  /** @type {{ text: string, at: number }[]} */ const seen = []
  let last = bid()
  while (seen.length < samples) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const text = bid()
    if (!text || text === last) continue
    last = text
    // A message that is sent in this frame's callbacks comes when the frame has been drawn.
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = resolve
      port2.postMessage(undefined)
    })
    seen.push({ text, at: Date.now() })
  }
  return seen
}
