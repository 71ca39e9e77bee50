import type { DatabaseChoice } from '#shared/database'
import { transportOf } from '#shared/database-transport'
import { CheckBox } from '../../ui/check-box.tsx'
import { CONTROL } from '../../ui/field.tsx'
import { addressParts, withConsent } from './server-address.ts'

const KINDS = [
  ['file', 'SQLite file on this computer', 'Nothing to install. Fast enough for 5 years of 30 symbols.'],
  [
    'server',
    'PostgreSQL or TimescaleDB server',
    'For several computers or other programs. resources/compose.yaml starts one on this computer.',
  ],
] as const

interface KindProps {
  readonly kind: DatabaseChoice['kind']
  readonly onChange: (kind: DatabaseChoice['kind']) => void
}

/** The choice between a file and a server. */
export function KindField({ kind, onChange }: KindProps) {
  return (
    <fieldset className="relative space-y-1.5">
      <legend className="sr-only">Kind of database</legend>
      {KINDS.map(([value, label, hint]) => (
        <label key={value} className="flex items-start gap-2">
          <input
            type="radio"
            name="database-kind"
            checked={kind === value}
            onChange={() => onChange(value)}
            className="mt-0.5 size-4 accent-(--accent)"
          />
          <span>
            {label}
            <span className="block text-xs text-muted">{hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

interface ServerProps {
  readonly url: string
  readonly password: string
  /** A saved password exists and is used while none is typed and the address is unchanged. */
  readonly isSaved: boolean
  readonly onUrl: (url: string) => void
  readonly onPassword: (password: string) => void
}

/** Address and password of a server. */
export function ServerFields({ url, password, isSaved, onUrl, onPassword }: ServerProps) {
  return (
    <div className="grid items-center gap-x-2 gap-y-1.5 sm:grid-cols-[6.5rem_1fr]">
      <label htmlFor="database-url" className="text-soft">
        Address
      </label>
      <input
        id="database-url"
        value={url}
        spellCheck={false}
        autoComplete="off"
        placeholder="postgres://user@localhost:5433/signal"
        onChange={({ target }) => onUrl(target.value)}
        className={CONTROL}
      />
      <label htmlFor="database-password" className="text-soft">
        Password
      </label>
      <input
        id="database-password"
        type="password"
        value={password}
        spellCheck={false}
        autoComplete="off"
        placeholder={isSaved ? 'Saved' : ''}
        onChange={({ target }) => onPassword(target.value)}
        className={CONTROL}
      />
      <EncryptionField url={url} onUrl={onUrl} />
    </div>
  )
}

/** Consent to a connection without encryption, where it would leave this computer. The address itself holds it. */
function EncryptionField({ url, onUrl }: Pick<ServerProps, 'url' | 'onUrl'>) {
  const transport = transportOf(addressParts(url))
  if (transport === 'this-machine') return null
  return (
    <CheckBox
      checked={transport === 'unencrypted'}
      onChange={(checked) => onUrl(withConsent(url, checked))}
      className="sm:col-start-2"
    >
      Connect without encryption
      <span className="block text-xs text-muted">
        Others on the network can read and change what is sent. Without this, the server needs TLS with a
        certificate for its name.
      </span>
    </CheckBox>
  )
}
