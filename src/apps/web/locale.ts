import type { ConfigProviderProps } from 'antd'
import zhCN from 'antd/locale/zh_CN.js'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'

dayjs.locale('zh-cn')

type Locale = NonNullable<ConfigProviderProps['locale']>

/** antd's Chinese texts. Bundlers differ in whether they unwrap a CommonJS default; both shapes are read here. */
export const antdLocale: Locale = isWrapped(zhCN) ? zhCN.default : zhCN

function isWrapped(value: Locale | { default: Locale }): value is { default: Locale } {
  return 'default' in value
}
