/**
 * Runs in the page: everything that is laid out wrong, one line each. The page scrolls sideways; something reaches
 * beyond the window; a text is cut off without an ellipsis; two texts overlap; a control is covered by something else.
 * What is open over the screen may cover it.
 */
export function layoutFaults() {
  const FLOATING = [
    '[data-radix-popper-content-wrapper]',
    ':has(> [role=listbox])',
    ...['Messages', 'Typed symbol', 'Welcome'].map((label) => `[aria-label="${label}"]`),
  ].join()
  const root = document.querySelector('dialog[open]') ?? document.body
  const isModal = root !== document.body || document.querySelector('[role=menu]') !== null

  /** @param {Element} element */
  const name = (element) =>
    `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}"`
  /** Hidden from the eye alone, in a box of one pixel. @param {Element} element @returns {boolean} */
  const isForScreenReaders = (element) =>
    (element.clientWidth <= 1 &&
      element.clientHeight <= 1 &&
      getComputedStyle(element).position === 'absolute') ||
    (element.parentElement !== null && isForScreenReaders(element.parentElement))
  /** @param {Element} element */
  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !isForScreenReaders(element)
  /** What lies over the screen and hides it, as a panel does in a narrow window. @param {Element} element */
  const isSheet = (element) => {
    const { position, zIndex } = getComputedStyle(element)
    const { width, height } = element.getBoundingClientRect()
    return position === 'absolute' && Number(zIndex) >= 10 && width * height > (innerWidth * innerHeight) / 4
  }
  /** What is above the screen and has the element, or the screen itself. @param {Element} element */
  const layerOf = (element) => {
    for (let at = /** @type {Element | null} */ (element); at && at !== root; at = at.parentElement)
      if (at.matches(FLOATING) || isSheet(at)) return at
    return root
  }
  /** @param {{ left: number, top: number, right: number, bottom: number }} box @param {DOMRect} other */
  const within = (box, other) => ({
    left: Math.max(box.left, other.left),
    top: Math.max(box.top, other.top),
    right: Math.min(box.right, other.right),
    bottom: Math.min(box.bottom, other.bottom),
  })

  /**
   * The part of a box that its ancestors leave visible, and the ancestor that cuts it off for good: one that neither
   * scrolls nor ends in an ellipsis.
   * @param {Element} element @param {DOMRect} box
   */
  const shown = (element, box) => {
    /** @type {{ left: number, top: number, right: number, bottom: number }} */
    let part = box
    /** @type {Element | undefined} */
    let cutBy
    let scrolls = false
    for (
      let at = /** @type {Element | null} */ (element);
      at && at !== root.parentElement;
      at = at.parentElement
    ) {
      const { overflowX, overflowY, textOverflow, position } = getComputedStyle(at)
      if (overflowX !== 'visible' && at !== document.body) {
        const edge = at.getBoundingClientRect()
        const isWide = part.left < edge.left - 1.5 || part.right > edge.right + 1.5
        const isHigh = part.top < edge.top - 2.5 || part.bottom > edge.bottom + 2.5
        if (/auto|scroll/.test(overflowX + overflowY)) scrolls = true
        if (!scrolls && ((isWide && textOverflow !== 'ellipsis') || isHigh)) cutBy ??= at
        part = within(part, edge)
      }
      if (position === 'fixed') break
    }
    return { part, cutBy, scrolls }
  }

  /** @param {{ left: number, top: number, right: number, bottom: number }} box */
  const areaOf = ({ left, top, right, bottom }) => Math.max(0, right - left) * Math.max(0, bottom - top)

  /** @type {Set<string>} */
  const faults = new Set()
  if (document.documentElement.scrollWidth > innerWidth) faults.add('the page scrolls sideways')
  if (document.documentElement.scrollHeight > innerHeight) faults.add('the page scrolls down')

  // Texts: each run of characters with the box it is drawn in.
  /** @type {{ element: Element, layer: Element, box: { left: number, top: number, right: number, bottom: number } }[]} */
  const texts = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    if (!element || !node.textContent?.trim() || !isSeen(element) || element.closest('select, option'))
      continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (box.width < 1) continue
    const { part, cutBy, scrolls } = shown(element, box)
    if (cutBy) faults.add(`cut off: ${name(element)} by ${cutBy.tagName.toLowerCase()}.${cutBy.className}`)
    if (
      !scrolls &&
      (box.left < -1 || part.right > innerWidth + 1 || box.top < -1 || part.bottom > innerHeight + 1)
    )
      faults.add(`beyond the window: ${name(element)}`)
    for (const line of range.getClientRects()) {
      const seen = within(line, /** @type {DOMRect} */ (part))
      if (areaOf(seen) > 4) texts.push({ element, layer: layerOf(element), box: seen })
    }
  }
  for (const [at, one] of texts.entries()) {
    for (const other of texts.slice(at + 1)) {
      if (one.layer !== other.layer || one.element === other.element) continue
      const shared = areaOf(within(one.box, /** @type {DOMRect} */ (other.box)))
      if (shared < 12 || isPinnedOver(one.element, other.element)) continue
      faults.add(`overlap: ${name(one.element)} and ${name(other.element)}`)
    }
  }

  // Controls: what is at their middle must be theirs.
  for (const control of root.querySelectorAll(
    'button, input, select, textarea, a[href], [role=tab], [role^=menuitem]',
  )) {
    const box = control.getBoundingClientRect()
    if (
      !isSeen(control) ||
      box.width < 2 ||
      (isModal && root === document.body && !control.closest('[role=menu]'))
    )
      continue
    const { part, cutBy, scrolls } = shown(control, box)
    if (cutBy) faults.add(`cut off: ${name(control)} by ${cutBy.tagName.toLowerCase()}.${cutBy.className}`)
    if (
      !scrolls &&
      (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1)
    )
      faults.add(`beyond the window: ${name(control)}`)
    if (areaOf(part) < areaOf(box) / 2) continue
    const there = document.elementFromPoint((part.left + part.right) / 2, (part.top + part.bottom) / 2)
    if (!there || control.contains(there) || there.contains(control)) continue
    if (layerOf(there) !== layerOf(control) || there.closest('label')?.contains(control)) continue
    if (getComputedStyle(control).pointerEvents === 'none' || isPinnedOver(there, control)) continue
    faults.add(`covered: ${name(control)} by ${name(there)}`)
  }
  return [...faults]

  /** Pinned columns and headers are meant to cover what scrolls under them. @param {Element} one @param {Element} other */
  function isPinnedOver(one, other) {
    const table = one.closest('[role=grid], [role=table]')
    return table !== null && table === other.closest('[role=grid], [role=table]')
  }
}
