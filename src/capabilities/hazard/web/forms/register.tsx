import type { FieldSpec, FormValues } from '#shell/form/types.ts'
import type { Option } from '#shell/table/types.ts'
import type { FindingControls } from './controls.ts'
import { judgingFields } from './judging.tsx'
import { channelField, type Finding, files } from './parts.ts'

interface RegisterFacts {
  readonly finding: Finding
  /** The units of an account that speaks for units; undefined for officials. */
  readonly ownUnits: readonly Option[] | undefined
  readonly sectors: readonly Option[]
  readonly towns: readonly Option[]
  readonly today: string
  readonly controls: FindingControls
}

const judgedByOffice = '自判为重大隐患的，请选定判定条目；拿不准的可不选，由主管部门核实判定'
const judgedLater = '暂时不能判定的可不选，登记后列为“待核实”'

const where = '地点'
const what = '隐患'
const proof = '管控和照片'

export function registerFields(facts: RegisterFacts): FieldSpec[] {
  const { finding, ownUnits, today, controls } = facts
  const { sector, description, foundOn } = finding
  return [
    ...(ownUnits ? ownPlace(ownUnits) : officialPlace(facts)),
    { kind: 'text', name: 'location', label: '具体位置', max: 200, section: where, placeholder: '例如：2号车间配电房' },
    sectorField(facts),
    {
      kind: 'area',
      name: 'description',
      label: '隐患内容',
      required: true,
      max: 2000,
      rows: 4,
      section: what,
      help: <controls.Hints finding={finding} byUnit={ownUnits !== undefined} />,
    },
    { kind: 'day', name: 'foundOn', label: '发现日期', required: true, max: today, section: what },
    ...judgingFields({ sector, description, foundOn, controls }, ownUnits ? judgedByOffice : judgedLater).map(
      (field) => ({ ...field, section: what }),
    ),
    { kind: 'area', name: 'interim', label: '已采取的临时管控措施', max: 500, section: proof },
    { ...files(['before', 'other'], '现场照片'), section: proof },
  ]
}

const ownPlace = (units: readonly Option[]): FieldSpec[] =>
  units.length === 1
    ? []
    : [{ kind: 'select', name: 'unitId', label: '单位', required: true, options: units, section: where }]

function officialPlace({ towns, controls: { Unit } }: RegisterFacts): FieldSpec[] {
  const noUnit = (now: FormValues) => !now.unitId
  return [
    { ...channelField, section: where },
    {
      kind: 'text',
      name: 'source',
      label: '来源说明',
      max: 200,
      placeholder: '例如：专项检查、12350举报编号',
      section: where,
    },
    {
      kind: 'custom',
      name: 'unitId',
      label: '单位',
      help: '名录中没有的，留空并在下面填写场所名称和乡镇',
      section: where,
      render: ({ id, value, onChange }) => (
        <Unit id={id} value={typeof value === 'string' ? value : null} onChange={(next) => onChange?.(next)} />
      ),
    },
    { kind: 'text', name: 'placeName', label: '场所名称', max: 80, visible: noUnit, section: where },
    { kind: 'select', name: 'area', label: '所在乡镇（开发区）', options: towns, visible: noUnit, section: where },
  ]
}

function sectorField({ finding, sectors, controls: { Route, Sector } }: RegisterFacts): FieldSpec {
  const { sector, area, unitSectors } = finding
  return {
    kind: 'custom',
    name: 'sector',
    label: '行业领域',
    required: true,
    section: where,
    ...(sector && area ? { help: <Route sector={sector} area={area} /> } : {}),
    render: ({ id, value, onChange }) => (
      <Sector
        id={id}
        value={typeof value === 'string' ? value : undefined}
        onChange={(next) => onChange?.(next)}
        options={sectors}
        unitSectors={unitSectors}
      />
    ),
  }
}
