import { classNames } from '../ui/class-names.ts'

const ENTRIES: readonly (readonly [text: string, ground: string, fill: string])[] = [
  ['every minute', 'bg-accent/28', 'h-full bg-accent'],
  ['some minutes, as high as their share', 'bg-accent/28', 'h-1/2 bg-accent'],
  ['nothing there when last asked', 'bg-accent/28', 'h-0'],
  ['not loaded yet', 'border border-control', 'h-0'],
  ['partly loaded', 'border border-control', 'h-1/2 bg-warn'],
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
