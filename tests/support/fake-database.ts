import type { CopyProgress, CopyResult, DatabaseChoice, DatabaseTest } from '../../src/shared/database.ts'
import type { SignalEmitter, SignalHandlers } from '../../src/shared/ipc/contract.ts'
import { err, ok } from '../../src/shared/result.ts'

/** The databases that a window can choose from, without any behind it. */
export interface FakeDatabase {
  readonly handlers: Pick<SignalHandlers['database'], 'test' | 'copyTo' | 'stopCopying'>
  /** What the next databases that are tried are. */
  databaseIs(test: DatabaseTest): void
  /** How far the copy is. */
  copying(progress: CopyProgress): void
  /** Ends the copy that was asked for, well or by a failure. */
  copied(result: CopyResult | string): void
}

/** Answers as main does; `note` hears what was asked. */
export function createFakeDatabase(emit: () => SignalEmitter, note: (call: string) => void): FakeDatabase {
  let test: DatabaseTest = {
    kind: 'usable',
    message: 'TimescaleDB 2.23 (community licence) on PostgreSQL 17: bars are compressed after 7 days.',
  }
  let end: ((result: CopyResult | string) => void) | undefined
  let bars = 0
  const said = (choice: DatabaseChoice) =>
    choice.kind === 'file' ? 'file' : `${choice.url} ${choice.password ?? ''}`
  return {
    handlers: {
      test: (choice) => {
        note(`test ${said(choice)}`)
        return ok(test)
      },
      copyTo: async (choice) => {
        note(`copyTo ${said(choice)}`)
        const result = await new Promise<CopyResult | string>((resolve) => (end = resolve))
        return typeof result === 'string' ? err({ kind: 'database', message: result }) : ok(result)
      },
      stopCopying: () => {
        end?.({ bars, events: 'kept-apart', complete: false })
        return ok(undefined)
      },
    },
    databaseIs: (next) => void (test = next),
    copying(progress) {
      bars = progress.bars
      emit().database.copying(progress)
    },
    copied: (result) => end?.(result),
  }
}
