import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import type { Search } from './types.ts'

interface IgnoredFiltersProps {
  readonly names: readonly string[]
  onDrop(changes: Search): void
}

/** What an address asks for and the list does not know: said, because its rows are more than were asked for. */
export function IgnoredFilters({ names, onDrop }: IgnoredFiltersProps): ReactNode {
  if (names.length === 0) return null
  const dropped = Object.fromEntries(names.map((name) => [name, undefined]))
  return (
    <Alert
      type="warning"
      style={{ marginBottom: 12 }}
      title={`地址里有 ${names.length} 个条件（${names.join('、')}）本清单没有或取值不对，没有起作用`}
      action={
        <Button size="small" type="link" onClick={() => onDrop(dropped)}>
          去掉
        </Button>
      }
    />
  )
}
