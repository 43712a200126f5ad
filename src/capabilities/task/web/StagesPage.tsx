import { Card, Skeleton, Tag } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { ListLink } from '#shell/router/ListLink.tsx'
import { formatDay } from '#shell/text/format.ts'
import { type PlanStages, planStages, productStates } from '../model/index.ts'

/** 阶段: each stage of the plan with its window, and what it must have produced, worked out from the records. */
export default function StagesPage(): ReactNode {
  const answer = useAsk(planStages, {})
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  return (
    <>
      <PageHeader
        title="阶段进度"
        words={`截至 ${answer.data.asOf}；完成情况由任务、备案、会议的记录算出，不填写。`}
        printable
      />
      {answer.data.stages.map((stage) => (
        <Stage key={stage.id} stage={stage} />
      ))}
    </>
  )
}

type StageView = PlanStages['stages'][number]

function Stage({ stage }: { stage: StageView }): ReactNode {
  const done = stage.products.filter(({ state }) => state === 'produced' || state === 'late').length
  return (
    <Card
      size="small"
      style={{ marginBottom: 12 }}
      title={
        <>
          {stage.name}（{stage.clause}） {stage.current && <Tag style={{ fontWeight: 700 }}>当前阶段</Tag>}
        </>
      }
      extra={`${stage.from} 至 ${stage.to}`}
    >
      {stage.products.length === 0 ? (
        <EmptyState why="数据包没有写明这一阶段要形成什么" next="在数据包 tasks/stages.yaml 中补写" />
      ) : (
        <>
          <p>
            应形成 {stage.products.length} 项，已形成 {done} 项
          </p>
          <ul className="zb-plain">
            {stage.products.map((product) => (
              <li key={product.title}>
                <strong>
                  {product.list ? (
                    <ListLink list={product.list} label={product.title}>
                      {product.title}
                    </ListLink>
                  ) : (
                    product.title
                  )}
                </strong>
                （{product.clauses.join('、')}）
                <div className="zb-line">
                  <Tag
                    style={{
                      margin: 0,
                      fontWeight: product.state === 'missing' || product.state === 'late' ? 700 : 400,
                    }}
                  >
                    {productStates[product.state]}
                  </Tag>
                  {product.due > 0 && (
                    <span>
                      完成 {product.done}/{product.due}
                      {product.late > 0 && `，其中逾期 ${product.late}`}
                      {product.missed > 0 && `，逾期未完成 ${product.missed}`}
                    </span>
                  )}
                  {product.metOn && <span>{formatDay(product.metOn)} 全部完成</span>}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
