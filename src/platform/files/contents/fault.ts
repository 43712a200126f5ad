/** Why the contents of a file are not taken, in words to be said behind its name; undefined when they are. */
export type Fault = string | undefined
