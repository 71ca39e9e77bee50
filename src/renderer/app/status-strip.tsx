import { useRef } from 'react'
import { classNames } from '../ui/class-names.ts'
import { useWidth } from '../ui/use-width.ts'
import { AccountLine } from './account-line.tsx'
import { NoticeLine } from './notice-line.tsx'

/** From here on account and notice share one line, px. */
const ONE_LINE = 900
/** From here on the account's figures have their full names and cents, px. */
const FULL_FIGURES = 640

/**
 * The account's figures and the most serious notice above every screen. Its height depends on the width of the
 * window alone: no notice ever moves what is below it.
 */
export function StatusStrip() {
  const strip = useRef<HTMLDivElement>(null)
  const width = useWidth(strip)
  const isOneLine = width >= ONE_LINE
  return (
    <div
      ref={strip}
      className={classNames(
        'grid shrink-0 gap-x-6 border-b border-line bg-surface px-3 text-xs',
        isOneLine ? 'h-7 grid-cols-[max-content_minmax(0,1fr)]' : 'h-13 grid-cols-[100%] grid-rows-2',
      )}
    >
      <AccountLine isTight={width < FULL_FIGURES} />
      <NoticeLine />
    </div>
  )
}
