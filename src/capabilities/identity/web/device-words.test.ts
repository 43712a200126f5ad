import { expect, test } from 'vitest'
import { deviceWords } from './device-words.ts'

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0'

test.each([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/126.0.0.0`, 'Windows 电脑 · Edge 浏览器'],
  [`Mozilla/5.0 (Windows NT 6.1) ${chrome} Safari/537.36`, 'Windows 电脑 · Chrome 浏览器'],
  [`Mozilla/5.0 (Linux; Android 14; V2241A) ${chrome} Mobile MicroMessenger/8.0.50`, '安卓手机 · 微信'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1',
    '苹果手机 · Safari 浏览器',
  ],
  [`Mozilla/5.0 (X11; Linux x86_64; Kylin) ${chrome} Safari/537.36`, '国产系统电脑 · Chrome 浏览器'],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['', '未知设备'],
])('%s is %s', (agent, words) => expect(deviceWords(agent)).toBe(words))
