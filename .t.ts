import {readFileSync} from 'node:fs'
import {parseJson} from './src/scan/json-text.ts'
const text=readFileSync('/tmp/scanlab/big.json','utf8')
console.time('mine');const r=parseJson(text);console.timeEnd('mine');console.log(r.ok)
console.log(parseJson('{"a":1,}'),parseJson('{"__proto__":{"x":1},"a":[1,2,{"b":null}]}'),parseJson(''),parseJson('{"a":1} x'),parseJson('[1,2'),parseJson('{"a" 1}'), parseJson('{"a":nul}'),parseJson('// c\n1'), parseJson('{"a":{"b":1}}'))
const t=Date.now();console.log(JSON.stringify(parseJson('['.repeat(5e6))).slice(0,80),Date.now()-t)
const t2=Date.now();console.log(JSON.stringify(parseJson('{"a":1'.repeat(10)+'x')).slice(0,80),Date.now()-t2)
