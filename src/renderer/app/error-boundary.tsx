import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { showLog } from './actions.ts'

interface Props {
  readonly children: ReactNode
}

/**
 * Replaces a screen that crashed: says so and offers a reload. Orders and the connection live in main and
 * continue.
 */
export class ErrorBoundary extends Component<Props, { readonly failure?: string }> {
  override state: { readonly failure?: string } = {}

  static getDerivedStateFromError(cause: unknown): { readonly failure: string } {
    return { failure: cause instanceof Error ? cause.message : String(cause) }
  }

  override render(): ReactNode {
    if (this.state.failure === undefined) return this.props.children
    return (
      <div role="alert" className="m-auto max-w-120 p-6 text-center">
        <p className="text-base font-semibold">This screen crashed.</p>
        <p className="mt-1 text-soft">
          Data and orders keep running. Reload; if it happens again, report this with the log:
        </p>
        <p className="mt-2 rounded-md bg-hover px-3 py-2 text-left break-words">{this.state.failure}</p>
        <div className="mt-4 flex justify-center gap-2">
          <Button look="primary" onClick={() => location.reload()}>
            Reload
          </Button>
          <Button onClick={() => void showLog()}>Open log file</Button>
        </div>
      </div>
    )
  }
}
