import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import { credentials as credentialsSchema, type Credentials } from '#shared/settings'
import { Button } from './button.tsx'
import { CheckBox } from './check-box.tsx'
import { CONTROL } from './field.tsx'
import { Notice } from './notice.tsx'

/** Result of a test or of saving, in words. */
export interface KeyOutcome {
  readonly tone: 'good' | 'bad'
  readonly text: string
}

interface Props {
  /** The form's name, read aloud. */
  readonly label: string
  readonly saveLabel: string
  /** Without a system keyring, the form asks for consent to plain text. */
  readonly encryptionAvailable: boolean
  readonly onTest: (credentials: Credentials) => Promise<KeyOutcome>
  /** Answers undefined when the keys were saved. */
  readonly onSave: (credentials: Credentials, plainText: boolean) => Promise<KeyOutcome | undefined>
  readonly onCancel?: () => void
}

/**
 * Takes a pair of Alpaca keys, tests them and saves them. What was typed leaves this form only through those
 * two calls.
 */
export function KeyForm({ label, saveLabel, encryptionAvailable, onTest, onSave, onCancel }: Props) {
  const id = useId()
  const [apiKey, setApiKey] = useState('')
  const [apiSecret, setApiSecret] = useState('')
  const [consents, setConsents] = useState(false)
  const [busy, setBusy] = useState<string>()
  const [outcome, setOutcome] = useState<KeyOutcome>()
  const told = useRef<HTMLDivElement>(null)
  useEffect(() => {
    told.current?.scrollIntoView({ block: 'nearest' }) // in a low window the form is taller than its space
  }, [outcome])

  const run = async (doing: string, work: (keys: Credentials) => Promise<KeyOutcome | undefined>) => {
    const read = credentialsSchema.safeParse({ apiKey, apiSecret })
    if (!read.success) return setOutcome({ tone: 'bad', text: missing(read.error.issues) })
    setOutcome(undefined)
    setBusy(doing)
    setOutcome(await work(read.data))
    setBusy(undefined)
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void run('Saving…', (keys) => onSave(keys, consents))
  }

  return (
    <form aria-label={label} onSubmit={submit} className="max-w-130 space-y-3">
      <Line id={`${id}-key`} label="Key ID" value={apiKey} onChange={setApiKey} />
      <Line id={`${id}-secret`} label="Secret key" value={apiSecret} onChange={setApiSecret} isSecret />
      {!encryptionAvailable && (
        <CheckBox checked={consents} onChange={setConsents}>
          No keychain found. Store my keys unencrypted (readable by my user only).
        </CheckBox>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          look="primary"
          disabled={busy !== undefined || (!encryptionAvailable && !consents)}
        >
          {saveLabel}
        </Button>
        <Button disabled={busy !== undefined} onClick={() => void run('Testing…', onTest)}>
          Test keys
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
        {busy !== undefined && <span className="text-muted">{busy}</span>}
      </div>
      {outcome && (
        <div ref={told}>
          <Notice tone={outcome.tone} role="alert">
            {outcome.text}
          </Notice>
        </div>
      )}
    </form>
  )
}

const missing = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string =>
  issues
    .map(({ path, message }) => `The ${path[0] === 'apiKey' ? 'key ID' : 'secret key'} ${message}.`)
    .join(' ')

interface LineProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isSecret?: boolean
}

function Line({ id, label, value, onChange, isSecret = false }: LineProps) {
  return (
    <div className="grid items-center gap-1 sm:grid-cols-[6.5rem_1fr]">
      <label htmlFor={id} className="text-soft">
        {label}
      </label>
      <input
        id={id}
        type={isSecret ? 'password' : 'text'}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
        className={CONTROL}
      />
    </div>
  )
}
