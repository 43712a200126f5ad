import { describe, expect, it } from 'vitest'
import { activeItem, menuFor, type WebModule } from './module.ts'

const component = () => Promise.resolve({ default: () => null })
const modules: WebModule[] = [
  {
    id: 'hazard',
    routes: [
      {
        path: '/hazards/import',
        title: '导入',
        component,
        permission: 'hazard.import',
        menu: { group: 'hazard', label: '导入', order: 20 },
      },
      { path: '/hazards', title: '隐患库', component, menu: { group: 'hazard', label: '隐患库', order: 10 } },
      { path: '/hazards/$id', title: '隐患', component },
    ],
  },
  {
    id: 'home',
    routes: [{ path: '/', title: '工作台', component, menu: { group: 'workbench', label: '今日', order: 0 } }],
  },
]

describe('menu', () => {
  it('orders groups by the information architecture and entries by their order', () => {
    const sections = menuFor(modules, () => true)
    expect(sections.map((section) => section.label)).toEqual(['工作台', '隐患'])
    expect(sections[1]?.items.map((item) => item.label)).toEqual(['隐患库', '导入'])
  })

  it('leaves out what the account may not open, by the page permission too', () => {
    const sections = menuFor(modules, (permission) => permission === undefined)
    expect(sections[1]?.items.map((item) => item.label)).toEqual(['隐患库'])
  })

  it('marks the list for a detail page, the longer path for a page of its own, and home only for home', () => {
    const sections = menuFor(modules, () => true)
    expect(activeItem(sections, '/hazards/1')?.path).toBe('/hazards')
    expect(activeItem(sections, '/hazards/import')?.path).toBe('/hazards/import')
    expect(activeItem(sections, '/')?.path).toBe('/')
    expect(activeItem(sections, '/hazardsx')).toBeUndefined()
  })
})
