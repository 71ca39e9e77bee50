/** What electron-builder must know of an account of Azure's signing service, by the variables that say it. */
const VARIABLES = {
  endpoint: 'SIGNAL_AZURE_ENDPOINT',
  codeSigningAccountName: 'SIGNAL_AZURE_ACCOUNT',
  certificateProfileName: 'SIGNAL_AZURE_PROFILE',
  publisherName: 'SIGNAL_AZURE_PUBLISHER',
}

/**
 * How electron-builder signs for Windows with Azure's service; empty if no variable names an account, and then it
 * signs with WIN_CSC_LINK or not at all. Throws if only some of them are set.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ azureSignOptions?: { [name in keyof typeof VARIABLES]: string } }}
 */
export function azureSigning(env) {
  const missing = Object.values(VARIABLES).filter((name) => !env[name])
  if (missing.length === Object.keys(VARIABLES).length) return {}
  if (missing.length > 0) throw new Error(`To sign with Azure, set ${missing.join(', ')} too`)
  const value = (/** @type {keyof typeof VARIABLES} */ option) => String(env[VARIABLES[option]])
  return {
    azureSignOptions: {
      endpoint: value('endpoint'),
      codeSigningAccountName: value('codeSigningAccountName'),
      certificateProfileName: value('certificateProfileName'),
      publisherName: value('publisherName'),
    },
  }
}
