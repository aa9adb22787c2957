/** What kept a run from showing something, in words. The place is the recipe. */
import type { Problem } from '#domain/problem.ts'
import type { Ended } from './run-commands.ts'

/** Where a problem of a run is: the recipe and what was run of it. */
function placeOf(recipe: string): Problem['place'] {
  return { file: `recipes/${recipe}.md`, line: 1, column: 1 }
}

/** Something that ended without saying anything about the software. */
export function withoutResult(
  recipe: string,
  architecture: string,
  title: string,
  why: { reason: string; fix: string },
): Problem {
  return {
    code: 'no-result',
    severity: 'error',
    place: placeOf(recipe),
    reason: `Unexpected end of \`${title}\` on ${architecture}: ${why.reason}. It says nothing about the software, and nothing after it was run.`,
    expected: 'a step that ends by itself, with the tools that it needs',
    actual: why.reason,
    fix: why.fix,
  }
}

/** Why commands ended without a result, and what to do about it. */
export function hindranceOf({ how, code }: Pick<Ended, 'how' | 'code'>, seconds: number, bytes: number) {
  switch (how) {
    case 'timeout':
      return {
        reason: `it was still running after ${Math.round(seconds)} seconds`,
        fix: 'look for what it waits for, or allow more with `--step-timeout` and `--timeout`',
      }
    case 'output-limit':
      return {
        reason: `it printed more than ${bytes} bytes`,
        fix: 'let the step print less, or allow more with `--output-limit`',
      }
    case 'cancelled':
      return { reason: 'it was interrupted', fix: 'run it again' }
    case 'not-started':
      return { reason: 'there is no `bash` that could run it', fix: 'install `bash`' }
    case 'exited':
      return code === 126 || code === 127
        ? {
            reason: `a command was not found or is no program for this machine (exit code ${code})`,
            fix: 'look at its output above; name what is missing in the `packages` of the recipe, and begin with `$EMULATOR` what is emulated',
          }
        : { reason: `it failed with exit code ${code ?? 'unknown'} while it prepared`, fix: 'look at its output above' }
    default:
      return how satisfies never
  }
}

export function missingBinary(recipe: string, architecture: string, binary: string, found: string): Problem {
  return {
    code: 'missing-binary',
    severity: 'error',
    place: placeOf(recipe),
    reason: `Unexpected file \`${binary}\` on ${architecture}: it is ${found}, expected the ELF file that is tested. Nothing is proven.`,
    expected: 'a program or library, below the folder of the run',
    actual: found,
    fix: 'name in `proves.binaries` what the linker writes; libtool keeps it in `.libs/` and leaves a script in its place',
  }
}

export function wrongMachine(
  recipe: string,
  architecture: string,
  binary: string,
  found: string,
  expected: string,
): Problem {
  return {
    code: 'wrong-machine',
    severity: 'error',
    place: placeOf(recipe),
    reason: `Unexpected machine in the ELF header of \`${binary}\` on ${architecture}: ${found}, expected ${expected}. Nothing is proven.`,
    expected,
    actual: found,
    fix: 'hand the compiler of the run to the build: `CC="$CC"`, `--host=$GNU_TRIPLET`',
  }
}

export function badReport(recipe: string, architecture: string, title: string, report: string, why: string): Problem {
  return {
    code: 'bad-test-report',
    severity: 'error',
    place: placeOf(recipe),
    reason: `Unexpected report \`${report}\` of \`${title}\` on ${architecture}: ${why}. Without it a pass is not recorded.`,
    expected: 'TAP, JUnit XML, CTRF, or `{"passed": 9, "failed": 0, "skipped": 1}`',
    actual: why,
    fix: 'let the commands of the check write it, at this path below the folder of the run',
  }
}
