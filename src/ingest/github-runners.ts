/**
 * Where a job of GitHub Actions ran, as far as its labels are defined by who provides the runners.
 * A label that an organisation chose itself says nothing here: its registration does.
 */

export interface Runner {
  architecture?: string
  /** Missing for Linux. */
  os?: string
}

/** Reads the labels of a job that ended at an instant. */
export function architectureOfLabels(labels: readonly unknown[], endedAt: string | undefined): Runner {
  const words = labels.flatMap((label) => (typeof label === 'string' ? [label.toLowerCase()] : []))
  if (words.includes('self-hosted')) return selfHosted(words)
  const runners = words.flatMap((word) => hosted(word, endedAt) ?? [])
  const [first] = runners
  return first && runners.every(({ architecture, os }) => architecture === first.architecture && os === first.os)
    ? first
    : {}
}

/** The labels that GitHub's runner gives itself. `ARM` is any 32-bit Arm, so it stays open. */
function selfHosted(words: readonly string[]): Runner {
  const architectures = [words.includes('arm64') && 'arm64', words.includes('x64') && 'amd64'].filter(
    (id) => id !== false,
  )
  const systems = ['windows', 'macos'].filter((os) => words.includes(os))
  const [architecture] = architectures
  const [os] = systems
  return {
    ...(architecture !== undefined && architectures.length === 1 ? { architecture } : {}),
    ...(os !== undefined && systems.length === 1 && !words.includes('linux') ? { os } : {}),
  }
}

const macos = { os: 'macos' }
const windows = { os: 'windows' }

// GitHub: https://github.com/actions/runner-images. IBM: https://github.com/IBM/actionspz (`-p10` is
// Power10, and its first labels said `24.0`). RISE: https://github.com/riseproject-dev/riscv-runner-sample.
const table: readonly (readonly [RegExp, Runner])[] = [
  [/^ubuntu-(?:latest|slim|\d\d\.\d\d)$/, { architecture: 'amd64' }],
  [/^ubuntu-\d\d\.\d\d-arm$/, { architecture: 'arm64' }],
  [/^ubuntu-\d\d\.\d{1,2}-ppc64le(?:-p\d{1,2})?$/, { architecture: 'ppc64le' }],
  [/^ubuntu-\d\d\.\d{1,2}-s390x$/, { architecture: 's390x' }],
  [/^ubuntu-\d\d\.\d\d-riscv$/, { architecture: 'riscv64' }],
  [/^windows-11(?:-vs\d{4})?-arm$/, { architecture: 'arm64', ...windows }],
  [/^windows-(?:latest|\d{4}(?:-vs\d{4})?)$/, { architecture: 'amd64', ...windows }],
  [/^macos-(?:10\.15|11|12|13)$/, { architecture: 'amd64', ...macos }],
  [/^macos-(?:14|15|26)$/, { architecture: 'arm64', ...macos }],
  [/^macos-(?:15|26)-intel$/, { architecture: 'amd64', ...macos }],
  [/^macos-(?:latest|1[1-5]|26)-large$/, { architecture: 'amd64', ...macos }],
  [/^macos-(?:latest|1[345]|26)-xlarge$/, { architecture: 'arm64', ...macos }],
]

function hosted(word: string, endedAt: string | undefined): Runner | undefined {
  return word === 'macos-latest' ? macosLatest(endedAt) : table.find(([label]) => label.test(word))?.[1]
}

/** It went from macOS 12 on Intel to macOS 14 on Arm within a quarter: https://github.com/github/roadmap/issues/926. */
function macosLatest(endedAt: string | undefined): Runner {
  const day = endedAt?.slice(0, 10) ?? ''
  if (day >= '2024-07-01') return { architecture: 'arm64', ...macos }
  return day !== '' && day < '2024-04-08' ? { architecture: 'amd64', ...macos } : macos
}
