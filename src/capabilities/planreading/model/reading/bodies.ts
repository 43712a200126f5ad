import { Taken } from '#kernel/document/taken.ts'

/** A body the county knows, with how papers write it. */
export interface KnownBody {
  readonly id: string
  readonly name: string
  readonly aliases: readonly string[]
}

/** Who is named in a text. `bodyId` is null for a name the county does not know, and for collective subjects. */
export interface SubjectFind {
  readonly words: string
  readonly bodyId: string | null
  /** 各乡镇、开发区 and the like speak of many at once. */
  readonly collective: Collective | null
  readonly at: number
}

export type Collective =
  | 'towns'
  | 'zone'
  | 'members'
  | 'departments'
  | 'sectorDepartments'
  | 'units'
  | 'highRiskUnits'
  | 'localities'
  | 'all'

/** Collective subjects in the words plans use; the longest that fits is taken. */
const collectives: readonly (readonly [Collective, RegExp])[] = [
  [
    'members',
    /(?:县|市|区|州|旗)?安(?:全生产)?委(?:员)?会(?:各|有关|各有关)*成员单位|各(?:有关)?成员单位|有关成员单位/g,
  ],
  [
    'towns',
    /各(?:乡镇|乡（镇）|镇街|乡镇街道|街道|镇|乡)(?:（街道）|（街办）|（开发区）|（园区）)?(?:人民)?(?:政府|党委政府|党委、政府|办事处)?/g,
  ],
  [
    'zone',
    /(?:县|市|区)?(?:各)?(?:经济(?:技术)?开发区|开发区|高新区|工业园区|园区|产业园区|功能区|经开区)(?:管委会|管理委员会)?/g,
  ],
  [
    'sectorDepartments',
    /(?:各)?(?:有关)?行业(?:领域)?(?:主管|监管|管理)?部门|(?:各|有关)?负有安全(?:生产)?监(?:督)?管(?:理)?职责的(?:有关)?部门/g,
  ],
  ['departments', /各(?:有关|相关|级|县直|市直|区直)*(?:部门|单位)(?:和单位)?|有关部门|相关部门/g],
  ['highRiskUnits', /高危(?:行业)?(?:领域)?(?:行业)?(?:生产经营单位|企业)/g],
  ['units', /(?:各类?|各)?(?:生产经营单位|企业(?:单位)?|社会单位|经营者)/g],
  ['localities', /各地(?:区)?|属地(?:政府)?|各(?:县|市|区|县（市、区）|县区|区县|市县)(?:人民政府)?/g],
]

const ending =
  '(?:局|委员会|办公室|大队|支队|总队|人民政府|政府|管委会|党校|公司|协会|中心|银行|法院|检察院|监狱|总站|分局|管理处|服务站|部门|委(?!办|员)|办(?!公|事)|院|团委|妇联|总工会|工会|气象台|站)'
/** What a body of a county is called when nobody has told its name: 县应急管理局, 市生态环境局青阳分局, 邮政管理部门. */
const unknownBody = new RegExp(
  `(?:(?:县|市|区|省|州|旗|国家|团)(?:级)?)[\\p{Script=Han}]{1,12}?${ending}(?:[\\p{Script=Han}]{2,4}(?:分局|大队|分公司))?|[\\p{Script=Han}]{2,8}?(?:局|委员会|大队|管理部门|监管部门|分公司|公司)(?=[、，。；：）牵和]|负责|$)`,
  'gu',
)

const verbs =
  /^(?:会同|结合|按照|根据|推动|督促|组织|加强|落实|由|对|向|报|经|与|和|及|以及|请|配合|联合|指导|协调|依托|通过|将|把)/

/** Index of names and aliases, the longest first, so that 县应急管理局 is not found as 应急管理局 within it. */
export function bodyIndex(known: readonly KnownBody[]) {
  const words = known.flatMap(({ id, name, aliases }) => [name, ...aliases].map((word) => ({ word, id })))
  words.sort((a, b) => b.word.length - a.word.length)
  return words
}

export type BodyIndex = ReturnType<typeof bodyIndex>

