import type { VerificationReport } from '#shared/verification'

/** The number of faults in a symbol's bars, not counting gaps. */
export const faultCount = ({ issues }: Pick<VerificationReport, 'issues'>): number =>
  issues.reduce((sum, issue) => sum + (issue.kind === 'gaps' ? 0 : issue.count), 0)
