/**
 * Runs before the first paint, so that a chosen theme does not flash. Inline, because a request
 * would come too late; its hash is in the Content-Security-Policy (astro.config.mjs).
 */
export const earlyTheme =
  "try{const t=localStorage.getItem('theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch{}"
