import { normaliseText } from '#kernel/chinese/text.ts'

/** Where the rectifying of an imported hazard stands. */
export const progressWords = {
  open: '未整改',
  rectifying: '整改中',
  rectified: '已整改待验收',
  closed: '已销号',
} as const
export type Progress = keyof typeof progressWords

const tidy = (text: string) =>
  normaliseText(text)
    .replace(/\s/g, '')
    .replace(/[。.！!]+$/, '')

/**
 * Every reading below asks (undefined) unless the words leave no doubt: a hazard taken for closed leaves everybody's
 * sight, one taken for listed or major gets the wrong approver, and a question costs one click.
 */

/** 未销号, 待销号, 申请验收 …: what is said of accepting and closing as not yet done. */
const pending =
  /[，,、；;（(]*但?(?:已?(?:提请|申请|报请|上报)|正在|准备|尚未|还未|还没有|未能|未|没有|没|等待|待|拟|即将|计划|不予|不能|无法)(?:办理|申请|组织|通过|进行|予以|完成|上级|省级|市级|县级|县|镇|乡|部门|专家|审批|审核|现场|的)*(?:验收|复查|复核|核查|销号|销案|核销|闭环)(?:手续|审批|申请|通过|合格|确认|管理|中)*[）)]*/g
const waitsForAcceptance = /(?:待|申请|提请|报请)(?:[^未没]*)(?:验收|复查|复核)/
const closing = /销号|销案|核销|闭环/
const done =
  /已经?(?:全部)?(?:按期|按时|按要求)?(?:整改|完成|改正|改完|治理|消除|到位)|整改(?:已|均已|全部)?(?:完成|完毕|到位|合格|落实到位)|完成(?:了)?(?:全部)?整改|^完成$|^全部完成$|^已改$/
const undone =
  /(?:未|没有|没|不)(?:能|有|曾|按期|按时|按要求|及时|如期|全部|彻底|完全|开始|实际)*(?:整改|改正|改|完成|治理|启动|开展|落实|到位|动工)|逾期|超期|^未$/
const underway =
  /正在(?:整改|治理|施工|进行|推进|落实|维修|采购|抓紧)|(?:整改|治理|施工|推进|进行|维修|落实)(?:过程)?中|整改进行|停产(?:停业)?整改|^限期整改$|^持续(?:整改|推进)$|部分(?:已|完成|整改)|^(?:整改)?推进$/
/** Words with which neither done nor closed is certain. */
const doubt =
  /未|没|不|非|否|无法|待|拟|正在|计划|准备|申请|提请|预计|将|需|须|应|尚|暂|限期|争取|部分|基本|初步|阶段|大部|个别|其余|剩余|除|仍|还|再次|重新|反弹|退回|驳回|撤销|取消|逾期|超期|延期|方案|通知|管理|可能|疑|[？?%％]|中$/

function readProgress(word: string): Progress | undefined {
  const rest = word.replace(pending, '')
  const waiting = rest !== word
  if (closing.test(rest)) return waiting || doubt.test(rest) ? undefined : 'closed'
  const said = [done.test(affirmed(rest)), undone.test(rest), underway.test(rest)]
  if (said.filter(Boolean).length > 1) {
    // 部分已完成, 整改中（未完成）: certainly under way, whatever else; 已整改3处，2处未整改 is the person's to say.
    return said[2] && (/部分/.test(rest) || !said[0]) ? 'rectifying' : undefined
  }
  if (said[0]) return doubt.test(rest) ? undefined : 'rectified'
  if (said[1]) return waiting && waitsForAcceptance.test(word) ? undefined : 'open'
  if (said[2]) return waiting ? undefined : 'rectifying'
  if (rest === '' && waitsForAcceptance.test(word) && !/未|没|不/.test(word)) return 'rectified'
  return undefined
}

/** 未按期整改完成: the words of completion behind a word that denies them deny too, up to the end of the clause. */
const affirmed = (text: string) => text.replace(/(?:未|没|不能|无法|难以|不)[^，,；;。、（(]*/g, '')

const levelDoubt = /非|不|未|无|没|否|低于|疑|拟|待|可能|曾|原|降|升|是否|[？?、/]/

function readLevel(word: string): string | undefined {
  if (/^非重大(?:事故|安全)?(?:隐患)?$/.test(word)) return 'general'
  if (levelDoubt.test(word)) return undefined
  const [major, general] = [/重大/.test(word), /一般/.test(word)]
  if (major === general) return undefined
  return major ? 'major' : 'general'
}

const levelsListed: readonly (readonly [RegExp, string])[] = [
  [/省/, 'province'],
  [/市/, 'city'],
  [/县|区/, 'county'],
]

/** Who lists is asked when not said: it decides who may close. 是 alone is therefore a question. */
function readListing(word: string): string | undefined {
  if (word === '') return 'none'
  const bare = word.replace(/[（(][^）)]*(?:拟|待|计划|申请|建议|正在|准备)[^）)]*[）)]/g, '')
  if (/^(?:否|无|未|没有|没|不|暂未|暂无|尚未|非|[/\\]+$|[-—]+$)/.test(bare)) {
    return /(?:已|经|由|是|改为|转为).*(?:省|市|县|区)/.test(bare.slice(1)) ? undefined : 'none'
  }
  if (/否|未|没|不|非|拟|待|计划|申请|建议|准备|摘牌|销案|解除|撤销|取消|[？?]/.test(word)) return undefined
  const named = levelsListed.filter(([pattern]) => pattern.test(word))
  return named.length === 1 ? named[0]?.[1] : undefined
}

const fromPublic = /举报|群众|投诉|信访|12350|12345|热线/
const fromUnit = /自查|自报|企业上报|自行|自检/
const fromOfficials = /检查|督导|暗访|督查|巡查|执法|交办|抽查|明查|通报|反馈|排查/
const officials = /督导|暗访|督查|执法|交办|部门|上级/

function readChannel(word: string): string | undefined {
  if (/非|未|不是|并非|没有|不属/.test(word)) return undefined
  const [people, unit] = [fromPublic.test(word), fromUnit.test(word)]
  if (unit && (people || officials.test(word))) return undefined
  if (people) return 'publicReport'
  if (unit) return 'selfCheck'
  return fromOfficials.test(word) ? 'inspection' : undefined
}

export const wordReaders = {
  progress: (text: string): string | undefined => readProgress(tidy(text)),
  level: (text: string): string | undefined => readLevel(tidy(text)),
  listing: (text: string): string | undefined => readListing(tidy(text)),
  channel: (text: string): string | undefined => readChannel(tidy(text)),
}
