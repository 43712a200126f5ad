import type { NoticeDraft } from '#platform/actions/types.ts'

/** To everybody who acts for a body. */
export const tellBody = (key: string, bodyId: string, kind: string, title: string, body: string): NoticeDraft => ({
  key: `${key}:${kind}:${bodyId}`,
  to: { kind: 'body', id: bodyId },
  ...{ kind, title, body },
})
