import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { FieldApp } from '#apps/field/FieldApp.tsx'
import { createQueryClient } from '#shell/api/queries.ts'
import { paintTokens } from '#shell/phone/paint.ts'
import { SessionProvider } from '#shell/session/session.tsx'
import '#shell/phone/phone.css'
import '#shell/phone/form.css'
import '#shell/phone/record.css'

const container = document.getElementById('root')
if (!container) throw new Error('m/index.html has no #root')

paintTokens(document.documentElement)

createRoot(container).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <SessionProvider>
        <FieldApp />
      </SessionProvider>
    </QueryClientProvider>
  </StrictMode>,
)
