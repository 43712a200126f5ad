import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { listSectors } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { ExportButton } from '#shell/table/ExportButton.tsx'
import {
  addItem,
  amendItem,
  amendStandard,
  type CriterionView,
  downloadItemSheet,
  revertStandard,
  type StandardView,
  withdrawStandard,
} from '../../model/index.ts'
import { itemFields, reasonField, trustFields, wordFields } from './fields.ts'

/** What may be done to a standard now; whoever does not keep the library gets the sheet only. */
export function StandardActions({ standard }: { standard: StandardView }): ReactNode {
  const manage = useCan('criteria.manage')
  const sheet = standard.itemised && (
    <ExportButton contract={downloadItemSheet} input={{ code: standard.id }} label="下载条文表" />
  )
  if (!manage || standard.withdrawn !== null) return sheet
  return (
    <>
      {standard.itemised ? (
        <Link to="/criteria/publish" search={{ from: [standard.id] } as never}>
          <Button type="primary">发布新版本</Button>
        </Link>
      ) : (
        <Link to={`/criteria/${standard.id}/items` as string}>
          <Button type="primary">录入条文</Button>
        </Link>
      )}
      <Amend standard={standard} />
      {standard.itemised && <AddItem standard={standard} />}
      <Withdraw standard={standard} />
      <Revert standard={standard} />
      {sheet}
    </>
  )
}

const of = ({ recordId, version }: StandardView) => ({ recordId, version })

function Amend({ standard }: { standard: StandardView }): ReactNode {
  const sectors = useAsk(listSectors, {}, { staleTime: 600_000 })
  const { title, documentNo, issuer, crossCutting, source, confidence, verified, supersededOn } = standard
  const words = { sectors: standard.sectors, appliesTo: standard.appliesTo ?? '', note: standard.note ?? '' }
  return (
    <ActionButton
      contract={amendStandard}
      {...of(standard)}
      initial={{ title, documentNo, issuer, crossCutting, source, confidence, verified, supersededOn, ...words }}
      fields={[
        ...wordFields(sectors.data?.sectors.map(({ id, name }) => ({ value: id, label: name })) ?? []),
        {
          kind: 'day',
          name: 'supersededOn',
          label: '失效日期',
          section: '标准',
          help: '废止、没有新标准替代的填写；这一天起不再适用',
        },
        ...trustFields,
        reasonField('例如：与公布文本逐字核对'),
      ]}
    />
  )
}

function Withdraw({ standard }: { standard: StandardView }): ReactNode {
  const today = useToday()
  if (standard.origin !== 'county' || standard.effectiveFrom <= today) return null
  return (
    <ActionButton
      contract={withdrawStandard}
      {...of(standard)}
      label="撤回"
      danger
      fields={[reasonField('例如：国家推迟施行')]}
      doneText="已撤回，被替代的标准继续适用"
    >
      <p style={{ marginTop: 0 }}>
        《{standard.title}》原定 {standard.effectiveFrom}{' '}
        起施行。撤回后它不再施行，被它替代的标准照旧适用；编号不再使用，记录保留。
      </p>
    </ActionButton>
  )
}

function Revert({ standard }: { standard: StandardView }): ReactNode {
  if (!standard.amended) return null
  return (
    <ActionButton contract={revertStandard} {...of(standard)} danger fields={[reasonField('例如：以数据包为准')]}>
      <p style={{ marginTop: 0 }}>县里对本标准信息和条目的修改都不再起作用，以数据包的内容为准；修改记录保留。</p>
    </ActionButton>
  )
}

const AddItem = ({ standard }: { standard: StandardView }): ReactNode => (
  <ActionButton
    contract={addItem}
    {...of(standard)}
    initial={{ confidence: standard.confidence, catchAll: false, borrowed: false }}
    fields={[...itemFields, reasonField('例如：补充规定增加一条')]}
  />
)

/** Corrects one item, or takes it off. Judgements made by it keep the words they copied. */
export function AmendItem({ standard, item }: { standard: StandardView; item: CriterionView }): ReactNode {
  const { no, text, catchAll, borrowed, confidence, withdrawn } = item
  return (
    <ActionButton
      contract={amendItem}
      {...of(standard)}
      label="修改"
      about={item.id}
      fixed={{ itemId: item.id }}
      initial={{ no, text, catchAll, borrowed, confidence, withdrawn, group: item.group ?? '' }}
      fields={[
        ...itemFields,
        {
          kind: 'switch',
          name: 'withdrawn',
          label: '撤下这一条',
          help: '误录的条目：不再检索和建议，引用过它的判定不变',
        },
        reasonField('例如：与公布文本核对，改正错字'),
      ]}
    />
  )
}
