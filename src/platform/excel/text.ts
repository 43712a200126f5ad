/** Text from a file without what PostgreSQL cannot hold: NUL, and halves of a letter. */
export const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()
