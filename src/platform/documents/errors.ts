import { defineErrors } from '#kernel/errors.ts'

export const documentErrors = defineErrors('document', {
  tooLarge: [422, '文件超过 50 MB，不像一份文字方案。请删去图片或另存为 .docx 后再读'],
  tooManyPages: [422, '文件超过 300 页，不像一份方案。请只保留方案正文和附表后再读'],
  password: [422, '文件设有打开密码，无法读取。请用 Word、WPS 或 PDF 软件去掉密码后另存再读'],
  oldWord: [422, '这是旧版 .doc 文件，请在 Word/WPS 中打开，另存为“Word 文档（.docx）”后再读'],
  noText: [422, 'PDF 里没有文字，多半是扫描件。请用原来的 Word 文件，或先做文字识别再读'],
  garbled: [422, 'PDF 里的文字没有编码，读出来是乱码。请用原来的 Word 文件再读'],
  brokenPdf: [422, 'PDF 已损坏，无法打开。请重新导出后再读'],
  brokenWord: [422, 'Word 文件已损坏，无法打开。请在 Word/WPS 中打开并另存为新的 .docx 后再读'],
  unsafe: [422, '文件中含有不允许的定义，可能被改动过。请在 Word/WPS 中另存为新的 .docx 后再读'],
  bomb: [422, '文件解开后大得不正常，不能读取。请检查文件来源'],
  notDocument: [422, '这不是 Word、PDF 或文本文件。请选择 .docx、.pdf 或 .txt 的方案'],
  empty: [422, '文件里没有文字，请检查是不是选错了文件'],
})
