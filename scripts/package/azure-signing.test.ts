import { expect, test } from 'vitest'
import { azureSigning } from './azure-signing.mjs'

const ACCOUNT = {
  SIGNAL_AZURE_ENDPOINT: 'https://weu.codesigning.azure.net',
  SIGNAL_AZURE_ACCOUNT: 'signal',
  SIGNAL_AZURE_PROFILE: 'release',
  SIGNAL_AZURE_PUBLISHER: 'The Signal developers',
}

test('Windows packages are signed with the account that the environment names, and with none otherwise', () => {
  expect(azureSigning(ACCOUNT).azureSignOptions).toEqual({
    endpoint: 'https://weu.codesigning.azure.net',
    codeSigningAccountName: 'signal',
    certificateProfileName: 'release',
    publisherName: 'The Signal developers',
  })
  expect(azureSigning({})).toEqual({})
})

test('an account that is named in part is not taken for none: the build fails and says what is missing', () => {
  expect(() => azureSigning({ ...ACCOUNT, SIGNAL_AZURE_PROFILE: '' })).toThrow('set SIGNAL_AZURE_PROFILE too')
})
