import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import type { ReactNode } from 'react'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ListLink } from '#shell/router/ListLink.tsx'
import { formatNumber } from '#shell/text/format.ts'
import { type Outcomes, outcomeStates, outcomeTotals } from '../model/index.ts'

type Item = Outcomes['items'][number]

/** 制度成果 in the final evaluation: how many rules and systems stand where, and each of them with its paper. */
export function OutcomesPart({ outcomes }: { outcomes: Outcomes }): ReactNode {
  const { registers, items } = outcomes
  if (registers.length === 0) return null
  const { total, named } = outcomeTotals(outcomes)
  return (
    <>
      <h2 className="plan-group">制度成果（共 {formatNumber(total)} 项）</h2>
      {registers.map((register) => (
        <p key={register.list}>
          <ListLink list={register.list} label={register.title}>
            {register.title}
          </ListLink>{' '}
          {formatNumber(register.due)} 项
          {register.states
            .filter(({ n }) => n > 0)
            .map(({ title, n }) => `，${title} ${formatNumber(n)} 项`)
            .join('')}
          。按期完成 {formatNumber(register.met)} 项，逾期完成 {formatNumber(register.late)} 项，逾期未完成{' '}
          {formatNumber(register.missed)} 项。
        </p>
      ))}
      {named === 0 ? (
        <EmptyState why="还没有登记需要建立健全的制度" next="在上面的清单里登记后，这里逐项列出" />
      ) : (
        <OutcomeTable items={items} />
      )}
      {total > named ? <p>这里只列前 {formatNumber(named)} 项，其余请打开清单查看。</p> : null}
    </>
  )
}

function OutcomeTable({ items }: { items: readonly Item[] }): ReactNode {
  return (
    <Table<Item>
      size="small"
      rowKey="id"
      dataSource={[...items]}
      pagination={items.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
      columns={[
        {
          title: '名称',
          render: (_, { title, path, facts }) => (
            <>
              <Link to={path} preload={false}>
                {title}
              </Link>
              <div className="plan-outcome-facts">{facts}</div>
            </>
          ),
        },
        { title: '牵头单位', dataIndex: 'body', responsive: ['md'] },
        { title: '依据', dataIndex: 'clause', responsive: ['lg'] },
        {
          title: '状态',
          width: 110,
          render: (_, { state, lateness }) => (
            <>
              {state}
              <div className="plan-outcome-facts">{outcomeStates[lateness]}</div>
            </>
          ),
        },
        { title: '期限', dataIndex: 'dueOn', width: 110, responsive: ['md'] },
        { title: '完成日期', dataIndex: 'doneOn', width: 110, responsive: ['md'] },
      ]}
    />
  )
}
