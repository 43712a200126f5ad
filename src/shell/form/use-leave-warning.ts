import { useBlocker } from '@tanstack/react-router'
import { App } from 'antd'
import { useCallback, useRef } from 'react'

/**
 * Asks before the page is left while something typed was not sent. `mark(true)` after the first change, `mark(false)`
 * once it was accepted; the mark is read when the page is left, so that going on after sending is not held up.
 */
export function useLeaveWarning(): (unsent: boolean) => void {
  const unsent = useRef(false)
  const { modal } = App.useApp()
  useBlocker({
    shouldBlockFn: ({ current, next }) => {
      // Filters in the address of the same page take no form away.
      if (!unsent.current || current.pathname === next.pathname) return false
      return new Promise<boolean>((resolve) => {
        modal.confirm({
          title: '填写的内容还没有提交',
          content: '草稿保存在这台电脑的浏览器里，下次打开可以恢复。确定离开吗？',
          okText: '离开',
          cancelText: '继续填写',
          onOk: () => resolve(false),
          onCancel: () => resolve(true),
        })
      })
    },
    enableBeforeUnload: () => unsent.current,
  })
  return useCallback((value) => {
    unsent.current = value
  }, [])
}
