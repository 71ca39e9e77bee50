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

/**
 * The one-time welcome over a live market: what this is, how to connect, which keys help. It covers the last rows
 * instead of moving the first, so that nothing moves when it is dismissed.
 */
export function Welcome() {
  const [connects, setConnects] = useState(false)
  const isDemo = useSettings(({ view }) => view?.settings.mode === 'demo')
  return (
    <section
      aria-label="Welcome"
      className="absolute inset-x-3 bottom-3 z-20 max-h-[calc(100%-1.5rem)] overflow-y-auto rounded-lg bg-raised px-4 py-3 shadow-float"
    >
      <div className="flex items-start gap-3">
        <div className="min-w-0 grow">
          <h2 className="text-base font-semibold">Welcome to Signal</h2>
          <p className="mt-0.5 max-w-160 text-soft">
            {isDemo
              ? 'You’re in the demo market: simulated prices, no account needed. Connect Alpaca for live data.'
              : 'Signal is connected to Alpaca. Change your watchlist and everything else in Settings.'}
          </p>
        </div>
        <IconButton label="Dismiss" onClick={() => void dismiss()}>
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
            <Button onClick={() => void dismiss()}>Explore demo</Button>
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
  ['Enter', 'symbol details'],
  ['?', 'shortcuts'],
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

async function dismiss(): Promise<void> {
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
        Use <strong>paper</strong> API keys from{' '}
        <button
          type="button"
          className="text-accent underline underline-offset-2"
          onClick={() => void ask(signal().app.openPage('alpaca-keys'))}
        >
          Alpaca’s dashboard
        </button>
        . Stored {encryptionAvailable && 'encrypted '}on this computer, sent only to Alpaca.
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
