import { type ReactNode, useState } from 'react'
import { getUnit, listUnits, showRoute } from '#capabilities/directory/model/index.ts'
import type {
  CriterionControlProps,
  FindingControls,
  SectorControlProps,
  UnitControlProps,
} from '#capabilities/hazard/web/forms/controls.ts'
import { useCriterion } from '#capabilities/hazard/web/forms/use-criterion.ts'
import { useOwnSector } from '#capabilities/hazard/web/register/use-own-sector.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'
import { Hints } from './Hints.tsx'

/** The criterion a hazard is judged by: the likeliest first with their reason, and a search over the rest. */
function Criterion(props: CriterionControlProps): ReactNode {
  const { options, empty, bare, search, choose } = useCriterion(props)
  if (!props.sector) return <div className="p-hint">先选择单位或行业领域</div>
  return (
    <div className="p-choices p-column">
      {bare && (
        <div className="p-notice">
          本行业领域没有收录条目化的判定标准：可引用特种设备、消防等通用标准，或在判定理由中写明认定依据
        </div>
      )}
      <input
        type="search"
        placeholder="按文字检索判定标准"
        aria-label="检索判定标准"
        onChange={(event) => search(event.target.value)}
      />
      {empty && <div className="p-hint">{empty}</div>}
      {options.map(({ id, text, marks, where }) => (
        <label key={id} className="p-choice">
          <input type="radio" name="criterion" checked={props.value === id} onChange={() => choose(id)} />
          <span>
            {text}{' '}
            {marks.map((mark) => (
              <span key={mark} className="p-tag">
                {mark}
              </span>
            ))}
            <small>{where}</small>
          </span>
        </label>
      ))}
    </div>
  )
}

/** Finds a unit of the directory by any part of its name or code; only units within one's own scope are offered. */
function Unit({ id, value, onChange }: UnitControlProps): ReactNode {
  const [text, setText] = useState('')
  const typed = useSettled(text.trim())
  const found = useAsk(
    listUnits,
    { text: typed, states: ['active', 'suspended'], size: 8 },
    { enabled: value === null && typed !== '', keepPrevious: true },
  )
  const chosen = useAsk(getUnit, { id: value ?? '' }, { enabled: value !== null }).data
  if (value !== null) {
    return (
      <div className="p-notice">
        {chosen ? `${chosen.name}（${chosen.areaName}）` : '正在加载…'}
        <button type="button" className="p-link" onClick={() => onChange(null)}>
          换一个单位
        </button>
      </div>
    )
  }
  const rows = typed === '' ? [] : (found.data?.rows ?? [])
  return (
    <div className="p-choices p-column">
      <input
        id={id}
        type="search"
        aria-label="单位"
        placeholder="输入单位名称或统一社会信用代码"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {rows.map((unit) => (
        <button key={unit.id} type="button" className="p-button" onClick={() => onChange(unit.id)}>
          {unit.name}（{unit.areaName}，{unit.sectorNames.join('、')}）
        </button>
      ))}
      {typed !== '' && found.data && rows.length === 0 && (
        <div className="p-hint">名录中没有找到，可改填“场所名称”</div>
      )}
    </div>
  )
}

/** The unit's own sectors to touch, as long as they are few; any other from the phone's own list. */
function Sector({ id, value, onChange, options, unitSectors }: SectorControlProps): ReactNode {
  useOwnSector(unitSectors, value, onChange)
  const own = options.filter((option) => unitSectors?.includes(option.value))
  const [listed, setListed] = useState(false)
  const elsewhere = value !== undefined && own.every((option) => option.value !== value)
  if (own.length === 0 || own.length > 4 || listed || elsewhere) {
    return <SectorList id={id} value={value} onChange={onChange} own={own} options={options} />
  }
  return (
    <div className="p-choices">
      {own.map((option) => (
        <label key={option.value} className="p-choice">
          <input type="radio" name="sector" checked={value === option.value} onChange={() => onChange(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
      <button type="button" className="p-button" onClick={() => setListed(true)}>
        其他行业领域
      </button>
    </div>
  )
}

interface SectorListProps extends Pick<SectorControlProps, 'id' | 'value' | 'onChange' | 'options'> {
  readonly own: SectorControlProps['options']
}

function SectorList({ id, value, onChange, own, options }: SectorListProps): ReactNode {
  const others = options.filter((option) => !own.includes(option))
  const list = (shown: typeof options) =>
    shown.map((option) => (
      <option key={option.value} value={option.value}>
        {option.label}
      </option>
    ))
  return (
    <select
      id={id}
      aria-label="行业领域"
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    >
      <option value="">选择行业领域</option>
      {own.length === 0 ? (
        list(options)
      ) : (
        <>
          <optgroup label="本单位的行业领域">{list(own)}</optgroup>
          <optgroup label="其他">{list(others)}</optgroup>
        </>
      )}
    </select>
  )
}

/** Where the matter will go, before it is sent. */
function Route({ sector, area }: { sector: string; area: string }): ReactNode {
  const route = useAsk(showRoute, { sector, area }, { staleTime: 600_000 }).data
  if (!route) return null
  const town = route.townBodyName ? `，属地：${route.townBodyName}` : ''
  return (
    <>
      登记后由 {route.leadBodyName} 办理{town}
      {route.reason && <div>{route.reason}</div>}
    </>
  )
}

/** The phone's own controls of a finding's forms. */
export const phoneControls: FindingControls = { Criterion, Unit, Sector, Route, Hints }
