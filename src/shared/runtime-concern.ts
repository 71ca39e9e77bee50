/**
 * Something about the running program that makes it unsafe for real money. The live account is armed only if the trader
 * accepts it.
 */
export interface RuntimeConcern {
  /** Stable: the event log contains it. */
  readonly code: 'no-security-updates' | 'no-sandbox' | 'debugging' | 'node-options'
  /** What is wrong and what to do. */
  readonly sentence: string
}
