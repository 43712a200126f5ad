import { compareDays, type Day, makeDay } from '../time.ts'

/** What a check says of a code: the code as it should be stored, and either Chinese warnings or a Chinese reason. */
export type CodeCheck =
  | { readonly ok: true; readonly code: string; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly code: string; readonly reason: string }

/** A code as typed: half-width, upper case, without blanks, invisible characters, hyphens and Excel's apostrophe. */
export function normaliseCode(value: string): string {
  return value
    .normalize('NFKC')
    .replace(/[\s\p{C}\p{Pd}−']/gu, '')
    .toUpperCase()
}

const refuse = (code: string, reason: string) => ({ ok: false, code, reason }) as const

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
/** Letters the standard leaves out because they are read as something else. */
const lookAlikes: Readonly<Record<string, string>> = { I: '1', O: '0', S: '5', V: 'U', Z: '2' }
/** Registering authorities known to us; another one is only warned of, because the list may grow. */
const registrars = '123456789ANY'

/** Character 18 of a unified social credit code (GB 32100-2015). Throws RangeError unless given 17 allowed characters. */
export function creditCodeCheckDigit(first17: string): string {
  const values = Array.from(first17, (character) => creditAlphabet.indexOf(character))
  if (values.length !== 17 || values.includes(-1))
    throw new RangeError(`not 17 characters of a credit code: ${first17}`)
  return creditAlphabet.charAt((31 - (weightedSum(values, creditWeights) % 31)) % 31)
}

/**
 * Checks a unified social credit code (GB 32100-2015). An organisation part whose own check character differs is only a
 * warning: character 18 already guards the whole code, and refusing would keep out units whose registrar issued one.
 */
export function checkCreditCode(value: string): CodeCheck {
  const code = normaliseCode(value)
  if (code === '') return refuse(code, '未填写统一社会信用代码')
  if (code.length !== 18) return refuse(code, `统一社会信用代码应为18位，现为${code.length}位，请对照营业执照补正`)
  const wrong = Array.from(code).findIndex((character) => !creditAlphabet.includes(character))
  if (wrong >= 0) return refuse(code, wrongCharacter(code.charAt(wrong), wrong + 1))
  if (!/^\d{6}$/.test(code.slice(2, 8))) {
    return refuse(code, '统一社会信用代码第3至8位是登记机关行政区划码，应为6位数字，请对照营业执照补正')
  }
  const expected = creditCodeCheckDigit(code.slice(0, 17))
  if (code.charAt(17) !== expected) {
    return refuse(
      code,
      `统一社会信用代码校验不通过：按前17位算出末位应为“${expected}”，现为“${code.charAt(17)}”，可能有错位或漏改，请对照营业执照逐位核对`,
    )
  }
  const warnings: string[] = []
  if (!registrars.includes(code.charAt(0))) warnings.push(`第1位“${code.charAt(0)}”不是常见的登记管理部门代码，请核对`)
  if (!organisationPartHolds(code.slice(8, 17))) warnings.push('第9至17位组织机构代码的校验码与国家标准不一致，请核对')
  return { ok: true, code, warnings }
}

function wrongCharacter(character: string, position: number): string {
  const meant = lookAlikes[character]
  const hint = meant === undefined ? '请对照营业执照补正' : `该代码不使用字母 I、O、S、V、Z，请核对是否为“${meant}”`
  return `统一社会信用代码第${position}位“${character}”不是允许的字符，${hint}`
}

const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

/** Character 9 of an organisation code (GB 11714). Throws RangeError unless given 8 digits or capital letters. */
export function organisationCheckDigit(first8: string): string {
  if (!/^[0-9A-Z]{8}$/.test(first8)) throw new RangeError(`not 8 characters of an organisation code: ${first8}`)
  const values = Array.from(first8, (character) => Number.parseInt(character, 36))
  const rest = (11 - (weightedSum(values, organisationWeights) % 11)) % 11
  return rest === 10 ? 'X' : String(rest)
}

function organisationPartHolds(code: string): boolean {
  return organisationCheckDigit(code.slice(0, 8)) === code.charAt(8)
}

/** Checks an organisation code (GB 11714), with or without its hyphen. */
export function checkOrganisationCode(value: string): CodeCheck {
  const code = normaliseCode(value)
  if (code === '') return refuse(code, '未填写组织机构代码')
  if (code.length !== 9) return refuse(code, `组织机构代码应为9位，现为${code.length}位，请核对`)
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(code)) return refuse(code, '组织机构代码前8位应为数字或字母，末位应为数字或X，请核对')
  if (!organisationPartHolds(code)) return refuse(code, '组织机构代码校验不通过，请逐位核对')
  return { ok: true, code, warnings: [] }
}

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
)