/** Everybody a text names, in the order they stand. */
export function subjectsIn(text: string, index: BodyIndex): SubjectFind[] {
  const found: SubjectFind[] = []
  const taken = new Taken(text.length)
  const take = (at: number, words: string, rest: Pick<SubjectFind, 'bodyId' | 'collective'>) => {
    if (words !== '' && taken.take(at, at + words.length)) found.push({ words, at, ...rest })
  }
  // 县安委会成员单位 begins with a body's name and is not that body.
  for (const match of text.matchAll(collectives[0]?.[1] ?? /$^/g)) {
    take(match.index, match[0], { bodyId: null, collective: 'members' })
  }
  for (const { word, id } of index) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      take(at, word, { bodyId: id, collective: null })
    }
  }
  for (const [collective, form] of collectives.slice(1)) {
    for (const match of text.matchAll(form)) take(match.index, match[0], { bodyId: null, collective })
  }
  for (const match of text.matchAll(unknownBody)) {
    const words = match[0].replace(verbs, '')
    take(match.index + match[0].length - words.length, words, { bodyId: null, collective: null })
  }
  return found.sort((a, b) => a.at - b.at)
}

/** The id of a body written in any of its ways; 县 or the county's name in front does not count. */
export function bodyOf(words: string, index: BodyIndex): string | null {
  const exact = index.find(({ word }) => word === words)
  if (exact) return exact.id
  const plain = (text: string) => text.replace(/^[\p{Script=Han}]{0,3}?[县市区](?=[\p{Script=Han}]{2,})/u, '')
  return index.find(({ word }) => plain(word) === plain(words) && plain(words).length >= 3)?.id ?? null
}

/** What the name of a body ends with; 乡镇 and 企业 for those that are many. */
const nameEnding =
  /(?:局|委|委员会|办|办公室|大队|支队|总队|队|政府|管委会|校|园|院|馆|公司|集团|协会|联合会|学会|中心|银行|监狱|总站|站|所|处|室|股|科|段|部|部门|单位|团县委|团市委|妇联|科协|残联|文联|工商联|工会|台|会|厅|署|乡镇|镇|乡|街道|社区|村|园区|开发区|高新区|企业|机构|各县区|专班|学校|机关)(?:（[^（）]{1,20}）)?$/
const noName =
  /[，。；：“”《》()\d]|^[^（]*）|（[^）]*$|^(?:及时|通过|推动|推进|督促|加强|强化|健全|完善|落实|开展|组织|建立|按照|根据|对|将|把|要|并|与|和)/
/** A name that holds one of these began before the name did: 常态化推进燃气行业管理部门. */
const doing =
  /推进|推动|督促|加强|强化|健全|完善|落实|开展|制定|实施|深化|应当|建立|严格|定期|会同|牵头|负责(?!单位|部门)/
const joint =
  /(?<=局|委|会|队|部门|办|政府|中心|公司|单位)(?:会同|以及|[和与及])(?!人民政府|政府)(?=\p{Script=Han}{2,14}(?:局|委|会|队|部门|办|政府|中心|公司|单位|企业|街道|乡镇))/u
const trailing =
  /(?:等)?(?:有关)?(?:按照?)?(?:各自)?职责(?:分工)?(?:分别)?(?:负责|落实)?$|(?:分工|分别)负责$|等(?:有关|相关|行业|主管|监管|责任|职能|各|县直|市直|区直)*(?:部门|单位|部门和单位|部门单位)?$/
/** What a body does, written right behind its name. */
const deed = /(?<=局|大队|支队|委|会|中心|政府|公司)(?:共同|联合)?(?:督办|查办|承办|主办|落实|实施|推进|组织实施)$/
/** ——县应急管理局牵头, behind the sentence it is said of. */
const dashAhead = /^[-—–－―]+(?=\p{Script=Han})/u
const nobody = /^(?:无|\/|[-—–]+|／)$/

/** Whether words look like the name of a body; what stands in a list of bodies and does not is taken for one unsurely. */
export const isName = (words: string): boolean =>
  words.length >= 2 && words.length <= 26 && nameEnding.test(words) && !noName.test(words) && !doing.test(words)

/**
 * The bodies a list of them names: A、B和C, in a cell or behind a label. A `strict` list comes from a sentence: unless
 * each of it looks like a body's name, none is taken. A second name in brackets (（县海洋与渔业局）) is left out.
 */
export function bodiesIn(list: string, strict: boolean): string[] {
  if (list.length > 600) return []
  const parts = list
    .replace(trailing, '')
    .split(/[、，,；;\n ]+(?![^（）]*）)/)
    .flatMap((one) => one.split(joint))
    .map((one) =>
      one
        .replace(trailing, '')
        .replace(deed, '')
        .replace(dashAhead, '')
        .replace(/(?<=.{3})（[^（）]{3,20}）$/, '')
        .trim(),
    )
    .filter((one) => one !== '' && !nobody.test(one))
  if (strict) return parts.every(isName) ? parts : []
  return parts.filter((name) => name.length >= 2 && name.length <= 30 && !/[。：《》]/.test(name))
}
