import { useState, type FormEvent } from 'react'
import { databaseChoice, type DatabaseChoice } from '#shared/database'
import type { SettingsView } from '#shared/settings'
import { describeRefusal } from '../../app/describe-refusal.ts'
import { testDatabase } from '../../stores/database.ts'
import { saveDatabase } from '../../stores/settings.ts'
import { tell } from '../../stores/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { CheckBox } from '../../ui/check-box.tsx'
import { describeFault } from '../../ui/faults.ts'
import { Notice } from '../../ui/notice.tsx'
import { KindField, ServerFields } from './server-fields.tsx'
import { SwitchDialog } from './switch-dialog.tsx'

interface Props {
  readonly view: SettingsView
  readonly onClose: () => void
}

interface Outcome {
  readonly tone: 'good' | 'bad'
  readonly text: string
}

/** Chooses a database, tests it, and switches to it. A password leaves this form only through its calls. */
export function DatabaseForm({ view: { database, encryptionAvailable }, onClose }: Props) {
  const [kind, setKind] = useState(database.kind)
  const [url, setUrl] = useState(database.url ?? '')
  const [password, setPassword] = useState('')
  const [consents, setConsents] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>()
  const [switchesTo, setSwitchesTo] = useState<DatabaseChoice>()
  const asksConsent = kind === 'server' && password !== '' && !encryptionAvailable

  /** Tests the entered database; answers it if it is usable, and shows why not otherwise. */
  const tried = async (): Promise<DatabaseChoice | undefined> => {
    const choice = databaseChoice.safeParse(
      kind === 'file' ? { kind } : { kind, url, ...(password !== '' && { password }) },
    )
    if (!choice.success) {
      setOutcome({ tone: 'bad', text: 'The address must start with postgres://.' })
      return undefined
    }
    setOutcome(undefined)
    setIsBusy(true)
    const answer = await testDatabase(choice.data)
    setIsBusy(false)
    if (!answer.ok) setOutcome({ tone: 'bad', text: describeFault(answer.error) })
    else if (answer.value.kind === 'unusable') setOutcome({ tone: 'bad', text: answer.value.message })
    else {
      setOutcome({ tone: 'good', text: `Connection OK. ${answer.value.message}` })
      return choice.data
    }
    return undefined
  }

  const save = async (choice: DatabaseChoice) => {
    setSwitchesTo(undefined)
    const refusal = await saveDatabase(choice, consents)
    if (refusal) return setOutcome({ tone: 'bad', text: describeRefusal(refusal) })
    tell({ tone: 'done', text: 'Database switched' })
    onClose()
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const choice = await tried()
    if (choice === undefined) return
    const isSamePlace =
      choice.kind === database.kind && (choice.kind === 'file' || choice.url === database.url)
    // A new password alone leads to the same bars.
    if (isSamePlace) await save(choice)
    else setSwitchesTo(choice)
  }

  return (
    <form aria-label="Database" onSubmit={(event) => void submit(event)} className="mt-3 max-w-150 space-y-3">
      <KindField kind={kind} onChange={setKind} />
      {kind === 'server' && (
        <ServerFields
          url={url}
          password={password}
          isSaved={database.hasPassword}
          onUrl={setUrl}
          onPassword={setPassword}
        />
      )}
      {asksConsent && (
        <CheckBox checked={consents} onChange={setConsents}>
          No keychain found. Store the password unencrypted (readable by my user only).
        </CheckBox>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={isBusy || (asksConsent && !consents)}>
          Use this database
        </Button>
        <Button disabled={isBusy} onClick={() => void tried()}>
          Test connection
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        {isBusy && <span className="text-muted">Connecting…</span>}
      </div>
      {outcome && (
        <Notice tone={outcome.tone} role="alert">
          {outcome.text}
        </Notice>
      )}
      {switchesTo && (
        <SwitchDialog
          choice={switchesTo}
          onSwitch={() => void save(switchesTo)}
          onClose={() => setSwitchesTo(undefined)}
        />
      )}
    </form>
  )
}
