import { defineErrors } from '#kernel/errors.ts'

export const fileErrors = defineErrors('upload', {
  unknown: [404, '没有找到这个上传，可能已过期，请重新选择文件'],
  otherFile: [409, '这个上传编号已用于另一个文件，请重新选择文件'],
  offset: [409, '文件片段的位置不对，请从已收到的位置继续'],
  tooLarge: [413, '文件太大，请压缩后再上传'],
  tooMany: [429, '未完成的上传太多，请等已选文件传完再继续'],
  empty: [422, '文件是空的，请重新选择'],
  incomplete: [409, '文件还没有传完，请继续上传'],
  altered: [409, '收到的内容与所选文件不一致，请重新上传', true],
  notAllowed: [422, '不能上传这种文件'],
  damaged: [422, '文件已损坏或不完整，请重新拍摄或选择'],
  lost: [500, '文件的内容不在服务器上，可能没有随数据库一起恢复，请把错误编号告诉管理员'],
  notFinished: [422, '附件还没有上传完成，请等上传完成后再提交'],
  notYours: [422, '没有找到这个附件，请重新上传'],
  used: [422, '这个附件已经用在另一项办理中，请重新上传'],
})
