import { useState } from 'react'
import type { SettingsView } from '#shared/settings'
import { useDatabase } from '../../stores/database.ts'
import { Button } from '../../ui/button.tsx'
import { FixedBy } from '../../ui/fixed-by.tsx'
import { DatabaseForm } from './database-form.tsx'
import { describeStatus } from './describe-database.ts'

/**
 * Where bars and events are stored, what that database supports or what is wrong with it, and how to choose
 * another.
 */
export function DatabaseSection({ view }: { readonly view: SettingsView }) {
  const status = useDatabase((database) => database.status)
  const [edits, setEdits] = useState(false)
  const { fixedBy, url } = view.database
  return (
    <div className="py-3.5">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-48 grow basis-0">
          <h3 className="font-medium wrap-anywhere">
            {status?.address ?? url ?? 'SQLite file in the data folder'}
          </h3>
          <p role="status" aria-label="Database in use" className="text-xs text-muted">
            {describeStatus(status)}
          </p>
          {fixedBy !== undefined && <FixedBy variable={fixedBy} />}
        </div>
        {fixedBy === undefined && !edits && <Button onClick={() => setEdits(true)}>Change database</Button>}
      </div>
      {edits && <DatabaseForm view={view} onClose={() => setEdits(false)} />}
    </div>
  )
}
