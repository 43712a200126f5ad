import { type ReactNode, useEffect, useRef } from 'react'
import type { ProposalView } from '../model/index.ts'

interface DocumentTextProps {
  readonly clauses: readonly {
    readonly path: string
    readonly depth: number
    readonly marker: string
    readonly text: string
  }[]
  readonly current: ProposalView | undefined
}

/** The document as it was read, with the sentence in question marked and brought into sight. */
export function DocumentText({ clauses, current }: DocumentTextProps): ReactNode {
  const mark = useRef<HTMLElement>(null)
  const pane = useRef<HTMLElement>(null)
  const id = current?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark moves when another proposal is looked at.
  useEffect(() => {
    const [box, to] = [pane.current, mark.current]
    // Only the pane moves: scrolling the page would take the decision out of sight.
    if (box && to)
      box.scrollTop += to.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3
  }, [id])
  return (
    <section ref={pane} className="zb-plan-pane zb-plan-text" aria-label="方案正文" tabIndex={-1}>
      {clauses.map(({ path, depth, marker, text }, at) => (
        <p
          key={path}
          style={{ paddingLeft: Math.min(depth, 4) * 12, fontWeight: depth === 1 && text.length < 40 ? 600 : 400 }}
        >
          {marker}
          {current?.clause === at ? <Marked text={text} of={current} mark={mark} /> : text}
        </p>
      ))}
    </section>
  )
}

interface MarkedProps {
  readonly text: string
  readonly of: ProposalView
  readonly mark: React.RefObject<HTMLElement | null>
}

function Marked({ text, of: { offset, sentence }, mark }: MarkedProps): ReactNode {
  const end = offset + sentence.length
  return (
    <>
      {text.slice(0, offset)}
      <mark ref={mark}>{text.slice(offset, end)}</mark>
      {text.slice(end)}
    </>
  )
}
