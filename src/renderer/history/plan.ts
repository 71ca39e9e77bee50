import { create } from 'zustand'
import type { LoadPlan } from '#shared/ipc/contract'
import type { LoadRequest } from '#shared/history'
import type { HistoryFault } from '../stores/loads.ts'
import { ask, signal } from '../stores/signal.ts'

interface Plan {
  /** What {@link Plan.plan} or the fault answers, or what is being asked about. */
  readonly request?: LoadRequest
  readonly busy: boolean
  readonly plan?: LoadPlan | undefined
  readonly fault?: HistoryFault | undefined
}

/** What there is of the chosen symbols and days. Written by {@link look} alone. */
export const usePlan = create<Plan>(() => ({ busy: false }))

let asked = 0

/** Looks at what is stored. What is known of the same choice stays in sight meanwhile; a later look overtakes. */
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
