import { useEffect, useState, type RefObject } from 'react'

/** How far outside the visible area still counts as near, so that scrolling finds things drawn. */
const MARGIN = '400px'

/** Whether an element is visible or nearly so. */
export function useNearView(element: RefObject<HTMLElement | null>): boolean {
  const [isNear, setIsNear] = useState(false)
  useEffect(() => {
    const watched = element.current
    if (!watched) return undefined
    const observer = new IntersectionObserver(
      (entries) => setIsNear(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: MARGIN },
    )
    observer.observe(watched)
    return () => observer.disconnect()
  }, [element])
  return isNear
}
