import { counted } from '#shared/format/numbers'
import { wholePercent } from '#shared/format/percent'
import type { LoadProgress } from '#shared/history'
import { useClock } from '../stores/clock.ts'
import { momentInZone } from '../ui/times.ts'
import { describeRange } from './dates.ts'
import { loadTitle } from './describe-load.ts'
import { useWizard } from './wizard.ts'

interface Props {
  readonly loads: readonly LoadProgress[]
  readonly shown: LoadProgress
}

/** The other loads, newest first; each can be shown. */
export function EarlierLoads({ loads, shown }: Props) {
  const others = loads.filter(({ id }) => id !== shown.id)
  if (others.length === 0) return null
  return (
    <section className="mt-6">
      <h2 className="border-b border-line pb-1.5 text-base font-semibold">Other downloads</h2>
      <ul className="divide-y divide-line">
        {others.map((load) => (
          <Line key={load.id} load={load} />
        ))}
      </ul>
    </section>
  )
}

function Line({ load }: { readonly load: LoadProgress }) {
  const { id, createdAt, request, barsLoaded, fraction } = load
  const began = useClock(({ now }) => momentInZone(createdAt, now))
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 py-1.5">
      <button
        type="button"
        onClick={() => useWizard.setState({ loadId: id })}
        className="rounded-sm font-medium underline decoration-control/60 underline-offset-2 hover:decoration-current"
      >
        {loadTitle(load)}
      </button>
      <span className="text-soft">{describeRange(request)}</span>
      <span className="grow" />
      <span className="text-xs text-muted">
        {counted(barsLoaded, 'bar')}, {wholePercent(fraction)}% · started {began}
      </span>
    </li>
  )
}
