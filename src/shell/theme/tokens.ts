import type { ThemeConfig } from 'antd'

/**
 * The four risk colours (红橙黄蓝). They mean a risk level and nothing else anywhere in the product, so the brand and
 * the feedback colours below keep away from them. Each pair reads at 4.5:1 or better (checked by a test).
 */
export const riskColours = {
  red: { text: '#a8071a', ground: '#fff1f0', edge: '#ffa39e', solid: '#cf1322' },
  orange: { text: '#8f3f00', ground: '#fff4e6', edge: '#ffc069', solid: '#d46b08' },
  yellow: { text: '#6b5200', ground: '#fffbe0', edge: '#e8d44d', solid: '#d4b106' },
  blue: { text: '#0b4fb3', ground: '#e8f2ff', edge: '#8fbdf5', solid: '#1668dc' },
} as const
export type RiskColour = keyof typeof riskColours

export const colours = {
  primary: '#0b625c',
  /** Ground of what is chosen. */
  primaryGround: '#e6f1f0',
  success: '#2a6b2f',
  /** Field errors: a plum that nobody takes for the red of a major hazard. */
  error: '#9a1260',
  warning: '#5c4a78',
  text: '#1f2329',
  textSecondary: '#4e5663',
  textHint: '#636c7a',
  border: '#d5dae1',
  page: '#f4f6f8',
  surface: '#ffffff',
  header: '#083f3b',
  headerText: '#ffffff',
  neutralGround: '#eef1f4',
} as const

/** No web fonts: county networks are slow and often closed; every Chinese desktop has one of these. */
export const fontFamily =
  '-apple-system, BlinkMacSystemFont, "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans SC", "Source Han Sans SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif'

export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.primary,
    colorInfo: colours.primary,
    // antd derives muddy tints from so dark a green; these are chosen to read well under dark text.
    colorPrimaryBg: colours.primaryGround,
    colorPrimaryBgHover: '#d5e8e6',
    colorInfoBg: '#eef6f5',
    colorInfoBorder: '#a9cbc8',
    colorSuccessBg: '#eaf4ea',
    colorSuccessBorder: '#a5cba7',
    colorWarningBg: '#f4f1f8',
    colorWarningBorder: '#b9aecb',
    colorErrorBg: '#fbeef4',
    colorErrorBorder: '#d9a0bd',
    colorLink: colours.primary,
    colorSuccess: colours.success,
    colorError: colours.error,
    colorWarning: colours.warning,
    colorText: colours.text,
    colorTextSecondary: colours.textSecondary,
    colorTextDescription: colours.textSecondary,
    colorTextPlaceholder: colours.textHint,
    colorBorder: colours.border,
    colorBgLayout: colours.page,
    fontFamily,
    fontSize: 14,
    borderRadius: 4,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.18s',
  },
  components: {
    Layout: { headerBg: colours.header, headerColor: colours.headerText, siderBg: colours.surface, headerHeight: 52 },
    Table: { headerBg: colours.neutralGround, cellPaddingBlockMD: 9, cellPaddingInlineMD: 10 },
    Form: { itemMarginBottom: 18, labelColor: colours.text },
    Menu: { itemHeight: 38, itemSelectedBg: '#e1eeec', itemSelectedColor: '#083f3b' },
  },
}
