/** `Cargo.lock`. https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html */
import type { TomlTable } from 'smol-toml'
import type { Findings } from './findings.ts'
import { tomlTextIn } from './toml-text.ts'

export function readCargoLock(packages: readonly { line: number; table: TomlTable }[], findings: Findings): void {
  for (const { line, table } of packages) {
    // A crate without a source is the project's own.
    if (tomlTextIn(table, 'source') === undefined) continue
    const name = tomlTextIn(table, 'name') ?? ''
    const version = tomlTextIn(table, 'version')
    findings.add({ type: 'cargo', name, ...(version === undefined ? {} : { version }) }, line, {
      // https://doc.rust-lang.org/cargo/reference/build-scripts.html#-sys-packages; those of Windows bind to Windows.
      ...(name.endsWith('-sys') && !name.startsWith('windows') ? { signs: { bindsNative: true } } : {}),
    })
  }
}
