import type { NoticeDraft } from '#platform/actions/types.ts'

export interface Words {
  readonly kind: string
  readonly title: string
  readonly body: string
}

/** To everybody who acts for a body: whoever comes first shall do it. */
export const tellBody = (key: string, bodyId: string, words: Words): NoticeDraft => ({
  key: `${key}:${words.kind}:${bodyId}`,
  to: { kind: 'body', id: bodyId },
  ...words,
})
