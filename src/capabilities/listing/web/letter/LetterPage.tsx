export { OrderLetter as default } from './letters.tsx'
