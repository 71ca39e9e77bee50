import './without-eval.ts'
import { createRoot } from 'react-dom/client'
import { Shell } from './app/shell.tsx'
import { screens } from './screens.ts'
import { followAppearance } from './stores/appearance.ts'
import { followMain } from './stores/follow-main.ts'
import { followTicketPreferences } from './stores/ticket-preferences.ts'
import { readTicketHash } from '#shared/ticket-start'
import { TicketWindow, ticketSide } from './ticket/index.ts'
import { Welcome } from './welcome/welcome.tsx'
import './styles.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

followAppearance()
followTicketPreferences()
if (window.signal) {
  followMain()
  createRoot(root).render(
    readTicketHash(location.hash) ? (
      <TicketWindow />
    ) : (
      <Shell screens={screens} welcome={<Welcome />} side={ticketSide} />
    ),
  )
} else {
  root.textContent = 'This page works inside Signal only. Start the app with "npm start".'
}
