import { counted } from '#shared/format/numbers'
import { wholePercent } from '#shared/format/percent'
import type { VerificationReport } from '#shared/verification'
import { stopVerifying, useVerification, verify, type Verification } from '../stores/verification.ts'
import { Button } from '../ui/button.tsx'
import { describeFault } from '../ui/faults.ts'
import { Notice } from '../ui/notice.tsx'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { FillNotice } from './fill-notice.tsx'
import { GapsSection } from './gaps-section.tsx'
import { NothingCameSection } from './nothing-came-section.tsx'
import { QualitySection } from './quality-section.tsx'
import { StepFrame } from './step-frame.tsx'
import { SummarySection } from './summary-section.tsx'
import { ViolationsSection } from './violations-section.tsx'
import { goTo, useChosenSymbols } from './wizard.ts'

/** What the verifier found in the stored bars. */
export function ReportStep() {
  const verification = useVerification()
  return (
    <StepFrame>
      <State verification={verification} />
    </StepFrame>
  )
}

function State({ verification }: { readonly verification: Verification }) {
  switch (verification.kind) {
    case 'running':
      return <Running verification={verification} />
    case 'ready':
      return verification.reports.length === 0 ? <Stopped /> : <Report {...verification} />
    case 'failed':
      return (
        <Notice tone="bad" role="alert">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <span className="min-w-40 grow basis-0">
              Verification failed. {describeFault(verification.fault)}
            </span>
            <Button small onClick={() => void verify(verification.symbols)}>
              Verify again
            </Button>
          </div>
        </Notice>
      )
    default:
      return <Empty text="Not verified in this session." />
  }
}

const Stopped = () => <Empty text="Verification stopped before the first symbol was done." />

function Empty({ text }: { readonly text: string }) {
  const symbols = useChosenSymbols()
  return (
    <div className="py-10 text-center">
      <p className="font-medium">{text}</p>
      <p className="mx-auto mt-1 max-w-130 text-muted">
        The report shows each symbol’s coverage, gaps with likely causes, and invalid bars.
      </p>
      <div className="mt-3 flex justify-center gap-2">
        <Button onClick={() => goTo('choose')}>Choose symbols</Button>
        {symbols.length > 0 && (
          <Button look="primary" onClick={() => void verify(symbols)}>
            Verify {counted(symbols.length, 'symbol')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Running({ verification }: { readonly verification: Extract<Verification, { kind: 'running' }> }) {
  const { done, total, symbol, stopping } = verification
  const text = `Verified ${done} of ${total}${symbol === undefined ? '' : ` (${symbol})`}`
  return (
    <div className="mx-auto max-w-130 py-10">
      <h2 className="text-base font-semibold">{stopping ? 'Stopping…' : 'Verifying stored data'}</h2>
      <ProgressBar
        label="Verification"
        percent={wholePercent(done / total)}
        text={text}
        className="mt-3 h-2.5"
      />
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <p role="status" className="min-w-40 grow basis-0 text-soft">
          {text}. Runs in background.
        </p>
        <Button disabled={stopping} onClick={() => void stopVerifying()}>
          Stop
        </Button>
      </div>
    </div>
  )
}

interface ReportProps {
  readonly reports: readonly VerificationReport[]
  readonly asked: number
}

function Report({ reports, asked }: ReportProps) {
  const symbols = reports.map(({ symbol }) => symbol)
  return (
    <>
      {reports.length < asked && (
        <div className="mb-4">
          <Notice tone="warn">
            Verification stopped: {reports.length} of {asked} symbols verified.
          </Notice>
        </div>
      )}
      <FillNotice reports={reports} />
      <div className="mt-6">
        <SummarySection reports={reports} onVerify={() => void verify(symbols)} />
        <QualitySection reports={reports} />
        <GapsSection reports={reports} />
        <NothingCameSection reports={reports} />
        <ViolationsSection reports={reports} />
      </div>
    </>
  )
}
