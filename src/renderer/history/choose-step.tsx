import { counted } from '#shared/format/numbers'
import { showScreen } from '../app/navigation.ts'
import { useVerification, verify } from '../stores/verification.ts'
import { Button } from '../ui/button.tsx'
import { DatesField } from './dates-field.tsx'
import { describeRange } from './dates.ts'
import { Footer } from './footer.tsx'
import { FEEDS } from './describe-report.ts'
import { StepFrame } from './step-frame.tsx'
import { SymbolsField } from './symbols-field.tsx'
import { begin, goTo, useChoice, useChosenFeed, useWizard } from './wizard.ts'

/** The first step: which symbols and which days. */
export function ChooseStep() {
  return (
    <StepFrame footer={<ChooseFooter />}>
      <div className="mx-auto max-w-240">
        <h2 className="text-base font-semibold">Download history</h2>
        <p className="mt-0.5 text-muted">1-minute bars, stored locally.</p>
        <div className="mt-2 divide-y divide-line border-y border-line">
          <SymbolsField />
          <DatesField />
          <FeedLine />
        </div>
      </div>
    </StepFrame>
  )
}

function FeedLine() {
  const feed = useChosenFeed()
  return (
    <div className="grid gap-x-8 gap-y-1.5 py-3.5 sm:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]">
      <div>
        <p className="font-medium">Feed</p>
        <p className="mt-0.5 text-xs text-muted">
          {feed === 'iex'
            ? 'IEX only: no bar in minutes without an IEX trade.'
            : feed === 'sip'
              ? 'Trades of all US exchanges.'
              : feed === 'demo'
                ? 'Simulated demo data.'
                : 'From a host that isn’t Alpaca’s; stored separately.'}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <span>{FEEDS[feed]}</span>
        <Button look="quiet" small onClick={() => showScreen('settings')}>
          Change in Settings
        </Button>
      </div>
    </div>
  )
}

function ChooseFooter() {
  const choice = useChoice()
  const starting = useWizard((wizard) => wizard.starting)
  const verifying = useVerification(({ kind }) => kind === 'running')
  if (choice.kind === 'wrong') {
    return (
      <Footer text={<span className="text-bad">{choice.text}</span>}>
        <Button look="primary" disabled>
          Check coverage
        </Button>
      </Footer>
    )
  }
  const { request } = choice
  return (
    <Footer
      text={`${counted(request.symbols.length, 'symbol')}, ${describeRange(request)}, ${FEEDS[request.feed]}`}
    >
      <Button
        look="quiet"
        title="Check stored data quality"
        disabled={verifying}
        onClick={() => {
          goTo('report')
          void verify(request.symbols)
        }}
      >
        Verify
      </Button>
      <Button
        title="Download missing days without checking coverage first"
        disabled={starting}
        onClick={() => void begin(request)}
      >
        {starting ? 'Starting' : 'Start'}
      </Button>
      <Button look="primary" onClick={() => goTo('coverage')}>
        Check coverage
      </Button>
    </Footer>
  )
}
