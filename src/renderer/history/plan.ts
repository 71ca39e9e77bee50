import { create } from 'zustand'
import type { LoadPlan, LoadRequest } from '#shared/history'
import type { HistoryFault } from '../stores/loads.ts'
import { ask, signal } from '../stores/signal.ts'

interface Plan {
  /** The request that {@link Plan.plan} or the fault answers, or the one in progress. */
  readonly request?: LoadRequest
  readonly busy: boolean
  readonly plan?: LoadPlan | undefined
  readonly fault?: HistoryFault | undefined
}

/** What is stored of the chosen symbols and days. Written by {@link look} alone. */
export const usePlan = create<Plan>(() => ({ busy: false }))

let asked = 0

/**
 * Asks what is stored. Earlier results for the same choice stay visible meanwhile; a later request overrides
 * this one.
 */
export async function look(request: LoadRequest): Promise<void> {
  asked += 1
  const turn = asked
  const before = usePlan.getState()
  const isSame = JSON.stringify(before.request) === JSON.stringify(request)
  usePlan.setState({ request, busy: true, fault: undefined, plan: isSame ? before.plan : undefined })
  const answer = await ask(signal().history.plan(request))
  if (turn !== asked) return
  usePlan.setState(
    answer.ok
      ? { busy: false, plan: answer.value, fault: undefined }
      : { busy: false, plan: undefined, fault: answer.error },
  )
}
