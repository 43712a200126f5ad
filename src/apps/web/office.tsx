import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from '#shell/api/queries.ts'
import { createAppRouter } from '#shell/router/router.tsx'
import { SessionProvider } from '#shell/session/session.tsx'
import { theme } from '#shell/theme/tokens.ts'
import '#shell/theme/files.css'
import '#shell/theme/styles.css'
import '#shell/theme/calendar.css'
import '#shell/theme/record.css'
import '#shell/theme/plan.css'
import '#shell/theme/print.css'
import { antdLocale } from './locale.ts'
import { webModules } from './modules.ts'

const container = document.getElementById('root')
if (!container) throw new Error('index.html has no #root')

const queries = createQueryClient()
const router = createAppRouter(webModules)

createRoot(container).render(
  <StrictMode>
    <ConfigProvider locale={antdLocale} theme={theme} button={{ autoInsertSpace: false }}>
      <App>
        <QueryClientProvider client={queries}>
          <SessionProvider>
            <RouterProvider router={router} />
          </SessionProvider>
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  </StrictMode>,
)
