import { dirname, join } from 'node:path'
import * as z from 'zod'
import type { Mode } from '#shared/settings'
import type { Clock } from '#process/clock'
import { syncFolder } from '#process/private-files'
import { safetyState, type SafetyStore } from '../execution/index.ts'
import { putAside, readJsonFile, writeJsonFile } from '../settings/index.ts'

interface SafetyFileDeps {
  readonly dataDir: string
  /** Each mode has its own file, as it has its own account. */
  readonly mode: Mode
  readonly clock: Clock
}

/** Keeps a mode's safety state in a file of the data folder. A file that can't be read is backed up. */
export function openSafetyFile({ dataDir, mode, clock }: SafetyFileDeps): SafetyStore {
  const file = join(dataDir, `safety.${mode}.json`)
  return {
    read() {
      const stored = readJsonFile(file)
      if (stored.kind === 'absent') return stored
      const parsed = stored.kind === 'json' ? safetyState.safeParse(stored.value) : undefined
      if (parsed?.success === true) return { kind: 'read', state: parsed.data }
      const reason = stored.kind === 'unreadable' ? stored.reason : describe(parsed?.error)
      const backup = putAside(file, new Date(clock.now()))
      return { kind: 'damaged', reason, ...(backup !== undefined && { backup }) }
    },
    write(state) {
      writeJsonFile(file, state)
      syncFolder(dirname(file))
    },
  }
}

const describe = (error: z.ZodError | undefined): string =>
  error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join('; ') ?? 'it is empty'
