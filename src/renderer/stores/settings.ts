import { create } from 'zustand'
import type { DatabaseChoice } from '#shared/database'
import type { CredentialTest, SettingsRefusal } from '#shared/ipc/contract'
import type { Result } from '#shared/result'
import type { AccountKind, Credentials, Mode, Settings, SettingsView } from '#shared/settings'
import { clearMarket, loadMarket } from './market.ts'
import { ask, signal } from './signal.ts'
import { clearTrading, refreshTrading } from './trading.ts'
import type { Fault } from '../ui/faults.ts'
import { setTimeZone } from '../ui/times.ts'

/** The current settings; absent until main has reported them. */
export const useSettings = create<{ readonly view?: SettingsView }>(() => ({}))

/** Mode of the market this window shows. Settings are loaded before any screen is shown. */
export const shownMode = (): Mode => useSettings.getState().view?.settings.mode ?? 'demo'

/** Whether another market is shown now, so that no number of the old one may stay. */
const isOtherMarket = (before: Settings, after: Settings): boolean =>
  before.mode !== after.mode || before.feed !== after.feed

/** Whether the database changed: orders and events are read from it, so they change too. */
const isOtherDatabase = ({ database: before }: SettingsView, { database: after }: SettingsView): boolean =>
  before.kind !== after.kind || before.url !== after.url

const isOtherList = (before: Settings, after: Settings): boolean =>
  before.symbols.join() !== after.symbols.join()

function take(view: SettingsView): void {
  const known = useSettings.getState().view
  setTimeZone(view.settings.timeZone)
  useSettings.setState({ view })
  if (!known) return
  const before = known.settings
  if (isOtherMarket(before, view.settings) || isOtherDatabase(known, view)) {
    clearMarket()
    clearTrading()
    void refreshTrading()
  }
  if (
    isOtherMarket(before, view.settings) ||
    isOtherDatabase(known, view) ||
    isOtherList(before, view.settings)
  )
    void loadMarket()
}

async function taken<E>(call: Promise<Result<SettingsView, E | Fault>>): Promise<E | Fault | undefined> {
  const answer = await call
  if (!answer.ok) return answer.error
  take(answer.value)
  return undefined
}

/** Asks for the settings. Answers the fault, or undefined on success. */
export const loadSettings = (): Promise<Fault | undefined> => taken<never>(ask(signal().settings.read()))

/** Follows settings changed elsewhere; returns its stop. */
export const followSettings = (): (() => void) => signal().settings.changed(take)

/** Changes only what is given. Answers why it was refused, or undefined when saved. */
export const saveSettings = (change: Partial<Settings>): Promise<SettingsRefusal | Fault | undefined> =>
  taken(ask(signal().settings.save(change)))

/** Tries keys against the account without saving them. */
export const testCredentials = (
  account: AccountKind,
  credentials: Credentials,
): Promise<Result<CredentialTest, Fault>> => ask(signal().settings.testCredentials({ account, credentials }))

/** Saves keys; `plainText` is the trader's consent where the system has no keyring. */
export const saveCredentials = (
  account: AccountKind,
  credentials: Credentials,
  plainText: boolean,
): Promise<SettingsRefusal | Fault | undefined> =>
  taken(ask(signal().settings.saveCredentials({ account, credentials, plainText })))

/** Agrees to send the paper account's saved keys to these hosts. */
export const confirmHosts = (hosts: readonly string[]): Promise<SettingsRefusal | Fault | undefined> =>
  taken(ask(signal().settings.confirmHosts({ hosts: [...hosts] })))

/** Deletes saved keys. */
export const forgetCredentials = (account: AccountKind): Promise<SettingsRefusal | Fault | undefined> =>
  taken(ask(signal().settings.forgetCredentials(account)))

/** Keeps bars and events in that database from now on; `plainText` is the trader's consent, as with keys. */
export const saveDatabase = (
  choice: DatabaseChoice,
  plainText: boolean,
): Promise<SettingsRefusal | Fault | undefined> =>
  taken(ask(signal().settings.saveDatabase({ choice, plainText })))
