/** On every page: what is about the reader's own architecture comes first. */
import { putColumnFirst, putFirst, rememberedArchitecture } from './my-architecture.ts'

const own = rememberedArchitecture()
putFirst(own)
// The page of the matrix has a control for it.
const table = document.querySelector<HTMLTableElement>('#matrix')
if (own !== '' && table && !document.querySelector('#filters')) putColumnFirst(table, own)
