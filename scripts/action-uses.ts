/** The `uses:` lines of a workflow. Read as lines, so that a workflow can be changed without writing it anew. */
export interface Use {
  line: number
  kind: 'action' | 'local' | 'image'
  /** `actions/checkout`, `owner/repository/folder`, `./report`, `docker://…` */
  action: string
  /** What stands after the `@`: a digest, a tag, a branch. */
  reference: string
  /** Version in the comment of a line that has a digest. */
  tag: string | undefined
  /** What stands before the action: `      - uses: ` */
  indent: string
}

const line = /^(\s*(?:- )?uses:\s+)(["']?)([^\s"'#]+)\2\s*(?:#\s*(\S+).*)?$/

export function usesOf(text: string): Use[] {
  return text.split('\n').flatMap((content, index): Use[] => {
    const [, indent = '', , whole = '', tag] = line.exec(content) ?? []
    if (whole === '') return []
    const at = { line: index + 1, indent }
    if (whole.startsWith('./')) return [{ ...at, kind: 'local', action: whole, reference: '', tag: undefined }]
    if (whole.startsWith('docker://')) return [{ ...at, kind: 'image', action: whole, reference: '', tag: undefined }]
    const [action = '', reference = ''] = whole.split('@')
    return [{ ...at, kind: 'action', action, reference, tag: isDigest(reference) ? tag : undefined }]
  })
}

export function isDigest(reference: string): boolean {
  return /^[0-9a-f]{40}$/.test(reference)
}
