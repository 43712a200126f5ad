export const tallyDimensions = ['area', 'sector', 'level', 'channel', 'state', 'month'] as const
export type TallyDimension = (typeof tallyDimensions)[number]

/**
 * The sums the folding keeps beside the cells, coarsest first: most questions ask for few dimensions, and adding up a few
 * thousand sums is a hundred times cheaper than adding up every cell. `tally_sum` holds a row of '' where a grain has no
 * such dimension; no grain keeps the channel.
 */
export const grains = {
  kind: ['area', 'sector', 'level', 'state'],
  time: ['area', 'level', 'state', 'month'],
} as const satisfies Record<string, readonly TallyDimension[]>
export type Grain = keyof typeof grains

export const grainIds = Object.keys(grains) as Grain[]

/** The grain that can answer a question over these dimensions; undefined when only the cells themselves can. */
export function grainFor(asked: ReadonlySet<TallyDimension>): Grain | undefined {
  return grainIds.find((id) => {
    const kept: readonly TallyDimension[] = grains[id]
    return [...asked].every((dimension) => kept.includes(dimension))
  })
}
