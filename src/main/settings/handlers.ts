import type { CredentialTest, SignalHandlers } from '#shared/ipc/contract'
import { ok } from '#shared/result'
import type { AccountKind } from '#shared/settings'
import { toSignedDecimal } from '#shared/units'
import { AlpacaClient, alpacaConfig, AlpacaError } from '#alpaca'
import type { AccountAccess } from './account-access.ts'
import type { SettingsStore } from './store.ts'

/** Answers the contract's settings calls. */
export const settingsHandlers = (store: SettingsStore): SignalHandlers['settings'] => ({
  read: () => ok(store.view()),
  save: (patch) => store.save(patch),
  testCredentials: async ({ account, credentials }) =>
    ok(await testCredentials(account, store.accessWith(account, credentials))),
  saveCredentials: ({ account, credentials, plainText }) =>
    store.saveCredentials(account, credentials, plainText),
  forgetCredentials: (account) => store.forgetCredentials(account),
  confirmHosts: ({ hosts }) => store.confirmHosts(hosts),
  saveDatabase: ({ choice, plainText }) => store.saveDatabase(choice, plainText),
})

/** Asks Alpaca for the account that the keys belong to. */
async function testCredentials(
  account: AccountKind,
  { variables, problem = '' }: AccountAccess,
): Promise<CredentialTest> {
  if (variables === undefined) return { kind: 'refused', message: problem }
  const client = new AlpacaClient(alpacaConfig(variables))
  try {
    const { accountNumber, status, equity } = await client.getAccount()
    return {
      kind: 'accepted',
      ...(account === 'paper' && { accountEndsWith: accountNumber.slice(-4) }),
      status,
      ...(equity && { equity: toSignedDecimal(equity) }),
    }
  } catch (cause) {
    if (!(cause instanceof AlpacaError)) throw cause
    return describeFailure(cause, account)
  }
}

function describeFailure({ kind, message }: AlpacaError, account: AccountKind): CredentialTest {
  switch (kind) {
    case 'unauthorized':
    case 'forbidden':
      return {
        kind: 'refused',
        message: `Keys rejected for ${account}. Check you didn’t copy ${account === 'paper' ? 'live' : 'paper'} keys.`,
      }
    case 'network':
    case 'timeout':
    case 'aborted':
      return { kind: 'unreachable', message: 'Alpaca is unreachable. Check your network and try again.' }
    default:
      return { kind: 'unreachable', message: `Unexpected answer from Alpaca: ${message}` }
  }
}
