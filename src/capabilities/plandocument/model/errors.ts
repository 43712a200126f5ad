import { defineErrors } from '#kernel/errors.ts'

export const planDocumentErrors = defineErrors('plandocument', {
  uploadUnknown: [422, '没有找到上传的文件，请重新选择文件'],
  unreadable: [422, '这个文件读不出方案，请换一个文件'],
  noClauses: [422, '没有读到带序号的条文（一、（一）1. 第一条等），请检查是不是选错了文件'],
  tooLong: [422, '文件太长，不像一份方案（最多40万字、3000条建议）。请只保留方案正文和附表后再读'],
  closed: [409, '这份方案已经定稿或弃用，不能再改。要改，请重新上传修订后的方案，形成新的版本'],
  undecided: [409, '还有建议没有决定，请逐条确认、修改或不采用后再定稿'],
  nothingKept: [409, '没有一条建议被采用，不能定稿。请至少确认一条，或者弃用这份文件'],
  ruleUnclear: [422, '没有读懂每期的期限。请写成“每季度末月25日前”“每年12月10日前”“每月5日前”这样的话，或者留空'],
  daysReversed: [422, '结束日期早于开始日期，请核对'],
  documentUnknown: [404, '没有找到这份方案文件，它可能属于别的地方，请回到列表重新打开'],
})
