import { classNames } from '../ui/class-names.ts'

const ENTRIES: readonly (readonly [text: string, ground: string, fill: string])[] = [
  ['complete', 'bg-accent/28', 'h-full bg-accent'],
  ['partial (height = share)', 'bg-accent/28', 'h-1/2 bg-accent'],
  ['no data when last checked', 'bg-accent/28', 'h-0'],
  ['not downloaded', 'border border-control', 'h-0'],
  ['partly downloaded', 'border border-control', 'h-1/2 bg-warn'],
]

/** What the squares of a day map mean. */
export function Legend() {
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
      {ENTRIES.map(([text, ground, fill]) => (
        <li key={text} className="flex items-center gap-1.5">
          <span aria-hidden className={classNames('flex size-3 items-end', ground)}>
            <span className={classNames('w-full', fill)} />
          </span>
          {text}
        </li>
      ))}
    </ul>
  )
}
