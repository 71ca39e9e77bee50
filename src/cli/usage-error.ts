/** The command cannot run as requested: wrong options, or no keys. Ends it with code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** This version of Signal is too old for the data. Ends the command with code 1. */
export class DataTooNewError extends Error {
  override readonly name = 'DataTooNewError'
}

/** How a command ended: everything done; something failed or was stopped; it could not start. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
