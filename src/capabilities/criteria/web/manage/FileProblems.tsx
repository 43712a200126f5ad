import { Alert, Card, Table } from 'antd'
import type { ReactNode } from 'react'
import type { StandardPreview } from '../../model/index.ts'

/** Every mistake of the file by row and column; none of it is taken over while there is one. */
export function FileProblems({ preview: { name, total, problems } }: { preview: StandardPreview }): ReactNode {
  if (problems.length === 0) {
    const empty = total === 0
    return (
      <Alert
        type={empty ? 'error' : 'success'}
        role="status"
        showIcon
        style={{ marginBottom: 12 }}
        title={empty ? `“${name}”里没有条文，请填写后重新上传` : `“${name}”共 ${total} 条，没有发现问题`}
      />
    )
  }
  return (
    <Card
      size="small"
      style={{ marginBottom: 12 }}
      title={<span role="alert">有 {problems.length} 处问题，请在文件里改好后重新上传</span>}
    >
      <Table
        size="small"
        rowKey={(row) => `${row.row}${row.column}${row.message}`}
        dataSource={problems}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        columns={[
          { title: '行', dataIndex: 'row', width: 60 },
          { title: '列', dataIndex: 'column', width: 110 },
          { title: '问题', dataIndex: 'message' },
        ]}
      />
    </Card>
  )
}
