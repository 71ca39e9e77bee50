import { decimalPadding } from './numerals.ts'

interface Props {
  /** The number as displayed. */
  readonly text: string
  /** Decimals its column keeps room for. */
  readonly decimals: number
}

/** A number whose decimal point lines up with those above and below it. */
export function Figure({ text, decimals }: Props) {
  return (
    <>
      {text}
      <Padding text={text} decimals={decimals} />
    </>
  )
}

/** The room of the decimals that a number lacks. */
export function Padding({ text, decimals }: Props) {
  const spaces = decimalPadding(text, decimals)
  if (spaces === '') return null
  return (
    <span aria-hidden className="whitespace-pre">
      {spaces}
    </span>
  )
}

/** Placeholder for an unknown number. */
export function Unknown() {
  return (
    <span className="text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">not known</span>
    </span>
  )
}
