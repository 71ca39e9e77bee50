import type { CopyProgress, CopyResult, DatabaseChoice, DatabaseTest } from '../../src/shared/database.ts'
import type { SignalEmitter, SignalHandlers } from '../../src/shared/ipc/contract.ts'
import { err, ok } from '../../src/shared/result.ts'

/** Controls the databases that a window can choose from; there is none behind them. */
export interface FakeDatabase {
  readonly handlers: Pick<SignalHandlers['database'], 'test' | 'copyTo' | 'stopCopying'>
  /** Sets the result of the next database tests. */
  databaseIs(test: DatabaseTest): void
  /** Sets the progress of the copy. */
  copying(progress: CopyProgress): void
  /** Ends the current copy, with a result or a failure. */
  copied(result: CopyResult | string): void
}

/** Answers as main does; `note` receives each call. */
export function createFakeDatabase(emit: () => SignalEmitter, note: (call: string) => void): FakeDatabase {
  let test: DatabaseTest = {
    kind: 'usable',
    message: 'TimescaleDB 2.23 (community license) on PostgreSQL 17: bars are compressed after 7 days.',
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
