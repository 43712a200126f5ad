import { formatInstant } from '../../text/format.ts'
import type { Review } from './use-basis.ts'

/** The words of a review, the same at a desk and on a phone. */
export function reviewWords({ changes, leftOut, taken, clashes, loading }: Review) {
  const done = changes.map(({ by, at, summary }) => `${by} ${formatInstant(at)}：${summary}`)
  return {
    title: changes.length > 0 ? '您填写期间，他人先办理了' : '草稿保存以后，这条记录有了变动',
    changes: leftOut > 0 ? [`较早的 ${leftOut} 项不再列出`, ...done] : done,
    next: loading
      ? '正在载入最新内容，您填写的都还在…'
      : taken.length + clashes.length === 0
        ? '没有改到您填写的这几项，您填写的都还在。看过以后可直接再次提交'
        : '您填写的都还在。看过下面的不同以后可直接再次提交',
    clashes: '双方都改了，请逐项选择',
    taken: '只有对方改了，已带入表单',
  }
}
