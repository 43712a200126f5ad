import { createContext, createElement, type FunctionComponent, lazy, type ReactNode, Suspense, useContext } from 'react'
import type { WebModule } from './module.ts'

type Panels = ReadonlyMap<string, readonly FunctionComponent<{ id: string }>[]>

const PanelContext = createContext<Panels>(new Map())

/** The panels of all capabilities by record type. Called once, since a component made anew would lose what it holds. */
export function collectPanels(modules: readonly WebModule[]): Panels {
  const found = new Map<string, FunctionComponent<{ id: string }>[]>()
  for (const { record, component } of modules.flatMap((module) => module.panels ?? [])) {
    found.set(record, [...(found.get(record) ?? []), lazy(component)])
  }
  return found
}

export function PanelProvider({ panels, children }: { panels: Panels; children: ReactNode }): ReactNode {
  return <PanelContext value={panels}>{children}</PanelContext>
}

/** What other capabilities have to say of a record, on the page of the capability that owns it. */
export function RecordPanels({ record, id }: { record: string; id: string }): ReactNode {
  const panels = useContext(PanelContext).get(record) ?? []
  // Handed over one by one: they never change while the page is open, so none needs a key to be told apart by.
  return createElement(Suspense, { fallback: null }, ...panels.map((Panel) => createElement(Panel, { id })))
}
