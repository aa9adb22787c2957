import {createServer} from 'node:http'
import {readFileSync,existsSync,statSync,mkdirSync} from 'node:fs'
import {extname,join} from 'node:path'
import {chromium} from '@playwright/test'
import {findChromium} from './scripts/ensure-browser.mjs'
const types={'.html':'text/html','.js':'text/javascript','.css':'text/css','.json':'application/json','.svg':'image/svg+xml','.woff2':'font/woff2'}
const root='/tmp/scan-site'
const server=createServer((q,r)=>{let p=join(root,decodeURIComponent(new URL(q.url,'http://x').pathname));if(existsSync(p)&&statSync(p).isDirectory())p=join(p,'index.html');if(!existsSync(p)){r.statusCode=404;r.end();return}r.setHeader('content-type',types[extname(p)]??'application/octet-stream');r.end(readFileSync(p))})
await new Promise(f=>server.listen(0,'127.0.0.1',f))
const base=`http://localhost:${server.address().port}/`
const b=await chromium.launch({executablePath:findChromium()})
mkdirSync('/tmp/scanlab/shots',{recursive:true})
for(const [w,scheme] of (process.argv[2]??'1280light').split(',').map(x=>[parseInt(x),x.replace(/\d+/,'')])){
 const c=await b.newContext({viewport:{width:w,height:900},colorScheme:scheme,reducedMotion:'reduce'})
 const p=await c.newPage()
 p.on('console',m=>console.log(m.type(),m.text()));p.on('pageerror',e=>console.log('ERR',e.message))
 await p.goto(base+"check/?arch="+(process.argv[4]??"arm64"));await p.waitForTimeout(400)
 await p.screenshot({path:`/tmp/scanlab/shots/${w}${scheme}-empty.png`,fullPage:true})
 for(const f of (process.argv[3]??'').split(',').filter(Boolean)){
  const t=Date.now()
  await p.setInputFiles('input[type=file]',f.split('+'))
  await p.waitForSelector('[data-report]:not([hidden])',{timeout:60000}).catch(()=>console.log('no report'))
  console.log(f,Date.now()-t,'ms',await p.locator('check-stack [role=status]').innerText())
  await p.screenshot({path:`/tmp/scanlab/shots/${w}${scheme}-${f.split('/').pop().replace(/\W/g,'-')}.png`,fullPage:true})
 }
 await c.close()
}
await b.close();server.close()