/** Character 18 of a citizen identity number (GB 11643). Throws RangeError unless given 17 digits. */
export function idNumberCheckDigit(first17: string): string {
  if (!/^\d{17}$/.test(first17)) throw new RangeError('not 17 digits of an identity number')
  return '10X98765432'.charAt(weightedSum(Array.from(first17, Number), idWeights) % 11)
}

/**
 * Checks a citizen identity number (GB 11643): area, date of birth, check character; with `today` also that the birth
 * lies not in the future. The number of a foreigner's permanent residence card (9, then the province) is accepted.
 */
export function checkIdNumber(value: string, today?: Day): CodeCheck {
  const code = normaliseCode(value)
  if (code === '') return refuse(code, '未填写身份证号码')
  if (/^\d{15}$/.test(code)) return refuse(code, '15位身份证号码已停止使用，请填写18位号码')
  if (code.length !== 18) return refuse(code, `身份证号码应为18位，现为${code.length}位，请核对`)
  if (!/^\d{17}[\dX]$/.test(code)) return refuse(code, '身份证号码前17位应为数字，末位应为数字或X，请核对')
  const province = code.startsWith('9') ? code.slice(1, 3) : code.slice(0, 2)
  if (!provinces.has(province)) return refuse(code, '身份证号码开头的地区码不存在，请核对前6位')
  const born = makeDay(Number(code.slice(6, 10)), Number(code.slice(10, 12)), Number(code.slice(12, 14)))
  if (born === undefined || compareDays(born, '1850-01-01') < 0) {
    return refuse(code, '身份证号码第7至14位不是有效的出生日期，请核对')
  }
  if (today !== undefined && compareDays(born, today) > 0) {
    return refuse(code, '身份证号码中的出生日期晚于今天，请核对第7至14位')
  }
  if (idNumberCheckDigit(code.slice(0, 17)) !== code.charAt(17)) {
    return refuse(code, '身份证号码校验不通过，请逐位核对')
  }
  return { ok: true, code, warnings: [] }
}

function weightedSum(values: readonly number[], weights: readonly number[]): number {
  return values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0)
}

/** Checks a mobile number of the mainland; a country code +86 is taken off. */
export function checkMobilePhone(value: string): CodeCheck {
  const code = normaliseCode(value).replace(/^(?:\+|00)86(?=1)|^86(?=1\d{10}$)/, '')
  if (code === '') return refuse(code, '未填写手机号码')
  if (!/^\d+$/.test(code)) return refuse(code, '手机号码只能是数字，请核对')
  if (code.length !== 11) return refuse(code, `手机号码应为11位，现为${code.length}位，请核对`)
  if (!/^1[3-9]/.test(code)) return refuse(code, '手机号码应以13至19开头，请核对')
  return { ok: true, code, warnings: [] }
}

/** 139****5667. Shorter numbers show at most their last two digits. */
export function maskPhone(phone: string): string {
  return mask(phone, 11, 3, 4) ?? mask(phone, 7, 0, 2) ?? mask(phone, 0, 0, 0) ?? ''
}

/** 110105**********2X: area and last two characters; birth date and sex stay hidden. Other lengths are hidden whole. */
export function maskIdNumber(code: string): string {
  return mask(code, 18, 6, 2) ?? mask(code, 0, 0, 0) ?? ''
}

/** 张**: the first character only; a name of one character is hidden whole. */
export function maskName(name: string): string {
  return mask(name, 2, 1, 0) ?? mask(name, 0, 0, 0) ?? ''
}

function mask(text: string, minLength: number, head: number, tail: number): string | undefined {
  const characters = Array.from(text.trim())
  if (characters.length < minLength) return undefined
  const end = characters.length - tail
  return characters.map((character, index) => (index < head || index >= end ? character : '*')).join('')
}
