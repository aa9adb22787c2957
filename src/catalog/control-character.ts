/**
 * Characters that no text holds: XML cannot carry them, terminals obey them, or they turn the text
 * around them (bidirectional overrides). Line feeds, returns and tabs are text.
 */
export const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/

/** Half of a character that UTF-16 writes as two. A file cannot hold it, an escape can. */
export const halfCharacter = /[\ud800-\udfff]/u
