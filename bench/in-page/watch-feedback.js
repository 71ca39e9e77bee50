/**
 * Runs in the page: how long it takes from the next press of the mouse until an element that matches is drawn, ms.
 * The page keeps the promise as `feedback`, which fails after 10 s.
 */
export function watchFeedback(/** @type {string} */ selector) {
  const feedback = new Promise((resolve, reject) => {
    const onDown = (/** @type {PointerEvent} */ { timeStamp }) => {
      const look = () => {
        if (performance.now() - timeStamp > 10_000) return reject(new Error(`no ${selector} came in 10 s`))
        if (!document.querySelector(selector)) return requestAnimationFrame(look)
        // A message that is sent in this frame's callbacks comes when the frame has been drawn.
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now() - timeStamp)
        return port2.postMessage(undefined)
      }
      requestAnimationFrame(look)
    }
    window.addEventListener('pointerdown', onDown, { capture: true, once: true })
  })
  Object.assign(globalThis, { feedback })
}
