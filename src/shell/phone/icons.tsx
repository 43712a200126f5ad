import type { ReactNode } from 'react'

const paths = {
  home: 'M3 11l9-8 9 8v10h-6v-6H9v6H3z',
  list: 'M8 6h13M8 12h13M8 18h13M3.5 6h.01M3.5 12h.01M3.5 18h.01',
  add: 'M12 5v14M5 12h14',
  bell: 'M18 16V11a6 6 0 10-12 0v5l-2 2h16zM10 21h4',
  person: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4 21c0-4 4-6 8-6s8 2 8 6',
  camera: 'M4 8h3l2-3h6l2 3h3v11H4zM12 17a3.5 3.5 0 100-7 3.5 3.5 0 000 7z',
  file: 'M6 3h8l4 4v14H6zM14 3v5h4',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3 2',
  wait: 'M7 3h10M7 21h10M8 3c0 6 8 6 8 9s-8 3-8 9M16 3c0 6-8 6-8 9s8 3 8 9',
  warning: 'M12 4L2.5 20h19zM12 10v4M12 17h.01',
  none: 'M12 21a9 9 0 100-18 9 9 0 000 18zM8 12h8',
  place: 'M12 21s7-6.5 7-11.5A7 7 0 005 9.5C5 14.5 12 21 12 21zM12 12a2.5 2.5 0 100-5 2.5 2.5 0 000 5z',
  retry: 'M4 12a8 8 0 108-8H7M10 1L7 4l3 3',
} as const
export type IconName = keyof typeof paths

/** A line drawing beside words; never alone as the only sign of anything. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      className="p-icon"
    >
      <path d={paths[name]} />
    </svg>
  )
}
