import { useEffect, type ReactNode } from 'react'
import { refreshLoads, useLoads } from '../stores/loads.ts'
import { ChooseStep } from './choose-step.tsx'
import { CoverageStep } from './coverage-step.tsx'
import { DatabaseNotice } from './database-notice.tsx'
import { LoadStep } from './load-step.tsx'
import { ReportStep } from './report-step.tsx'
import { Steps } from './steps.tsx'
import { findRunningLoad, useWizard, type WizardStep } from './wizard.ts'

const CONTENT: Readonly<Record<WizardStep, () => ReactNode>> = {
  choose: ChooseStep,
  coverage: CoverageStep,
  load: LoadStep,
  report: ReportStep,
}

/** Historical bars: what is stored, loading what is missing, and how reliable it is. */
export function HistoryScreen() {
  const step = useWizard((wizard) => wizard.step)
  const isKnown = useLoads(({ loads }) => loads !== undefined)
  useEffect(() => void refreshLoads(), [])
  useEffect(findRunningLoad, [isKnown])
  const Content = CONTENT[step]
  return (
    <section aria-label="Load history" className="flex h-full min-h-0 flex-col">
      <Steps />
      <DatabaseNotice />
      <Content />
    </section>
  )
}
