import { useState } from 'react'
import type { CredentialStatus } from '#shared/settings'
import { confirmHosts } from '../stores/settings.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { describeRefusal } from './describe-refusal.ts'

/** Names the hosts that aren't Alpaca's, and asks before saved keys go there. */
export function HostConsent({ status: { hosts, problem } }: { readonly status: CredentialStatus }) {
  const [error, setError] = useState<string>()
  if (!hosts) return problem === undefined ? null : <Notice tone="warn">{problem}</Notice>
  const names = hosts.names.join(', ')
  const confirm = async () => {
    const refusal = await confirmHosts(hosts.names)
    setError(refusal && describeRefusal(refusal))
  }
  return (
    <Notice tone="warn">
      <p>
        The environment sends this account to <strong>{names}</strong>, which isn’t Alpaca.
      </p>
      {hosts.state === 'refused' && <p>{problem ?? 'This account stays off until you unset that.'}</p>}
      {hosts.state === 'unconfirmed' && (
        <>
          <p>Saved keys aren’t sent there until you confirm.</p>
          <Button small className="mt-1.5" onClick={() => void confirm()}>
            Send my keys to {names}
          </Button>
          <p role="alert" className="text-xs text-bad empty:hidden">
            {error}
          </p>
        </>
      )}
    </Notice>
  )
}
