import { XMarkIcon } from '@heroicons/react/16/solid'
import { useState } from 'react'
import { saveKeys, testKeys } from '../app/key-outcome.ts'
import { HostConsent } from '../app/host-consent.tsx'
import { describeRefusal } from '../app/describe-refusal.ts'
import { saveSettings, useSettings } from '../stores/settings.ts'
import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { KeyForm, type KeyOutcome } from '../ui/key-form.tsx'
import { Keys } from '../ui/keys.tsx'

/** The one-time welcome above a live market: what this is, how to connect, which keys help. */
export function Welcome() {
  const [connects, setConnects] = useState(false)
  const isDemo = useSettings(({ view }) => view?.settings.mode === 'demo')
  return (
    <section
      aria-label="Welcome"
      className="max-h-[60vh] shrink-0 overflow-y-auto border-b border-line bg-surface px-4 py-3"
    >
      <div className="flex items-start gap-3">
        <div className="min-w-0 grow">
          <h2 className="text-base font-semibold">Welcome to Signal</h2>
          <p className="mt-0.5 max-w-160 text-soft">
            {isDemo
              ? 'What moves below is Signal’s own demo market: invented prices, no account, nothing at stake. Connect your Alpaca account whenever you want real ones.'
              : 'Signal is connected to Alpaca. Your watch list and everything else can be changed in Settings.'}
          </p>
        </div>
        <IconButton label="Put the welcome away" onClick={() => void putAway()}>
          <XMarkIcon className="size-4" />
        </IconButton>
      </div>
      {connects ? (
        <Connect onCancel={() => setConnects(false)} />
      ) : (
        <div className="mt-2.5 flex flex-wrap items-center gap-x-5 gap-y-2.5">
          <div className="flex flex-wrap gap-2">
            {isDemo && (
              <Button look="primary" onClick={() => setConnects(true)}>
                Connect to Alpaca
              </Button>
            )}
            <Button onClick={() => void putAway()}>Look around</Button>
          </div>
          <KeyHints />
        </div>
      )}
    </section>
  )
}

const HINTS = [
  ['Ctrl+K', 'commands'],
  ['/', 'filter'],
  ['Enter', 'details of a row'],
  ['?', 'all keys'],
] as const

function KeyHints() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {HINTS.map(([keys, text]) => (
        <li key={keys} className="flex items-center gap-1.5">
          <Keys keys={keys} />
          {text}
        </li>
      ))}
    </ul>
  )
}

async function putAway(): Promise<void> {
  const refusal = await saveSettings({ welcomed: true })
  if (refusal) tell({ tone: 'failed', text: describeRefusal(refusal) })
}

/** Takes paper keys, tests and saves them, then switches to the paper account. */
function Connect({ onCancel }: { readonly onCancel: () => void }) {
  const encryptionAvailable = useSettings(({ view }) => view?.encryptionAvailable ?? false)
  const paper = useSettings(({ view }) => view?.credentials.find(({ account }) => account === 'paper'))
  const connect = async (...kept: Parameters<typeof saveKeys>): Promise<KeyOutcome | undefined> => {
    const refused = await saveKeys(...kept)
    if (refused) return refused
    const refusal = await saveSettings({ mode: 'paper', welcomed: true })
    if (refusal) return { tone: 'bad', text: describeRefusal(refusal) }
    tell({ tone: 'done', text: 'Connected to your paper account.' })
    return undefined
  }
  return (
    <div className="mt-3">
      <p className="mb-3 max-w-160 text-soft">
        Use the keys of your <strong>paper</strong> account: real prices, play money. You find them on{' '}
        <button
          type="button"
          className="text-accent underline underline-offset-2"
          onClick={() => void ask(signal().app.openPage('alpaca-keys'))}
        >
          Alpaca’s dashboard
        </button>
        . They are {encryptionAvailable ? 'encrypted' : 'kept'} on this computer and sent to Alpaca only.
      </p>
      {paper && (
        <div className="mb-3 max-w-130 empty:hidden">
          <HostConsent status={paper} />
        </div>
      )}
      <KeyForm
        label="Connect to Alpaca"
        saveLabel="Connect"
        encryptionAvailable={encryptionAvailable}
        onTest={(keys) => testKeys('paper', keys)}
        onSave={(keys, plainText) => connect('paper', keys, plainText)}
        onCancel={onCancel}
      />
    </div>
  )
}
