import * as z from 'zod'
import { create } from 'zustand'
import { parseJson } from '#shared/parse-json'
import type { UpdateStatus } from '#shared/updates'
import type { Fault } from '../ui/faults.ts'
import { ask, signal } from './signal.ts'

/** What is known about newer versions; absent until main has reported it. Written by {@link followUpdates} alone. */
export const useUpdates = create<{ readonly status?: UpdateStatus }>(() => ({}))

const take = (status: UpdateStatus) => useUpdates.setState({ status })

/** Follows what is known about newer versions, starting with what is known now; returns its stop. */
export function followUpdates(): () => void {
  const { updates } = signal()
  const stop = updates.changed(take)
  void ask(updates.status()).then((answer) => answer.ok && take(answer.value))
  return stop
}

/** Asks for a newer version now; the status says what came. Answers the fault, or undefined. */
export async function checkForUpdates(): Promise<Fault | undefined> {
  const answer = await ask(signal().updates.check())
  return answer.ok ? undefined : answer.error
}

/** Opens the download page in the browser. Answers the fault, or undefined. */
export async function openDownloadPage(): Promise<Fault | undefined> {
  const answer = await ask(signal().updates.openPage())
  return answer.ok ? undefined : answer.error
}

/** Stored in this window under a versioned key. */
const stored = z.object({ version: z.string().optional() })

const KEY = 'signal.updates.v1'

/** The last version whose line in the frame was read or dismissed. */
export const useReadRelease = create<z.output<typeof stored>>(
  () => stored.safeParse(parseJson(localStorage.getItem(KEY) ?? '')).data ?? {},
)

useReadRelease.subscribe((now) => localStorage.setItem(KEY, JSON.stringify(now)))
