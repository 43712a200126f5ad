import { Grid } from 'antd'

/** True on phones and narrow windows (below 768 px), where menus become drawers and table rows become cards. */
export function useNarrow(): boolean {
  const screens = Grid.useBreakpoint()
  // The first rendering knows no widths yet; the wide layout is the safe guess on the office PCs this entry is for.
  return screens.md === undefined ? window.innerWidth < 768 : !screens.md
}
