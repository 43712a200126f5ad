import { describe, expect, it } from 'vitest'
import { piecesOf } from './highlight.ts'

const shown = (text: string, searched: string) =>
  piecesOf(text, searched)
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('')

describe('marking what was searched for', () => {
  it('marks whole words and the pairs by which the server found a row', () => {
    expect(shown('有限空间作业未审批', '有限空间')).toBe('[有限空间]作业未审批')
    expect(shown('爆炸场所电气设备不防爆', '防爆电气')).toBe('爆炸场所[电气]设备不[防爆]')
  })

  it('takes each of several words, Latin letters in either case, and a single character', () => {
    expect(shown('未设CO报警，未联锁', 'co 联锁')).toBe('未设[CO]报警，未[联锁]')
    expect(shown('氨直接蒸发制冷', '氨')).toBe('[氨]直接蒸发制冷')
  })

  it('marks nothing without words, and loses no character', () => {
    expect(piecesOf('按GB 50089执行', '')).toEqual([{ text: '按GB 50089执行', hit: false }])
    expect(piecesOf('', '氨')).toEqual([])
    const text = '液氨充装未使用万向管道𠮷系统'
    expect(
      piecesOf(text, '万向 液氨')
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
  })
})
