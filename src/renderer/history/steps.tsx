import { CheckIcon } from '@heroicons/react/16/solid'
import { wholePercent } from '#shared/format/percent'
import { isActive, useLoads } from '../stores/loads.ts'
import { useVerification } from '../stores/verification.ts'
import { classNames } from '../ui/class-names.ts'
import { goTo, useWizard, type WizardStep } from './wizard.ts'

const STEPS: readonly (readonly [WizardStep, string])[] = [
  ['choose', 'Choose'],
  ['coverage', 'Coverage'],
  ['load', 'Download'],
  ['report', 'Report'],
]

/** The steps of the wizard, each of which can be opened at any time. */
export function Steps() {
  const step = useWizard((wizard) => wizard.step)
  const at = STEPS.findIndex(([id]) => id === step)
  const asides: Partial<Record<WizardStep, string | undefined>> = {
    load: useLoading(),
    report: useVerifying(),
  }
  return (
    <nav
      aria-label="Steps"
      className="flex h-10 shrink-0 items-center overflow-x-auto border-b border-line bg-surface px-2 sm:px-6"
    >
      <ol className="flex items-center gap-1">
        {STEPS.map(([id, label], index) => (
          <li key={id} className="flex items-center gap-1">
            {index > 0 && <span aria-hidden className="h-px w-2 bg-line sm:w-6" />}
            <button
              type="button"
              aria-current={id === step ? 'step' : undefined}
              onClick={() => goTo(id)}
              className={classNames(
                'flex h-7 items-center gap-1.5 rounded-md px-1.5 whitespace-nowrap sm:px-2',
                id === step ? 'bg-hover font-medium text-ink' : 'text-soft hover:bg-hover hover:text-ink',
              )}
            >
              <span
                aria-hidden
                className={classNames(
                  'flex size-4.5 items-center justify-center rounded-full text-2xs font-medium max-sm:hidden',
                  id === step ? 'bg-accent text-on-accent' : 'bg-line text-soft',
                )}
              >
                {index < at && id !== 'report' ? <CheckIcon className="size-3" /> : index + 1}
              </span>
              {label}
              {asides[id] !== undefined && <span className="text-xs text-muted">{asides[id]}</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

const useLoading = (): string | undefined =>
  useLoads(({ loads }) => {
    const active = loads?.find(isActive)
    return active && `${wholePercent(active.fraction)}%`
  })

const useVerifying = (): string | undefined =>
  useVerification((state) => (state.kind === 'running' ? `${state.done}/${state.total}` : undefined))
