import { unreachable } from '#shared/result'
import type { EpochMs } from '#shared/units'
import type { NoticeProblem, NoticeSource, UpdateStatus } from '#shared/updates'
import { momentInZone } from '../ui/times.ts'

/** Why this build does not check for new versions. */
export const NO_CHECKS: Readonly<Record<Exclude<NoticeSource, 'named'>, string>> = {
  checkout: 'Started from its source code, Signal doesn’t check for new versions.',
  unnamed: 'This build has no address to check for new versions.',
  invalid: 'This build’s address to check for new versions is invalid. The log says why.',
}

/** What came of the last check, and what to do. */
export function describeCheck({ isChecking, lastCheck, release }: UpdateStatus, now: EpochMs): string {
  if (isChecking) return 'Checking…'
  if (lastCheck === undefined) return 'Not checked since Signal started.'
  const { at, problem } = lastCheck
  const found =
    release === undefined ? 'No newer version announced.' : `Signal ${release.version} is available.`
  return `Last check ${momentInZone(at, now)}. ${problem === undefined ? found : describeProblem(problem)}`
}

function describeProblem(problem: NoticeProblem): string {
  switch (problem) {
    case 'unreachable':
      return 'The server couldn’t be reached. Check your network, then try again.'
    case 'timed-out':
      return 'The server didn’t answer within 10 s. Try again later.'
    case 'cut-off':
      return 'The answer was cut off. Try again.'
    case 'bad-status':
      return 'The server answered with an error. Try again later.'
    case 'redirected':
    case 'too-large':
    case 'not-a-notice':
      return 'The answer wasn’t an update notice and was ignored. If this network has a sign-in page, sign in, then try again.'
    case 'bad-signature':
      return 'The notice wasn’t signed by Signal’s publisher and was ignored. If this persists, report it with the log.'
    default:
      return unreachable(problem)
  }
}
