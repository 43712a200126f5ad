export { EndingLetter as default } from './letters.tsx'
