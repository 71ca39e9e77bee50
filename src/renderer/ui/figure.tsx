import { decimalPadding } from './numerals.ts'

interface Props {
  /** The number as it is read. */
  readonly text: string
  /** Digits behind the point that its column keeps room for. */
  readonly decimals: number
}

/** A number whose decimal point stands in line with those above and below it. */
export function Figure({ text, decimals }: Props) {
  return (
    <>
      {text}
      <span aria-hidden className="whitespace-pre">
        {decimalPadding(text, decimals)}
      </span>
    </>
  )
}

/** Stands where a number is not known. */
export function Unknown() {
  return (
    <span className="text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">not known</span>
    </span>
  )
}
