/**
 * Runs in the page: how long the browser takes to draw a copy of an element in its place, ms, with nothing of the app's
 * own work: the median of several times, each begun at another moment of a frame.
 */
export async function redraw(/** @type {string} */ selector) {
  const taken = []
  for (let time = 0; time < 15; time += 1) {
    const element = document.querySelector(selector)
    if (!element) throw new Error(`nothing matches ${selector}`)
    await new Promise((resolve) => setTimeout(resolve, 50 + time))
    const copy = element.cloneNode(true)
    const start = performance.now()
    element.parentNode?.replaceChild(copy, element)
    const drawn = await new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        port2.postMessage(undefined)
      })
    })
    copy.parentNode?.replaceChild(element, copy)
    taken.push(drawn - start)
  }
  return taken.sort((one, other) => one - other)[7]
}
