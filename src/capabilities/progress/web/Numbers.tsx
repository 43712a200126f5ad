import { Card } from 'antd'
import type { ReactNode } from 'react'
import { ListLink } from '#shell/router/ListLink.tsx'
import { none } from '#shell/text/format.ts'
import type { ReturnView } from '../model/index.ts'

type Row = ReturnView['numberRows'][number]

/**
 * The numbers as they are counted now; once the return was handed in, as they were then, with what was corrected, and
 * beside it what the records say today where that differs.
 */
export function Numbers({ one }: { one: ReturnView }): ReactNode {
  const handedIn = one.submission !== null
  return (
    <Card
      size="small"
      title={handedIn ? '本期数字（报送时固定）' : '本期数字（由系统从记录中取，报送时固定）'}
      style={{ marginBottom: 12 }}
    >
      <dl className="zb-counts">
        {one.numberRows.map((row) => (
          <div key={row.id}>
            <dt>{row.title}</dt>
            <dd>
              <Figure row={row} handedIn={handedIn} />
            </dd>
          </div>
        ))}
      </dl>
      {one.correctionRows.map(({ number, title, from, to, reason, by, on }) => (
        <p key={`${number}${on}${to}`} style={{ marginBottom: 0 }}>
          {on} {by}更正“{title}”：{from} → {to}，{reason}
        </p>
      ))}
    </Card>
  )
}

function Figure({ row, handedIn }: { row: Row; handedIn: boolean }): ReactNode {
  const shown = handedIn ? row.value : row.live
  const figure = <strong>{shown ?? none}</strong>
  const beside = [
    handedIn && row.frozen !== row.value ? `报送时${row.frozen ?? none}` : '',
    handedIn && row.live !== row.value ? `现在${row.live ?? none}` : '',
  ].filter(Boolean)
  return (
    <>
      {row.list ? (
        <ListLink list={row.list} label={`${row.title} ${shown ?? none}`}>
          {figure}
        </ListLink>
      ) : (
        figure
      )}
      {beside.length > 0 && <small>（{beside.join('，')}）</small>}
    </>
  )
}
