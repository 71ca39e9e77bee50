/**
 * The app's name for the system: of its data folder, package, command, window class and keyring entry. "Signal" is
 * taken there by Signal Messenger (docs/decisions/identity.md).
 */
export const APP_ID = 'signal-trading'
