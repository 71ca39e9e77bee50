import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { useAudit } from '../stores/audit.ts'
import { describeFault } from '../ui/faults.ts'

/** Exports the events that match the filter to a file of JSON lines. */
export async function exportEvents(): Promise<void> {
  const answer = await ask(signal().audit.export({ ...useAudit.getState().filter }))
  if (!answer.ok) {
    const { error } = answer
    return tell({ tone: 'failed', text: error.kind === 'not-written' ? error.message : describeFault(error) })
  }
  if (answer.value.kind === 'saved') tell({ tone: 'done', text: `Saved as ${answer.value.path}.` })
}
