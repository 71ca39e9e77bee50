import { useState } from 'react'
import { wholePercent } from '#shared/format/percent'
import type { LoadProgress } from '#shared/history'
import { isActive, useLoads } from '../stores/loads.ts'
import { Button } from '../ui/button.tsx'
import { describeFault } from '../ui/faults.ts'
import { Notice } from '../ui/notice.tsx'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { CancelQuestion } from './cancel-question.tsx'
import { describeRange } from './dates.ts'
import { EarlierLoads } from './earlier-loads.tsx'
import { AfterLoad } from './after-load.tsx'
import { loadPace, loadTitle, describeOutcome } from './describe-load.ts'
import { FEEDS } from './describe-report.ts'
import { StepFrame } from './step-frame.tsx'
import { shownLoad, steer, useSteering } from './steering.ts'
import { SymbolLine } from './symbol-line.tsx'
import { goTo, useWizard } from './wizard.ts'

/** The third step: the progress of a load, and the results of earlier ones. */
export function LoadStep() {
  const { loads, fault } = useLoads()
  const wanted = useWizard(({ loadId }) => loadId)
  const load = loads && shownLoad(loads, wanted)
  return (
    <StepFrame>
      {load ? (
        <>
          <LoadCard load={load} />
          <EarlierLoads loads={loads} shown={load} />
        </>
      ) : (
        <NoLoad
          text={describeNoLoad(loads !== undefined, fault && describeFault(fault), wanted !== undefined)}
        />
      )}
    </StepFrame>
  )
}

function describeNoLoad(isKnown: boolean, fault: string | undefined, isComing: boolean): string {
  if (isComing && fault === undefined) return 'Preparing…'
  if (isKnown) return 'No downloads yet.'
  return fault ?? 'Loading…'
}

function NoLoad({ text }: { readonly text: string }) {
  return (
    <div className="py-10 text-center">
      <p className="text-muted">{text}</p>
      <Button className="mt-3" onClick={() => goTo('choose')}>
        Choose symbols and dates
      </Button>
    </div>
  )
}

function LoadCard({ load }: { readonly load: LoadProgress }) {
  const { state, fraction, request, symbols } = load
  const fault = useSteering((steering) => steering.fault)
  const percent = wholePercent(fraction)
  const pace = loadPace(load)
  const moves = state === 'running' || state === 'done'
  return (
    <section aria-labelledby="load-title">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-56 grow basis-0">
          <h2 id="load-title" className="text-base font-semibold">
            {loadTitle(load)}
          </h2>
          <p className="text-soft">
            {describeRange(request)} · {FEEDS[request.feed]}
          </p>
        </div>
        {isActive(load) && <Steering load={load} />}
      </div>
      <div className="mt-3 flex items-center gap-3">
        <ProgressBar
          label="Whole load"
          percent={percent}
          text={`${percent}%, ${pace}`}
          still={!moves}
          className="h-2.5 grow"
        />
        <span className="w-12 text-right text-lg font-semibold">{percent}%</span>
      </div>
      <p className="mt-1">{pace}</p>
      <p className="mt-0.5 text-muted">{describeOutcome(load)}</p>
      {fault && (
        <div className="mt-3">
          <Notice tone="bad" role="alert">
            {describeFault(fault)}
          </Notice>
        </div>
      )}
      <AfterLoad load={load} />
      <ul
        aria-label="Progress by symbol"
        className="mt-4 grid grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))] gap-px overflow-hidden rounded-md border border-line bg-surface"
      >
        {symbols.map((progress) => (
          <SymbolLine key={progress.symbol} progress={progress} still={!moves} />
        ))}
      </ul>
    </section>
  )
}

function Steering({ load }: { readonly load: LoadProgress }) {
  const busy = useSteering((steering) => steering.busy)
  const [asks, setAsks] = useState(false)
  return (
    <div className="flex gap-2">
      {load.state === 'running' ? (
        <Button disabled={busy} onClick={() => void steer('pause', load)}>
          Pause
        </Button>
      ) : (
        <Button look="primary" disabled={busy} onClick={() => void steer('resume', load)}>
          Resume
        </Button>
      )}
      <Button look="danger" disabled={busy} onClick={() => setAsks(true)}>
        Cancel
      </Button>
      {asks && (
        <CancelQuestion
          load={load}
          onAnswer={(yes) => {
            setAsks(false)
            if (yes) void steer('cancel', load)
          }}
        />
      )}
    </div>
  )
}
