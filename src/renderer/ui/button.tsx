import type { ButtonHTMLAttributes } from 'react'
import { classNames } from './class-names.ts'

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  /**
   * `primary` for the main action, `danger` for what cannot be undone, `quiet` beside others; `buy` and
   * `sell` in the colors of the two sides of an order.
   */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger' | 'buy' | 'sell'
  /** Less tall, for a bar or beside a sentence. */
  readonly small?: boolean
}

const LOOKS = {
  primary: 'bg-accent text-on-accent font-medium hover:brightness-110',
  plain: 'border border-control/60 bg-surface text-ink hover:bg-hover',
  quiet: 'text-soft hover:bg-hover hover:text-ink',
  danger: 'border border-bad/60 text-bad hover:bg-bad/10',
  buy: 'bg-up text-surface font-semibold hover:brightness-110',
  sell: 'bg-down text-surface font-semibold hover:brightness-110',
} as const

/** A push button; submits a form only with `type="submit"`. */
export function Button({ look = 'plain', small = false, className, type = 'button', ...rest }: Props) {
  return (
    <button
      type={type}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md text-sm whitespace-nowrap',
        small ? 'h-7 px-2.5' : 'h-8 px-3',
        'disabled:pointer-events-none disabled:opacity-55',
        LOOKS[look],
        className,
      )}
      {...rest}
    />
  )
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does; read aloud, and shown as its tooltip. */
  readonly label: string
}

/** A button that shows only an icon. */
export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classNames(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted',
        'hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-45',
        className,
      )}
      {...rest}
    />
  )
}
