import { Alert, Card, Collapse } from 'antd'
import type { ReactNode } from 'react'
import { type PackView, packParts } from '../../model/index.ts'
import { Checksum } from './Checksum.tsx'

type Difference = PackView['disk']['differences'][number]

/** What the files beside the program would change at the next start. */
export function OnDisk({ pack: { disk, version } }: { pack: PackView }): ReactNode {
  if (!disk.newer) {
    return (
      <Alert
        type="success"
        showIcon
        style={{ marginBottom: 12 }}
        title="磁盘上的数据包与已装入的相同，重启不会有变化"
      />
    )
  }
  if (disk.checksum === null) {
    return (
      <Alert
        type="error"
        showIcon
        style={{ marginBottom: 12 }}
        title="磁盘上的数据包有误，现在重启将无法启动，请先改正"
        description={<Lines lines={disk.problems} />}
      />
    )
  }
  return (
    <Card size="small" title="磁盘上有改动过的数据包，重启后装入" style={{ marginBottom: 12 }}>
      <p style={{ marginTop: 0 }}>
        版本 {version === disk.version ? `仍是 ${version}（内容有改动）` : `${version} → ${disk.version}`}，校验码{' '}
        <Checksum value={disk.checksum} />
      </p>
      {disk.problems.length > 0 && (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 12 }}
          title={`其中有 ${disk.problems.length} 处自相矛盾，请先改正再重启`}
          description={<Lines lines={disk.problems} />}
        />
      )}
      <Collapse
        size="small"
        items={disk.differences.map((difference) => ({
          key: difference.part,
          label: `${packParts[difference.part].title}：${countWords(difference)}`,
          children: <PartChange difference={difference} />,
        }))}
      />
    </Card>
  )
}

const countWords = ({ added, changed, dropped }: Difference) =>
  [
    added.length > 0 && `新增 ${added.length} 项`,
    changed.length > 0 && `改动 ${changed.length} 项`,
    dropped.length > 0 && `删去 ${dropped.length} 项`,
  ]
    .filter(Boolean)
    .join('，') || '次序有改动'

function PartChange({ difference: { part, added, changed, dropped } }: { difference: Difference }): ReactNode {
  return (
    <>
      <p style={{ marginTop: 0 }}>装入后：{packParts[part].onLoad}。</p>
      {added.length > 0 && <Named title="新增" names={added} />}
      {changed.length > 0 && <Named title="改动" names={changed} />}
      {dropped.length > 0 && <Named title="删去" names={dropped} />}
    </>
  )
}

const Named = ({ title, names }: { title: string; names: readonly string[] }): ReactNode => (
  <p style={{ margin: '4px 0' }}>
    <strong>{title}：</strong>
    {names.join('；')}
  </p>
)

const Lines = ({ lines }: { lines: readonly string[] }): ReactNode => (
  <>
    {lines.map((line) => (
      <div key={line}>{line}</div>
    ))}
  </>
)
