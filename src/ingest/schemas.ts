import { Evidence } from '#domain/evidence.ts'
import { Report } from './report.ts'

/** What programs may want to check before they send it, or after they read it. */
export const hookSchemas = { report: Report, evidence: Evidence } as const
