import { roundedDown } from '#shared/format/percent'
import { classNames } from '../ui/class-names.ts'
import { level, type QualityLevel } from './quality.ts'

const FILLS: Readonly<Record<QualityLevel, string>> = {
  whole: 'h-full bg-good',
  good: 'h-3/4 bg-good',
  thin: 'h-1/2 bg-warn',
  poor: 'h-1/4 bg-bad',
}

/** A score as a small mark: the fuller, the better. */
export function ScoreMark({ score, className }: { readonly score: number; readonly className?: string }) {
  return (
    <span aria-hidden className={classNames('inline-flex items-end bg-line', className ?? 'size-3')}>
      <span className={classNames('w-full', FILLS[level(score)])} />
    </span>
  )
}

/** A score with its mark and number. */
export function Score({ score }: { readonly score: number }) {
  return (
    <span className="flex items-center gap-1.5">
      <ScoreMark score={score} />
      {roundedDown(score)}
    </span>
  )
}
