import { Descriptions } from 'antd'
import type { ReactNode } from 'react'
import { colours } from '#shell/theme/tokens.ts'

interface Fact {
  readonly key: string
  readonly label: string
  readonly children: ReactNode
  readonly span?: 'filled'
}

export const fact = (key: string, label: string, children: ReactNode, wide = false): Fact => ({
  key,
  label,
  children,
  ...(wide ? { span: 'filled' as const } : {}),
})

/** Facts in two columns on a desk, in one on a phone. */
export function FactTable({ facts }: { facts: readonly Fact[] }): ReactNode {
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2 }}
      style={{ background: colours.surface, marginBottom: 12 }}
      items={[...facts]}
    />
  )
}
