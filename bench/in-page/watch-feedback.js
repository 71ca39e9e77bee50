/**
 * Runs in the page: how long it takes from the next press of the mouse until an element that matches is drawn, ms.
 * The page keeps the promise as `feedback`.
 */
export function watchFeedback(/** @type {string} */ selector) {
  const feedback = new Promise((resolve) => {
    const onDown = (/** @type {PointerEvent} */ { timeStamp }) => {
      const look = () => {
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
