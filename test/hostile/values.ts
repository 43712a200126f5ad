import fc from 'fast-check'

const han = '隐'
const deepArray = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`)
const deepObject = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)

/** Text that some layer of some product once took for more than text, and text that is hard to hold. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '张三\u0000李四',
  '\ud800',
  '\udc00尾',
  '头\ud83d',
  '\u202e逆序',
  '\u200b\u200d\ufeff',
  '\u2028\u2029',
  `e${'\u0301'.repeat(400)}`,
  '👨‍👩‍👧‍👦'.repeat(50),
  '𠮷𡈽\u{10ffff}',
  'İıſß',
  '\u0001\u0008\u001f\u007f\u0085',
  "' or 1=1 --",
  "'; drop table hazard; --",
  "\\'; select pg_sleep(30); --",
  '%',
  '_',
  '\\',
  '%_%\\%',
  '$1 $$ $tag$',
  `{"$gt":""}`,
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  `\${7*7}{{7*7}}<%=7*7%>`,
  `\${jndi:ldap://127.0.0.1/a}`,
  "=cmd|'/c calc'!A1",
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '＝1+1',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  'file:///etc/passwd',
  'a\r\nSet-Cookie: zhiben_session=x',
  '%00%0d%0a',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  '*)(uid=*))(|(uid=*',
  'null',
  'undefined',
  'NaN',
  'true',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '275761-01-01',
  '2026-13',
  '0000-01',
  '341723999',
  '000000',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '01930000-0000-7000-8000-0000000000AA',
  '-name',
  '--name',
  'name desc; drop table hazard',
  'no-such-value',
  `${'a'.repeat(20_000)}!`,
  `${' '.repeat(20_000)}x`,
  '1'.repeat(20_000),
  '('.repeat(10_000),
  han.repeat(20_000),
  '/'.repeat(10_000),
]

const hostileNumbers: readonly number[] = [
  -1,
  0,
  -0,
  0.1,
  1.5,
  1e-320,
  2_147_483_647,
  2_147_483_648,
  -2_147_483_649,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e21,
  1e308,
]

/** Keys that mean something to the language itself; parsed from text, since a literal would set the prototype. */
const hostileObjects: readonly string[] = [
  '{}',
  '{"__proto__":{"system":true}}',
  '{"constructor":{"prototype":{"system":true}}}',
  '{"toString":null,"valueOf":null}',
  '{"toJSON":"x","then":"y"}',
  '{"length":-1,"0":"a"}',
  '{"$gt":""}',
  '{"hasOwnProperty":1}',
  '{"":""}',
]

/** Any signs at all, halves of letters among them. */
const anySigns = fc.array(fc.nat(0x10ffff), { maxLength: 40 }).map((codes) => String.fromCodePoint(...codes))

/** One wrong value of any kind. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...hostileTexts) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...hostileNumbers) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(true, false, null, [], [null], [[]], ['a', 1, null]) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileObjects).map((text): unknown => JSON.parse(text)) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(40, 300, 2_000)
      .chain((levels) => fc.constantFrom(deepArray(levels), deepObject(levels))),
  },
  { weight: 1, arbitrary: fc.nat(3).map((at): unknown => Array.from({ length: 2_000 }, () => ['x', 1, null, {}][at])) },
  { weight: 2, arbitrary: anySigns },
  { weight: 1, arbitrary: fc.double() },
)

/** Texts of a length, of signs that take one to four bytes each. */
export const longTexts = (length: number): readonly string[] =>
  ['a', han, '𠮷', "'", '=', '\\', '%', '<'].map((sign) => sign.repeat(Math.max(1, Math.floor(length / sign.length))))
