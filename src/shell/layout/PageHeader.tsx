import { PrinterOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { type ReactNode, useEffect } from 'react'

interface PageHeaderProps {
  readonly title: string
  /** Tags and numbers beside the title. */
  readonly marks?: ReactNode
  /** One line below the title. */
  readonly words?: ReactNode
  /** What may be done here now. */
  readonly actions?: ReactNode
  readonly printable?: boolean
}

/** Title of a page; also the title of the browser tab, so that several open records can be told apart. */
export function PageHeader({ title, marks, words, actions, printable }: PageHeaderProps): ReactNode {
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <header className="zb-page-header">
      <div className="zb-page-header-words">
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
          <h1>{title}</h1>
          {marks}
        </div>
        {words && <div style={{ marginTop: 4 }}>{words}</div>}
      </div>
      <div className="zb-no-print zb-page-tools">
        {actions}
        {printable && (
          <Tooltip title="打印">
            <Button icon={<PrinterOutlined />} aria-label="打印" onClick={() => window.print()} />
          </Tooltip>
        )}
      </div>
    </header>
  )
}
