/** Ids that the frame of every page has, or that its scripts look for; nothing in content may take them. */
export const frameIds: ReadonlySet<string> = new Set([
  'content',
  'matrix',
  'filters',
  'count',
  'pages',
  'no-match',
  'theme',
  'search-dialog',
  'dialog-q',
  'dialog-kind',
])
