/** The first that fits counts: a browser names those it descends from as well. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, '微信'],
  [/DingTalk/, '钉钉'],
  [/Edg/, 'Edge 浏览器'],
  [/QQBrowser/, 'QQ 浏览器'],
  [/360SE|360EE|QIHU/i, '360 浏览器'],
  [/Firefox/, '火狐浏览器'],
  [/Chrome|CriOS/, 'Chrome 浏览器'],
  [/Safari/, 'Safari 浏览器'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/i, '鸿蒙'],
  [/Android/, '安卓手机'],
  [/iPhone/, '苹果手机'],
  [/iPad/, '苹果平板'],
  [/Windows/, 'Windows 电脑'],
  [/UnionTech|UOS|Kylin|deepin/i, '国产系统电脑'],
  [/Mac OS/, '苹果电脑'],
  [/Linux/, 'Linux 电脑'],
]

const first = (list: readonly (readonly [RegExp, string])[], agent: string) =>
  list.find(([pattern]) => pattern.test(agent))?.[1]

/** What a browser says of itself, in words its owner knows the device by: Windows 电脑 · Edge 浏览器. */
export function deviceWords(agent: string): string {
  const parts = [first(systems, agent), first(browsers, agent)].filter(Boolean)
  return parts.length > 0 ? parts.join(' · ') : agent.slice(0, 40) || '未知设备'
}
