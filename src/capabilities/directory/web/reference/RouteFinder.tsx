import { Alert, Card, Select, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { showRoute } from '../../model/index.ts'
import { useAreas, useSectorOptions } from '../options.ts'

/** 归口查询: asks where a matter would go before there is one. */
export function RouteFinder(): ReactNode {
  const [sector, setSector] = useState<string>()
  const [area, setArea] = useState<string>()
  const sectors = useSectorOptions()
  const towns = useAreas().filter((candidate) => candidate.level === 'town')
  const asked = sector !== undefined && area !== undefined
  const { data } = useAsk(showRoute, { sector: sector ?? '', area: area ?? '000000' }, { enabled: asked })
  return (
    <Card size="small" title="归口查询" className="zb-no-print" style={{ marginBottom: 12 }}>
      <Space wrap>
        <Select
          aria-label="行业领域"
          placeholder="行业领域"
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 200 }}
          options={sectors}
          onChange={setSector}
        />
        <Select
          aria-label="乡镇"
          placeholder="乡镇（开发区）"
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 180 }}
          options={towns.map((town) => ({ value: town.code, label: town.name }))}
          onChange={setArea}
        />
      </Space>
      {asked && data && (
        <Alert
          style={{ marginTop: 12 }}
          type={data.reason ? 'warning' : 'info'}
          title={`由 ${data.leadBodyName} 牵头${data.jointBodyNames.length > 0 ? `，共同牵头：${data.jointBodyNames.join('、')}` : ''}${data.townBodyName ? `，属地：${data.townBodyName}` : ''}`}
          {...(data.reason ? { description: data.reason } : {})}
        />
      )}
    </Card>
  )
}
