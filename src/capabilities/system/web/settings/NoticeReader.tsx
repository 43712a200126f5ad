import { Alert, Button, Card, Input, Space, Upload } from 'antd'
import { type ReactNode, useState } from 'react'
import { z } from 'zod'
import { diffDays } from '#kernel/time.ts'
import { useRemembered } from '#shell/browser/remembered.ts'
import { type NoticePeriod, type NoticeReading, readHolidayNotice } from '../../model/index.ts'

interface NoticeReaderProps {
  readonly year: number
  onUse(reading: NoticeReading): void
}

/** Text files of Chinese offices are UTF-8 or GB18030; bytes that are no UTF-8 are the other. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Takes the notice as it was published and shows what was understood before anything is taken over. */
export function NoticeReader({ year, onUse }: NoticeReaderProps): ReactNode {
  const [text, setText] = useRemembered(`holidayNotice:${year}`, z.string(), '')
  const [reading, setReading] = useState<NoticeReading>()
  const read = (from: string) => {
    setText(from)
    setReading(readHolidayNotice(from, year))
  }
  return (
    <Card size="small" title="一、粘贴通知" style={{ marginBottom: 12 }}>
      <Input.TextArea
        value={text}
        rows={7}
        maxLength={20_000}
        aria-label="通知全文"
        placeholder={`粘贴国务院办公厅关于${year}年部分节假日安排的通知全文；也可以逐行写：${year}-01-01 放假，${year}-01-03 上班`}
        onChange={(event) => {
          setText(event.target.value)
          setReading(undefined)
        }}
      />
      <Space wrap style={{ marginTop: 8 }}>
        <Button type="primary" disabled={text.trim() === ''} onClick={() => read(text)}>
          识别日期
        </Button>
        <Upload
          accept=".txt,.csv"
          showUploadList={false}
          beforeUpload={async (file) => {
            read(await textOf(file))
            return Upload.LIST_IGNORE
          }}
        >
          <Button>从文件读取（.txt、.csv）</Button>
        </Upload>
      </Space>
      {reading && <Understood reading={reading} onUse={() => onUse(reading)} />}
    </Card>
  )
}

const shown = ({ days }: NoticePeriod) => {
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const inARow = days.length > 1 && diffDays(first, last) === days.length - 1
  return inARow ? `${first} 至 ${last}（${days.length}天）` : days.join('、')
}

function Understood({ reading, onUse }: { reading: NoticeReading; onUse(): void }): ReactNode {
  const { periods, problems, outside, holidays, workdays } = reading
  const none = holidays.length + workdays.length === 0
  return (
    <div role="status" style={{ marginTop: 12 }}>
      {problems.length > 0 && (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 8 }}
          title="有对不上的地方，请先核对原文"
          description={problems.map((problem) => <div key={problem}>{problem}</div>)}
        />
      )}
      {none && problems.length === 0 && (
        <Alert type="info" showIcon title="没有读到“放假”“上班”的日期，请粘贴通知的正文" />
      )}
      <ul className="zb-plain">
        {periods.map((period) => (
          <li key={`${period.name}${period.kind}${period.days.join()}`}>
            {period.name} <strong>{period.kind === 'off' ? '放假' : '上班'}</strong> {shown(period)}
          </li>
        ))}
      </ul>
      {outside.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 8 }}
          title={`${outside.join('、')} 不在这一年，不会录入这里，请到那一年的日历中登记`}
        />
      )}
      {!none && (
        <Button onClick={onUse}>
          采用：放假的周一至周五 {holidays.length} 天，上班的周末 {workdays.length} 天
        </Button>
      )}
    </div>
  )
}
