import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  Link,
  lazyRouteComponent,
  Outlet,
  useRouter,
} from '@tanstack/react-router'
import { Result, Spin } from 'antd'
import type { ReactNode } from 'react'
import { coreErrors } from '#kernel/errors.ts'
import { ApiProblem } from '../api/problem.ts'
import { AppFrame } from '../layout/AppFrame.tsx'
import { ErrorView } from '../layout/ErrorView.tsx'
import ChangePasswordPage from '../session/ChangePasswordPage.tsx'
import { SessionWatch } from '../session/SessionWatch.tsx'
import { SessionEndedDialog, SignInPage } from '../session/SignInPage.tsx'
import { useCan, useSessionHandle } from '../session/session.tsx'
import type { WebModule, WebRoute } from './module.ts'
import { collectPanels, PanelProvider } from './panels.tsx'

/** Puts the pages of all capabilities below one frame. Unknown addresses and broken pages keep the frame around them. */
export function createAppRouter(modules: readonly WebModule[]) {
  const panels = collectPanels(modules)
  const gate = () => (
    <PanelProvider panels={panels}>
      <Gate modules={modules} />
    </PanelProvider>
  )
  const root = createRootRoute({ component: gate, notFoundComponent: NotFound })
  const routes: AnyRoute[] = modules.flatMap((module) => module.routes.map((route) => pageRoute(root, route)))
  routes.push(createRoute({ getParentRoute: () => root, path: '/account/password', component: ChangePasswordPage }))
  return createRouter({
    routeTree: root.addChildren(routes),
    defaultErrorComponent: PageError,
    defaultNotFoundComponent: NotFound,
    defaultPendingComponent: Loading,
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
}

function pageRoute(root: AnyRoute, route: WebRoute): AnyRoute {
  const Page = lazyRouteComponent(route.component)
  const { permission } = route
  const component = permission === undefined ? Page : () => <Guarded permission={permission} page={<Page />} />
  return createRoute({ getParentRoute: () => root, path: route.path, component })
}

function Guarded({ permission, page }: { permission: string; page: ReactNode }): ReactNode {
  if (useCan(permission)) return page
  const { status, code, message } = coreErrors.notAllowed
  return <ErrorView error={new ApiProblem({ status, code, detail: message })} />
}

/** Decides what an address shows: the page, the sign-in page in its place, or the change of the first password. */
function Gate({ modules }: { modules: readonly WebModule[] }): ReactNode {
  const { state } = useSessionHandle()
  if (state.status === 'loading') return <Loading />
  if (state.status === 'failed') return <ErrorView error={state.problem} onRetry={() => window.location.reload()} />
  if (state.status === 'out') return <SignInPage />
  return (
    <AppFrame modules={state.view.mustChangePassword ? [] : modules}>
      {state.view.mustChangePassword ? <ChangePasswordPage /> : <Outlet />}
      <SessionWatch />
      <SessionEndedDialog why={state.ended} />
    </AppFrame>
  )
}

function Loading(): ReactNode {
  return (
    <div style={{ display: 'grid', placeItems: 'center', minHeight: 240 }} role="status" aria-label="正在加载">
      <Spin />
    </div>
  )
}

function NotFound(): ReactNode {
  return (
    <Result
      icon={null}
      title="没有这个页面"
      subTitle="地址可能已变更，请从菜单重新进入"
      extra={<Link to="/">回到工作台</Link>}
    />
  )
}

function PageError({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return <ErrorView error={error} onRetry={retry} />
}
