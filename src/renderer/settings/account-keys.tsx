import { useState } from 'react'
import type { AccountKind, CredentialStatus } from '#shared/settings'
import { saveKeys, testKeys } from '../app/key-outcome.ts'
import { HostConsent } from '../app/host-consent.tsx'
import { describeRefusal } from '../app/describe-refusal.ts'
import { forgetCredentials } from '../stores/settings.ts'
import { tell } from '../stores/toasts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { KeyForm } from '../ui/key-form.tsx'

const NAMES: Record<AccountKind, string> = { paper: 'Paper account', live: 'Live account' }

interface Props {
  readonly status: CredentialStatus
  readonly encryptionAvailable: boolean
}

/**
 * The API keys of one account: whether they exist, and how to add or remove them. The secret is never shown.
 */
export function AccountKeys({ status, encryptionAvailable }: Props) {
  const { account, present, from } = status
  const [edits, setEdits] = useState(false)
  const [forgets, setForgets] = useState(false)
  const name = NAMES[account]

  const forget = async () => {
    setForgets(false)
    const refusal = await forgetCredentials(account)
    tell(
      refusal
        ? { tone: 'failed', text: describeRefusal(refusal) }
        : { tone: 'done', text: `${name}: API keys deleted` },
    )
  }

  return (
    <div className="py-3.5">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-48 grow">
          <h3 className="font-medium">{name}</h3>
          <p className="text-xs text-muted">{describeStatus(status)}</p>
        </div>
        {from !== 'environment' && !edits && (
          <Button onClick={() => setEdits(true)}>{present ? 'Replace keys' : 'Add keys'}</Button>
        )}
        {from === 'saved' && (
          <Button look="danger" onClick={() => setForgets(true)}>
            Delete keys
          </Button>
        )}
      </div>
      <div className="mt-2 empty:hidden">
        <HostConsent status={status} />
      </div>
      {edits && (
        <div className="mt-3">
          <KeyForm
            label={`${name} API keys`}
            saveLabel="Save keys"
            encryptionAvailable={encryptionAvailable}
            onTest={(keys) => testKeys(account, keys)}
            onSave={async (keys, plainText) => {
              const refusal = await saveKeys(account, keys, plainText)
              if (refusal) return refusal
              setEdits(false)
              tell({ tone: 'done', text: `${name}: API keys saved` })
              return undefined
            }}
            onCancel={() => setEdits(false)}
          />
        </div>
      )}
      {forgets && (
        <Dialog title={`Delete ${account} API keys?`} onClose={() => setForgets(false)} className="max-w-110">
          <div className="p-5 pt-2">
            <p>
              They are deleted from this computer. Alpaca shows a secret only once, so you may need to create
              new keys.
            </p>
            <div className="mt-4 flex justify-end gap-2">
              <Button onClick={() => setForgets(false)}>Cancel</Button>
              <Button look="danger" onClick={() => void forget()}>
                Delete keys
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  )
}

function describeStatus({ present, from, keyEndsWith }: CredentialStatus): string {
  if (!present) return 'No API keys'
  const end = keyEndsWith === undefined ? '' : ` ending in ${keyEndsWith}`
  return from === 'environment'
    ? `Key${end}, set by environment variable.`
    : `Key${end}, saved on this computer`
}
