import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Icon } from './icons.tsx'

interface SheetProps {
  readonly title: string
  onClose(): void
  readonly children: ReactNode
}

/** A page over the page, for a form that starts within another: a form inside a form would send both. */
export function Sheet({ title, onClose, children }: SheetProps): ReactNode {
  return createPortal(
    // React hands what is sent in a portal to the form around it, which must not be sent along.
    <div className="p-over" role="dialog" aria-modal="true" aria-label={title} onSubmit={(e) => e.stopPropagation()}>
      <header className="p-head">
        <button type="button" aria-label="返回" onClick={onClose}>
          <Icon name="back" size={24} />
        </button>
        <h1>{title}</h1>
      </header>
      <div className="p-main">{children}</div>
    </div>,
    document.body,
  )
}
