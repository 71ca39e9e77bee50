import { classNames } from './class-names.ts'

/** How good or bad a state is. */
export type Tone = 'good' | 'warn' | 'bad' | 'off'

const SHAPES: Record<Tone, string> = {
  good: 'rounded-full bg-good',
  warn: 'rounded-[2px] rotate-45 bg-warn',
  bad: 'rounded-[1px] bg-bad',
  off: 'rounded-full border-2 border-muted',
}

/** A state indicator whose shape says the same as its color (disc, diamond, square, ring). */
export function Dot({ tone }: { readonly tone: Tone }) {
  return <span aria-hidden className={classNames('inline-block size-2 shrink-0', SHAPES[tone])} />
}
