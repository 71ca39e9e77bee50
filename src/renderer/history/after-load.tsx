import type { LoadProgress } from '#shared/history'
import { useVerification, verify } from '../stores/verification.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { begin, goTo, useWizard } from './wizard.ts'

/** What to do after a load has ended: view its report, verify it, or load the rest. */
export function AfterLoad({ load: { state, symbols, request } }: { readonly load: LoadProgress }) {
  const verification = useVerification()
  const starting = useWizard((wizard) => wizard.starting)
  if (state === 'running' || state === 'paused') return null
  const isWhole = state === 'done' && symbols.every((symbol) => symbol.state === 'done')
  const check = () => {
    goTo('report')
    void verify(request.symbols)
  }
  return (
    <div className="mt-3">
      <Notice tone={isWhole ? 'good' : 'warn'}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <span className="min-w-40 grow basis-0">{describeVerification(verification)}</span>
          {!isWhole && (
            <Button small disabled={starting} onClick={() => void begin(request)}>
              Download the rest
            </Button>
          )}
          {verification.kind === 'running' || verification.kind === 'ready' ? (
            <Button small onClick={() => goTo('report')}>
              View report
            </Button>
          ) : (
            <Button small onClick={check}>
              Verify
            </Button>
          )}
        </div>
      </Notice>
    </div>
  )
}

function describeVerification(verification: ReturnType<typeof useVerification.getState>): string {
  switch (verification.kind) {
    case 'running':
      return `Verifying ${verification.done} of ${verification.total}…`
    case 'ready':
      return 'See the data quality report.'
    default:
      return 'Verify data quality.'
  }
}
