/** Style sheets are imported for their effect alone; the bundler reads them. */
declare module '*.css'
