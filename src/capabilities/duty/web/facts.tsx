import { Descriptions } from 'antd'
import type { ReactNode } from 'react'
import { colours } from '#shell/theme/tokens.ts'

interface Fact {
  readonly key: string
  readonly label: string
  readonly children: ReactNode
  readonly span?: 'filled'
}

export function fact(key: string, label: string, children: ReactNode, wide = false): Fact {
  return wide ? { key, label, children, span: 'filled' } : { key, label, children }
}

/** What is known of a duty or a deed: two columns on a desk, one on a phone. */
export function FactTable(props: { readonly facts: readonly Fact[] }): ReactNode {
  const style = { background: colours.surface, marginBottom: 12 }
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2 }}
      style={style}
      styles={{ label: { minWidth: 104 } }}
      items={[...props.facts]}
    />
  )
}
