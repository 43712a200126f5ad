import { defineErrors } from '#kernel/errors.ts'

export const identityErrors = defineErrors('identity', {
  // One answer for a wrong name, a wrong password, a disabled and a locked account: only the waiting time differs.
  signInFailed: [401, '账号或密码不正确，或账号已停用。请核对后再试；忘记密码请联系系统管理员重置', true],
  loginTaken: [409, '这个登录账号已被使用，请换一个'],
  grantOutsideReach: [403, '这项授权超出您本人的管理区域，请由县级系统管理员办理'],
  grantNotFitting: [422, '授权内容不完整或与角色不符，请按提示修改'],
  grantUnknown: [422, '没有找到这项授权，请刷新后重试'],
  grantEnded: [409, '这项授权已经结束，不能重复办理'],
  grantHeld: [409, '该账号现在已有相同的授权，不需要重复添加'],
  ownAccount: [409, '不能停用自己的账号，请由另一名系统管理员办理'],
  ownAdministrator: [409, '不能收回自己的最后一项系统管理员授权，请由另一名系统管理员办理'],
  lastAdministrator: [409, '这是最后一名在用的县级系统管理员，请先授权另一名系统管理员，再办理这一事项'],
  ownReset: [409, '重置自己的密码请使用“修改密码”'],
  oldPasswordWrong: [422, '原密码不正确，请重新输入'],
  passwordUnfit: [422, '新密码不符合要求，请按提示修改'],
  passwordUnchanged: [422, '新密码不能与原密码相同，请换一个'],
  passwordUsed: [422, '新密码与最近用过的密码相同，请换一个'],
  sessionGone: [409, '这次登录已经结束，请刷新'],
})
