/** Commands that a reader pastes into a shell. The words in them were written by strangers. */

/** The command that finds a pattern below the current folder, in files whose names match the glob. */
export function grepCommand(pattern: string, glob: string | undefined): string {
  return [
    'grep',
    '-rnE',
    // Without it a pattern such as `--platform=…` would be read as an option.
    ...(pattern.startsWith('-') ? ['-e'] : []),
    shellWord(pattern),
    ...(glob === undefined ? [] : [`--include=${shellWord(glob)}`]),
    '.',
  ].join(' ')
}

/** One word of a POSIX shell that means exactly this text. */
export function shellWord(text: string): string {
  return unseen.test(text) ? escapedWord(text) : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/**
 * Characters that a reader does not see, or not where they stand. Pasted as they are, a terminal
 * might obey them: a Ctrl-C or a line break ends the command, and what follows it runs.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** A word in `$'…'`, which bash, zsh and ksh read, with every such character written out. */
function escapedWord(text: string): string {
  const escaped = [...text].map((character) =>
    unseen.test(character) || /['"\\!`$]/.test(character) ? inOctal(character) : character,
  )
  return `$'${escaped.join('')}'`
}

function inOctal(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}
