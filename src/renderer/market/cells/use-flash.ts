import { useEffect, useRef, type RefObject } from 'react'

/** Solid, then fading, ms. */
const SOLID_MS = 250
const FADE_MS = 350

const tint = (color: string, percent: number) => `color-mix(in srgb, var(${color}) ${percent}%, transparent)`

/**
 * Flashes an element when `moves` grows, in the color of the direction. A new move restarts the flash instead
 * of adding to it; a row that just came into view stays dark; with reduced motion there is no flash.
 */
export function useFlash(
  moves: number,
  direction: 'up' | 'down' | 'unchanged',
): RefObject<HTMLSpanElement | null> {
  const element = useRef<HTMLSpanElement>(null)
  const seen = useRef(moves)
  useEffect(() => {
    if (moves <= seen.current) return
    seen.current = moves
    if (direction === 'unchanged') return
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const backgroundColor = tint(direction === 'up' ? '--up' : '--down', 13)
    // The delay holds the color without drawing a frame: a symbol that moves all the time costs no animation.
    const flash = element.current?.animate([{ backgroundColor }, { backgroundColor: 'transparent' }], {
      id: 'flash',
      delay: SOLID_MS,
      duration: FADE_MS,
      fill: 'backwards',
    })
    return () => flash?.cancel()
  }, [moves, direction])
  return element
}
