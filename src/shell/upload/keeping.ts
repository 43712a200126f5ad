import { createContext, useContext } from 'react'

/** Under which draft the files of a form are kept while they are on their way; undefined outside a form. */
export const KeepUploads = createContext<string | undefined>(undefined)

export const useKeepUploads = (): string | undefined => useContext(KeepUploads)
