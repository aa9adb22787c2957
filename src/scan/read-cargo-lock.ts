/** `Cargo.lock`. https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html */
import type { Findings } from './findings.ts'
import { tomlTextIn, type LockedPackage } from './toml-text.ts'

export function readCargoLock(packages: readonly LockedPackage[], findings: Findings): void {
  for (const { line, table } of packages) {
    // A crate without a source is the project's own.
    if (table.source === undefined) continue
    if (typeof table.source !== 'string') {
      findings.refuseKind(table.source, 'at `source`', line)
      continue
    }
    const name = tomlTextIn(table, 'name') ?? ''
    const version = tomlTextIn(table, 'version')
    findings.add({ type: 'cargo', name, ...(version === undefined ? {} : { version }) }, line, {
      // https://doc.rust-lang.org/cargo/reference/build-scripts.html#-sys-packages; those of Windows bind to Windows.
      ...(name.endsWith('-sys') && !name.startsWith('windows') ? { signs: { bindsNative: true } } : {}),
    })
  }
}
