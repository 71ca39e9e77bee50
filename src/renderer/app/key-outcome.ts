import { dollars } from '#shared/format/money'
import type { AccountKind, Credentials } from '#shared/settings'
import { unreachable } from '#shared/result'
import { saveCredentials, testCredentials } from '../stores/settings.ts'
import { describeFault } from '../ui/faults.ts'
import type { KeyOutcome } from '../ui/key-form.tsx'
import { describeRefusal } from './describe-refusal.ts'

/** Tests keys with Alpaca and describes the result. */
export async function testKeys(account: AccountKind, credentials: Credentials): Promise<KeyOutcome> {
  const answer = await testCredentials(account, credentials)
  if (!answer.ok) return { tone: 'bad', text: describeFault(answer.error) }
  const test = answer.value
  switch (test.kind) {
    case 'accepted': {
      const { accountEndsWith, status, equity } = test
      const worth = equity === undefined ? '' : `, equity ${dollars(equity)}`
      const which = accountEndsWith === undefined ? 'account' : `account ending in ${accountEndsWith}`
      return {
        tone: 'good',
        text: `Keys accepted: ${which}, ${status.toLowerCase()}${worth}.`,
      }
    }
    case 'refused':
    case 'unreachable':
      return { tone: 'bad', text: test.message }
    default:
      return unreachable(test)
  }
}

/** Saves keys; answers why not, or undefined when they are saved. */
export async function saveKeys(
  account: AccountKind,
  credentials: Credentials,
  plainText: boolean,
): Promise<KeyOutcome | undefined> {
  const refusal = await saveCredentials(account, credentials, plainText)
  return refusal && { tone: 'bad', text: describeRefusal(refusal) }
}
