import { classNames } from './class-names.ts'

interface Props {
  /** What is in progress, read aloud. */
  readonly label: string
  /** 0 to 100. */
  readonly percent: number
  /** The progress in words, read instead of the percentage. */
  readonly text?: string | undefined
  /** Nothing moves: it is drawn without color. */
  readonly still?: boolean
  readonly className?: string
}

/** A progress bar. */
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
