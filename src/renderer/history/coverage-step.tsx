import { useEffect } from 'react'
import { counted, formatCompact, formatCount } from '#shared/format/numbers'
import { percentOf, roundedDown } from '#shared/format/percent'
import type { LoadPlan, LoadRequest } from '#shared/history'
import { useDatabase } from '../stores/database.ts'
import { useLoads } from '../stores/loads.ts'
import { useStats } from '../stores/stats.ts'
import { verify } from '../stores/verification.ts'
import { Button } from '../ui/button.tsx'
import { describeFault } from '../ui/faults.ts'
import { Notice } from '../ui/notice.tsx'
import { describeRange } from './dates.ts'
import { Fact, Facts } from './fact.tsx'
import { Footer } from './footer.tsx'
import { Legend } from './legend.tsx'
import { describeEstimate, roughly } from './describe-load.ts'
import { look, usePlan } from './plan.ts'
import { FEEDS } from './describe-report.ts'
import { Section } from './section.tsx'
import { StepFrame } from './step-frame.tsx'
import { SymbolCoverage } from './symbol-coverage.tsx'
import { begin, goTo, useChoice, useWizard } from './wizard.ts'

/** The second step: what is stored of the chosen symbols and days, and what the rest would take. */
export function CoverageStep() {
  const choice = useChoice()
  const wanted = choice.kind === 'ready' ? JSON.stringify(choice.request) : undefined
  const isOpen = useDatabase(({ status }) => status?.state === 'open')
  const ended = useLoads(({ loads }) => loads?.filter(({ state }) => state !== 'running').length)
  // A finished load or a reopened database changes what is stored.
  useEffect(() => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it was written from a request above
    if (wanted !== undefined) void look(JSON.parse(wanted) as LoadRequest)
  }, [wanted, isOpen, ended])
  if (choice.kind === 'wrong') return <NothingChosen text={choice.text} />
  return <Coverages request={choice.request} />
}

function NothingChosen({ text }: { readonly text: string }) {
  return (
    <StepFrame>
      <div className="py-10 text-center">
        <p className="font-medium">Nothing selected.</p>
        <p className="mt-1 text-muted">{text}</p>
        <Button className="mt-3" onClick={() => goTo('choose')}>
          Back
        </Button>
      </div>
    </StepFrame>
  )
}

function Coverages({ request }: { readonly request: LoadRequest }) {
  const { plan, fault, busy } = usePlan()
  const what = `${counted(request.symbols.length, 'symbol')}, ${describeRange(request)}, ${FEEDS[request.feed]}`
  return (
    <StepFrame footer={<CoverageFooter request={request} plan={plan} />}>
      {fault?.kind === 'database' && (
        <p className="py-10 text-center text-muted">Coverage unknown until the database opens.</p>
      )}
      {fault && fault.kind !== 'database' && (
        <Notice tone="bad" role="alert">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <span className="min-w-40 grow basis-0">Couldn’t read stored data. {describeFault(fault)}</span>
            <Button small onClick={() => void look(request)}>
              Retry
            </Button>
          </div>
        </Notice>
      )}
      {!plan && busy && (
        <p role="status" className="py-10 text-center text-muted">
          Checking {what}…
        </p>
      )}
      {plan && <Ready plan={plan} request={request} what={what} />}
    </StepFrame>
  )
}

interface ReadyProps {
  readonly plan: LoadPlan
  readonly request: LoadRequest
  readonly what: string
}

function Ready({ plan: { coverage, estimate }, request, what }: ReadyProps) {
  const limit = useStats(({ stats }) => stats?.rateLimit?.limit)
  const [actual, expected] = [
    coverage.reduce((sum, { actualBars }) => sum + actualBars, 0),
    coverage.reduce((sum, { expectedBars }) => sum + expectedBars, 0),
  ]
  return (
    <>
      {estimate.days === 0 ? (
        <Notice tone="good">Complete: {what}. Missing minutes had no trades in this feed.</Notice>
      ) : (
        <Facts>
          <Fact label="Stored" about={`${formatCount(actual)} of ${formatCount(expected)} minutes`}>
            {roundedDown(percentOf(actual, expected))}%
          </Fact>
          <Fact label="To download" about={counted(request.symbols.length, 'symbol')}>
            {counted(estimate.days, 'day')}
          </Fact>
          <Fact label="Bars" about="incl. extended hours">
            about {formatCompact(estimate.bars)}
          </Fact>
          <Fact
            label="Requests"
            about={limit === undefined ? 'at your account’s rate limit' : `limit ${formatCount(limit)}/min`}
          >
            {formatCount(estimate.requests)}
          </Fact>
          <Fact label="Time" about="runs in background">
            {roughly(estimate.seconds)}
          </Fact>
        </Facts>
      )}
      <div className="mt-6">
        <Section title="What is stored" aside={<Legend />}>
          {coverage.map((one) => (
            <SymbolCoverage key={one.symbol} coverage={one} />
          ))}
        </Section>
      </div>
    </>
  )
}

interface FooterProps {
  readonly request: LoadRequest
  readonly plan: LoadPlan | undefined
}

function CoverageFooter({ request, plan }: FooterProps) {
  const starting = useWizard((wizard) => wizard.starting)
  const isWhole = plan?.estimate.days === 0
  return (
    <Footer
      text={
        isWhole
          ? 'Nothing to download. You can verify data quality.'
          : plan && describeEstimate(plan.estimate)
      }
    >
      <Button onClick={() => goTo('choose')}>Back</Button>
      {isWhole ? (
        <Button
          look="primary"
          onClick={() => {
            goTo('report')
            void verify(request.symbols)
          }}
        >
          Verify
        </Button>
      ) : (
        <Button look="primary" disabled={starting || !plan} onClick={() => void begin(request)}>
          {starting ? 'Starting' : 'Start'}
        </Button>
      )}
    </Footer>
  )
}
