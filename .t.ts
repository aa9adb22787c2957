import {readFileSync} from 'node:fs'
import {loadCatalog} from './src/catalog/catalog.ts'
import {viewStackIndex} from './src/views/stack-index.ts'
import {StackIndex} from './src/scan/stack-index.ts'
import {addFile,emptyStack} from './src/scan/read-stack.ts'
import {judge} from './src/scan/judge.ts'
const {catalog}=loadCatalog('content','content')
const c=viewStackIndex({catalog,asOf:'2026-11-21T23:59:59Z'})
const {brotliCompressSync}=await import('node:zlib')
console.log('index',JSON.stringify(c).length,brotliCompressSync(JSON.stringify(c)).length)
const index=new StackIndex(c)
const stack=emptyStack()
for(const f of process.argv.slice(3)){const t=performance.now();await addFile(stack,{name:f,bytes:readFileSync(f)});console.log('read',f,Math.round(performance.now()-t))}
const t=performance.now();const r=judge(stack,index,process.argv[2]);console.log('judge',Math.round(performance.now()-t))
console.log(r.files,r.counts,r.components,r.problems.slice(0,5))
for(const e of r.entries.slice(0,60))console.log(e.verdict.padEnd(8),e.name.padEnd(22),(e.project?.id??'-').padEnd(14),e.packages.length,e.builds.length,e.reasons.join(' '))
console.log(r.others.slice(0,10).map(o=>o.name))
