import { create } from 'zustand'
import type { LoadProgress } from '#shared/history'
import { announce } from '../stores/announcer.ts'
import { isActive, refreshLoads, steerLoad, type HistoryFault, type LoadCommand } from '../stores/loads.ts'

interface Steering {
  readonly busy: boolean
  /** Why the last command failed. */
  readonly fault?: HistoryFault | undefined
}

/** Whether a load command is in progress. Written by {@link steer} alone. */
export const useSteering = create<Steering>(() => ({ busy: false }))

const DONE: Readonly<Record<LoadCommand, string>> = {
  pause: 'Paused',
  resume: 'Resumed',
  cancel: 'Canceled',
}

/** Pauses, resumes or cancels a load, and announces it to screen readers. */
export async function steer(command: LoadCommand, { id }: Pick<LoadProgress, 'id'>): Promise<void> {
  useSteering.setState({ busy: true, fault: undefined })
  const fault = await steerLoad(command, id)
  if (!fault) {
    announce(DONE[command])
    await refreshLoads()
  }
  useSteering.setState({ busy: false, fault })
}

/** The load to show: the selected one, else an unfinished one, else the newest. */
export const shownLoad = (
  loads: readonly LoadProgress[],
  wanted: string | undefined,
): LoadProgress | undefined =>
  wanted === undefined ? (loads.find(isActive) ?? loads[0]) : loads.find(({ id }) => id === wanted)
