import {
  DeleteOutlined,
  EditOutlined,
  LinkOutlined,
  PushpinFilled,
  PushpinOutlined,
  SaveOutlined,
} from '@ant-design/icons'
import { App, Button, Input, type InputRef, Space } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { dropFilter, renameFilter, type SavedFilter, setDefaultFilter, updateFilter } from '#kernel/list/kept.ts'
import type { ApiProblem } from '../../api/problem.ts'
import type { Kept } from '../use-kept.ts'
import { NameField } from './NameField.tsx'
import type { Shown } from './saved.ts'

interface SavedRowProps {
  readonly saved: SavedFilter
  readonly current: boolean
  readonly kept: Kept
  readonly shown: Shown
  readonly link: string
  onPick(saved: SavedFilter): void
}

type Doing = 'rename' | 'link' | 'drop'

/** One saved filter: opens at a click, with what may be done to it behind its name. */
export function SavedRow(props: SavedRowProps): ReactNode {
  const { saved, current, kept } = props
  const { message } = App.useApp()
  const [doing, setDoing] = useState<Doing>()
  const { name, isDefault } = saved
  const target = { recordId: saved.id, version: saved.version }
  const end = () => setDoing(undefined)
  const ended = (refused: ApiProblem | undefined) => {
    if (!refused) end()
    return refused
  }
  if (doing === 'rename') {
    const rename = (next: string) => kept.change(renameFilter, { ...target, input: { name: next } }).then(ended)
    return (
      <li>
        <NameField label={`“${name}”的新名称`} action="改名" initial={name} onName={rename} onCancel={end} />
      </li>
    )
  }
  if (doing === 'link') {
    return (
      <li>
        <LinkField name={name} link={props.link} onDone={end} />
      </li>
    )
  }
  const say = (refused: ApiProblem | undefined) => void (refused && message.error(refused.detail))
  if (doing === 'drop') {
    const drop = () => kept.change(dropFilter, { ...target, input: {} }).then(say)
    return (
      <li>
        <span className="zb-saved-name">删除“{name}”？</span>
        <Button size="small" danger onClick={() => void drop()}>
          删除
        </Button>
        <Button size="small" autoFocus onClick={end}>
          不删
        </Button>
      </li>
    )
  }
  return (
    <li>
      <Button type="text" title={saved.words || '全部'} aria-current={current} onClick={() => props.onPick(saved)}>
        <span className="zb-saved-name">
          {name}
          {isDefault && '（默认）'}
        </span>
      </Button>
      <Tools {...props} say={say} onDoing={setDoing} />
    </li>
  )
}

interface ToolsProps extends SavedRowProps {
  say(refused: ApiProblem | undefined): void
  onDoing(doing: Doing): void
}

function Tools({ saved, current, kept, shown, say, onDoing }: ToolsProps): ReactNode {
  const { name, isDefault, id: recordId, version } = saved
  const target = { recordId, version }
  const makeDefault = () => kept.change(setDefaultFilter, { ...target, input: { isDefault: !isDefault } }).then(say)
  const update = () =>
    kept.change(updateFilter, { ...target, input: { ...shown, filter: { ...shown.filter } } }).then(say)
  return (
    <>
      <Tool
        icon={isDefault ? <PushpinFilled /> : <PushpinOutlined />}
        label={isDefault ? `不再默认按“${name}”打开` : `默认按“${name}”打开`}
        onClick={makeDefault}
      />
      {!current && <Tool icon={<SaveOutlined />} label={`把“${name}”更新为现在的条件、排序和列`} onClick={update} />}
      <Tool icon={<LinkOutlined />} label={`把“${name}”作为链接发给别人`} onClick={() => onDoing('link')} />
      <Tool icon={<EditOutlined />} label={`重命名“${name}”`} onClick={() => onDoing('rename')} />
      <Tool icon={<DeleteOutlined />} label={`删除“${name}”`} onClick={() => onDoing('drop')} />
    </>
  )
}

function Tool({ icon, label, onClick }: { icon: ReactNode; label: string; onClick(): void }): ReactNode {
  return <Button type="text" size="small" icon={icon} aria-label={label} title={label} onClick={onClick} />
}

/** The address of a saved filter, to be sent on; whoever opens it sees only what they may see. */
function LinkField({ name, link, onDone }: { name: string; link: string; onDone(): void }): ReactNode {
  const { message } = App.useApp()
  const field = useRef<InputRef>(null)
  useEffect(() => field.current?.select(), [])
  const copy = async () => {
    if (await copied(link, field.current)) {
      message.success('链接已复制。对方打开后按自己的权限看到数据')
      onDone()
    } else message.warning('浏览器不让复制，请在框里按 Ctrl+C')
  }
  return (
    <Space.Compact block>
      <Input
        ref={field}
        readOnly
        value={link}
        aria-label={`“${name}”的链接`}
        onFocus={(event) => event.target.select()}
      />
      <Button type="primary" onClick={() => void copy()}>
        复制
      </Button>
      <Button onClick={onDone}>关闭</Button>
    </Space.Compact>
  )
}

/** Offices reach the system over plain http too, where a page may copy only what is selected in it. */
async function copied(text: string, field: InputRef | null): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  }
  field?.select()
  return document.execCommand('copy')
}
