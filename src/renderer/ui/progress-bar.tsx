import { classNames } from './class-names.ts'

interface Props {
  /** What makes progress, read aloud. */
  readonly label: string
  /** 0 to 100. */
  readonly percent: number
  /** How far it is in words, read instead of the percentage. */
  readonly text?: string | undefined
  /** Nothing moves: it is drawn without colour. */
  readonly still?: boolean
  readonly className?: string
}

/** How far something is, as a bar. */
export function ProgressBar({ label, percent, text, still = false, className }: Props) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      className={classNames('h-1.5 overflow-hidden rounded-full bg-line', className)}
    >
      <div
        className={classNames('h-full rounded-full', still ? 'bg-control' : 'bg-accent')}
        style={{ width: `${percent}%` }}
      />
    </div>
  )
}
